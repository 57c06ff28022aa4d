import { Button } from '@mantine/core'
import { type DroppedFile, type FileFault, leftOutAddress } from '../../api/dropped-files.ts'
import { type In, useLanguage, useWords, words } from '../../app/language.ts'
import { useMay, useSession } from '../../app/session.tsx'
import { count, day, money } from '../../design/format.ts'
import { faultNames, noteNames } from './file-words.ts'
import style from './files.module.css'

const text = words({
  orders: { ko: '주문', en: 'Orders' },
  paid: { ko: '결제된 주문', en: 'Paid orders' },
  amount: { ko: '결제금액', en: 'Paid amount' },
  buyers: { ko: '산 사람', en: 'Buyers' },
  guests: { ko: '비회원 주문', en: 'Guest orders' },
  unpaid: { ko: '입금 전', en: 'Unpaid' },
  cancelledOrders: { ko: '취소', en: 'Cancelled' },
  refunds: { ko: '환불', en: 'Refunds' },
  naverPay: { ko: '네이버페이', en: 'Naver Pay' },
  members: { ko: '회원', en: 'Members' },
  withPhone: { ko: '전화번호 있음', en: 'With a phone' },
  withEmail: { ko: '이메일 있음', en: 'With an e-mail' },
  products: { ko: '상품', en: 'Products' },
  leftOut: { ko: '읽지 않은 줄', en: 'Lines left out' },
  download: { ko: '읽지 않은 줄 내려받기', en: 'Download the lines left out' },
  wouldFresh: {
    ko: (fresh: string) => `가져오면 새로 ${fresh}건이 들어와요.`,
    en: (fresh: string) => `Bringing it adds ${fresh}.`,
  },
  wouldChange: { ko: (n: string) => `${n}건이 바뀌어요.`, en: (n: string) => `${n} will change.` },
  wouldKeep: {
    ko: (same: string) => `${same}건은 이미 같아요.`,
    en: (same: string) => `${same} are the same already.`,
  },
  nothing: { ko: '새로 가져올 것이 없어요. 모두 이미 있어요.', en: 'There is nothing new in it.' },
})

/** What was understood of a file: how many of what, what was left out and why, and what to know before it is brought. */
export function FileSays({ file }: { readonly file: DroppedFile }) {
  const said = useWords(text)
  const faults = useWords(faultNames)
  const notes = useWords(noteNames)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const seen = file.understood
  if (!seen) return null
  const when = { timeZone: shop.timeZone, language }
  const shown = (value: number) => count(value, language)
  const leftOut = Object.entries(seen.faults) as [FileFault, number][]
  const isWaiting = file.state === 'looked_at' && file.would !== null
  return (
    <>
      <Figures file={file} />
      {seen.from !== null && seen.to !== null && (
        <p className={style.quiet}>
          {day(seen.from, when)} – {day(seen.to, when)}
        </p>
      )}
      {isWaiting && file.would && <p>{wouldOf(file.would, said, shown)}</p>}
      {seen.notes.length > 0 && (
        <ul className={style.list}>
          {seen.notes.map((note) => (
            <li key={note}>{notes[note]}</li>
          ))}
        </ul>
      )}
      {leftOut.length > 0 && (
        <div className={style.stack}>
          <ul className={style.list} aria-label={said.leftOut}>
            {leftOut.map(([fault, lines]) => (
              <li key={fault}>
                {said.leftOut} {shown(lines)}: {faults[fault]}
              </li>
            ))}
          </ul>
          {may && (
            <div>
              <Button component="a" variant="default" href={leftOutAddress(file.id)} download>
                {said.download}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  )
}

function wouldOf(
  { fresh, changed, same }: NonNullable<DroppedFile['would']>,
  said: In<typeof text>,
  shown: (value: number) => string,
): string {
  if (fresh + changed === 0) return said.nothing
  return [
    ...(fresh > 0 ? [said.wouldFresh(shown(fresh))] : []),
    ...(changed > 0 ? [said.wouldChange(shown(changed))] : []),
    ...(same > 0 ? [said.wouldKeep(shown(same))] : []),
  ].join(' ')
}

function Figures({ file }: { readonly file: DroppedFile }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const shown = (value: number) => count(value, language)
  const figures: readonly (readonly [string, string])[] = figuresOf(file, said).map(
    ([label, value, isMoney]) => [
      label,
      isMoney ? money(value, shop.currency, language) : shown(value),
    ],
  )
  return (
    <dl className={style.numbers}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

type Figure = readonly [label: string, value: number, isMoney?: boolean]

function figuresOf({ understood, kind }: DroppedFile, said: In<typeof text>): readonly Figure[] {
  if (!understood) return []
  const { orders, members, objects } = understood
  if (kind === 'products') return [[said.products, objects]]
  if (members)
    return [
      [said.members, objects],
      [said.withPhone, members.withPhone],
      [said.withEmail, members.withEmail],
    ]
  if (!orders) return [[said.orders, objects]]
  const rest: readonly Figure[] = [
    [said.unpaid, orders.unpaid],
    [said.cancelledOrders, orders.cancelled],
    [said.refunds, orders.refunds],
    [said.guests, orders.guests],
    [said.naverPay, orders.naverPay],
  ]
  return [
    [said.paid, orders.paid],
    [said.amount, orders.amount, true],
    [said.buyers, orders.buyers],
    ...rest.filter(([, value]) => value > 0),
  ]
}
