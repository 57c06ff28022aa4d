import { type ReactNode, useState } from 'react'
import { useParams } from 'wouter'
import type { KeptReason } from '../../../server/src/campaigns/decided-by.ts'
import { notEnteredLines } from '../../../server/src/campaigns/not-entered.ts'
import { endReasonLine, endReasons } from '../../../server/src/campaigns/reasons.ts'
import type { NamedRule } from '../../../server/src/messages/law.ts'
import { reasonLine } from '../../../server/src/messages/reason-line.ts'
import type { CampaignReport } from '../api/campaign-report.ts'
import type { SeenOnPages } from '../api/seen.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people } from '../design/format.ts'
import { RuleNote } from '../design/rule-note.tsx'
import { Dropped } from './dropped.tsx'
import { NotEntered } from './not-entered.tsx'
import style from './report.module.css'

const text = words({
  considered: { ko: '살펴봄', en: 'Considered' },
  entered: { ko: '들어옴', en: 'Entered' },
  waiting: { ko: '기다리는 중', en: 'Waiting' },
  queued: { ko: '보낼 차례', en: 'Queued' },
  reached: { ko: '메시지까지 옴', en: 'Reached a message' },
  eligible: { ko: '보낼 수 있음', en: 'Eligible' },
  heldOut: { ko: '대조군', en: 'Held out' },
  eligibleOnPage: { ko: '보여줄 수 있음', en: 'Eligible' },
  shown: { ko: '보여주기로 함', en: 'Chosen' },
  seen: { ko: '봄', en: 'Saw it' },
  sent: { ko: '발송', en: 'Sent' },
  delivered: { ko: '접수', en: 'Taken' },
  clicked: { ko: '누름', en: 'Clicked' },
  ordered: { ko: '주문', en: 'Ordered' },
  unconfirmed: { ko: '미발송 확인 필요', en: 'Unknown' },
})

/** From everyone who was considered to everyone who ordered, with each drop named. */
export function Funnel({ report, seen }: Props) {
  const said = useWords(text)
  const { id } = useParams<{ readonly id: string }>()
  const outside = report.notEntered.reduce((all, one) => all + one.count, 0)
  const most = Math.max(report.entered + outside, 1)
  const dropsAfter = (stage: CampaignReport['drops'][number]['after']) =>
    report.drops
      .filter((drop) => drop.after === stage)
      .map((drop) => (
        <Drop key={drop.reason} reason={drop.reason} amount={drop.count} campaign={Number(id)} />
      ))
  // Nothing arrives anywhere that stands on a page: it is seen.
  const bars = seen
    ? ([
        { key: 'shown', amount: report.sent },
        { key: 'seen', amount: seen.seen },
        { key: 'clicked', amount: seen.clicked },
        { key: 'ordered', amount: report.ordered },
      ] as const)
    : ([
        { key: 'sent', amount: report.sent },
        { key: 'delivered', amount: report.delivered },
        { key: 'clicked', amount: report.clicked },
        { key: 'ordered', amount: report.ordered },
      ] as const)
  return (
    <ul className={style.funnel}>
      {outside > 0 && <Bar label={said.considered} amount={report.entered + outside} most={most} />}
      {report.notEntered.map(({ why, count }) => (
        <Outside key={why} why={why} amount={count} campaign={Number(id)} />
      ))}
      <Bar label={said.entered} amount={report.entered} most={most} />
      {dropsAfter('entered')}
      {report.waiting > 0 && <Bar label={said.waiting} amount={report.waiting} most={most} held />}
      <Bar label={said.reached} amount={report.reached} most={most} />
      {dropsAfter('reached')}
      <Bar
        label={seen ? said.eligibleOnPage : said.eligible}
        amount={report.eligible}
        most={most}
      />
      <Bar label={said.heldOut} amount={report.heldOut} most={most} held />
      {dropsAfter('eligible')}
      {report.queued > 0 && <Bar label={said.queued} amount={report.queued} most={most} held />}
      {bars.map((bar) => (
        <Bar key={bar.key} label={said[bar.key]} amount={bar.amount} most={most} />
      ))}
      {report.unconfirmed > 0 && (
        <Bar label={said.unconfirmed} amount={report.unconfirmed} most={most} held />
      )}
    </ul>
  )
}

type Props = {
  readonly report: CampaignReport
  /** What pages told, of a campaign that stands on them. */
  readonly seen: SeenOnPages | undefined
}

type BarProps = {
  readonly label: string
  readonly amount: number
  readonly most: number
  readonly held?: boolean
}

function Bar({ label, amount, most, held = false }: BarProps) {
  const language = useLanguage()
  return (
    <li>
      <span>{label}</span>
      <div className={style.barTrack}>
        <div
          className={`${style.bar} ${held ? style.barHeld : ''}`}
          style={{ width: `${(amount / most) * 100}%` }}
        />
      </div>
      <span className={style.amount}>{people(amount, language)}</span>
    </li>
  )
}

type DropProps = { readonly reason: string; readonly amount: number; readonly campaign: number }

function Drop({ reason, amount, campaign }: DropProps) {
  const says = dropLine(reason)[useLanguage()]
  return (
    <Loss says={says} amount={amount} rule={reason in endReasons ? null : reasonLine(reason).rule}>
      {(close) => <Dropped campaign={campaign} reason={reason} title={says} close={close} />}
    </Loss>
  )
}

type OutsideProps = Omit<DropProps, 'reason'> & { readonly why: KeptReason }

/** People who were considered and never entered. */
function Outside({ why, amount, campaign }: OutsideProps) {
  const says = notEnteredLines[why][useLanguage()]
  return (
    <Loss says={says} amount={amount}>
      {(close) => <NotEntered campaign={campaign} why={why} title={says} close={close} />}
    </Loss>
  )
}

type LossProps = {
  readonly says: string
  readonly amount: number
  /** The rule of law or of a channel behind it. */
  readonly rule?: NamedRule | null
  /** The people behind it. */
  readonly children: (close: () => void) => ReactNode
}

function Loss({ says, amount, rule, children }: LossProps) {
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <li className={style.dropRow}>
      <span />
      <span>
        <button type="button" className={style.drop} onClick={() => setOpen(true)}>
          {says}
        </button>{' '}
        <RuleNote rule={rule} />
      </span>
      <span className={style.amount}>−{people(amount, language)}</span>
      {open && children(() => setOpen(false))}
    </li>
  )
}

/** Why somebody left the flow: the one door's reason, or the flow's own. */
function dropLine(reason: string) {
  return reason in endReasons ? endReasonLine(reason) : reasonLine(reason)
}
