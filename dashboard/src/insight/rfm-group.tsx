import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { cellsOf, type RfmGroup } from '../../../server/src/insight/rfm.ts'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { changeCampaign, createCampaign } from '../api/campaigns.ts'
import type { RfmAnswer } from '../api/insight.ts'
import { createSegment } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { count, money, people, percent } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import { AsSegment } from './as-segment.tsx'
import { groupMeanings, groupNames, groupPlaybooks } from './group-names.ts'
import style from './rfm.module.css'
import { Serving } from './serving.tsx'

const text = words({
  segment: { ko: (name: string) => `RFM: ${name}`, en: (name: string) => `RFM: ${name}` },
  cell: {
    ko: (r: number, f: number) => `R${r}·F${f} 칸`,
    en: (r: number, f: number) => `cell R${r}·F${f}`,
  },
  send: { ko: '이 고객들에게 캠페인 만들기', en: 'Make a campaign for them' },
  sendNamed: {
    ko: (name: string) => `이 고객들에게 캠페인 만들기: ${name}`,
    en: (name: string) => `Make a campaign for them: ${name}`,
  },
  size: {
    ko: (n: string, share: string, revenue: string) =>
      `${n}(구매 고객의 ${share}), 지금까지 ${revenue}을 샀어요.`,
    en: (n: string, share: string, revenue: string) =>
      `${n} (${share} of buyers), ${revenue} so far.`,
  },
  means: {
    ko: (days: string, orders: string) =>
      `마지막 구매는 평균 ${days}일 전, 한 명이 ${orders}번 샀어요.`,
    en: (days: string, orders: string) =>
      `Last order ${days} days ago and ${orders} orders each on average.`,
  },
  nobody: { ko: '지금은 이 자리에 고객이 없어요.', en: 'Nobody stands here now.' },
  night: {
    ko: '세그먼트는 새벽 3시 무렵에 매긴 점수를 써요. 오늘 처음이면 내일 아침에 채워져요.',
    en: 'The segment uses the scores of about 3 a.m.; the first time it fills by tomorrow morning.',
  },
})

export type Picked = { readonly group: RfmGroup } | { readonly r: number; readonly f: number }

/** The people of a group or of one cell: who they are, and one click to them as a segment or to a campaign for them. */
export function PickedPeople({
  answer,
  picked,
}: {
  readonly answer: RfmAnswer
  readonly picked: Picked
}) {
  const said = useWords(text)
  const names = useWords(groupNames)
  const meanings = useWords(groupMeanings)
  const language = useLanguage()
  const cells = answer.cells.filter((cell) =>
    'group' in picked ? cell.group === picked.group : cell.r === picked.r && cell.f === picked.f,
  )
  const [first] = cells
  if (!first) return <p className={style.picked}>{said.nobody}</p>
  const { group } = first
  const size = cells.reduce((sum, cell) => sum + cell.people, 0)
  const revenue = cells.reduce((sum, cell) => sum + cell.revenue, 0)
  const orders = cells.reduce((sum, cell) => sum + cell.orders, 0)
  const days = cells.reduce((sum, cell) => sum + cell.days * cell.people, 0) / size
  const name = 'group' in picked ? names[group] : `${names[group]} ${said.cell(picked.r, picked.f)}`
  const definition = segmentOf('group' in picked ? picked.group : picked)
  const suited = groupPlaybooks[group]
  return (
    <div className={style.picked} role="status">
      <span className={style.name}>{name}</span>
      <span>
        {said.size(
          people(size, language),
          percent(size / answer.people),
          money(revenue, answer.currency, language),
        )}{' '}
        {said.means(count(Math.round(days), language), (orders / size).toFixed(1))}
      </span>
      <span>{meanings[group]}</span>
      <div className={style.acts}>
        <AsSegment name={said.segment(name)} definition={definition} />
        {suited.takesAudience ? (
          <SendTo name={said.segment(name)} playbook={suited.playbook} definition={definition} />
        ) : (
          <Serving playbook={suited.playbook} />
        )}
      </div>
      <span className={style.quiet}>{said.night}</span>
    </div>
  )
}

/** Whose last night's score is one of these cells. */
function segmentOf(of: Parameters<typeof cellsOf>[0]): Definition {
  return {
    format: 1,
    where: {
      kind: 'fact',
      path: 'rfm.cell',
      is: { type: 'text', op: 'any-of', values: cellsOf(of) },
    },
  }
}

/** One click: their segment, and a draft of the playbook that sends to it. */
function SendTo({ name, playbook, definition }: SendToProps) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const making = useMutation({
    mutationFn: async () => {
      const segment = await createSegment({ name, definition })
      const made = await createCampaign({ playbook, name })
      return await changeCampaign(made.id, { draft: { ...made.draft, audience: segment.id } })
    },
    onSuccess: async (made) => {
      await Promise.all(
        ['campaigns', 'segments', 'playbooks'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      )
      go(`/campaigns/${made.id}`)
    },
  })
  if (!may) return null
  return (
    <>
      {making.error && <Failure error={making.error} />}
      <Button
        size="xs"
        loading={making.isPending}
        aria-label={said.sendNamed(name)}
        onClick={() => making.mutate()}
      >
        {said.send}
      </Button>
    </>
  )
}
type SendToProps = {
  readonly name: string
  readonly playbook: string
  readonly definition: Definition
}
