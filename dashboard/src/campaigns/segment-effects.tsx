import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Effect, type EffectReport, getSegmentEffect } from '../api/effect.ts'
import { useKept } from '../api/kept.ts'
import { listSegments } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count, people } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Bones } from '../design/states.tsx'
import { Difference, EffectTable, useEffectHeads, useMean } from './effect-table.tsx'
import { choosing } from './on-page.ts'
import style from './report.module.css'

const text = words({
  title: { ko: '누구에게 더 통했나요', en: 'For whom it worked' },
  note: {
    ko: '나눠 보면 사람이 줄어 우연히 달라 보이기 쉬워요. 후보이지 원인이 아니에요. 확인하려면 그 고객만 대상으로 새 캠페인을 켜 주세요.',
    en: 'Fewer people in each look different by chance. A candidate, not a cause: to be sure, run a campaign for them alone.',
  },
  who: { ko: '고객', en: 'Customers' },
  old: { ko: '최근 90일에 산 고객', en: 'Bought in the last 90 days' },
  new: { ko: '최근 90일에 사지 않은 고객', en: 'Had not bought in 90 days' },
  people: { ko: (way: string) => `${way} 한 고객 · 대조군`, en: () => 'Chosen · held out' },
  rates: { ko: '산 비율', en: 'Bought' },
  by: { ko: '세그먼트로 나눠 보기', en: 'Look by a segment' },
  bought: { ko: '최근 90일 구매', en: 'Bought in 90 days' },
  outside: { ko: '그 밖의 고객', en: 'Everybody else' },
  early: {
    ko: '양쪽 모두 비교할 고객과 대조군이 생기고 세는 기간이 지나면 보여요.',
    en: 'Shown once both have people chosen and held out whose time is over.',
  },
  few: {
    ko: '한쪽이 10명보다 적어 보여드리지 않아요. 사람이 더 모이면 보여요.',
    en: 'One side has fewer than ten people; it is shown once there are more.',
  },
  asOf: {
    ko: '누구에게 갈지 정한 때의 세그먼트로 나눴어요. 그 뒤에 들어오거나 나간 것은 세지 않아요.',
    en: 'By who was in the segment when it was decided to send; whoever came or left later changes nothing.',
  },
  looks: {
    ko: (n: number) =>
      `저장된 세그먼트를 모두 봐도(${n}번) 우연을 효과로 보지 않게 구간을 넓혔어요.`,
    en: (n: number) =>
      `Intervals are wide enough to look at every saved segment (${n} looks) without taking chance for an effect.`,
  },
  unknown: {
    ko: (n: string) => `세그먼트를 만들거나 고치기 전에 정해진 ${n}은 뺐어요.`,
    en: (n: string) =>
      `${n} were decided on before the segment was made or changed, and are left out.`,
  },
})

/** Buying among those who had bought before and those who had not, or by any segment, with the warning it deserves. */
export function SegmentEffects({
  campaign,
  segments,
  onPage,
}: Pick<EffectReport, 'segments'> & { readonly campaign: number; readonly onPage: boolean }) {
  const said = useWords(text)
  const [segment, setSegment] = useState<number | null>(null)
  const all = useQuery({
    queryKey: ['segments', 'all'],
    queryFn: ({ signal }) => listSegments({ limit: 200 }, signal),
  })
  const choices = all.data?.items ?? []
  const isTold = segments.every(({ effect }) => effect.difference !== null)
  const named = choices.find(({ id }) => id === segment)
  if (!isTold && choices.length === 0) return null
  return (
    <Card title={said.title} note={said.note}>
      {isTold && segment === null && (
        <Groups
          onPage={onPage}
          groups={segments.map(({ boughtBefore, effect }) => ({
            name: boughtBefore ? said.old : said.new,
            effect,
          }))}
        />
      )}
      {!isTold && segment === null && <p className={style.note}>{said.early}</p>}
      {named && <BySegment {...{ campaign, onPage }} segment={named} />}
      {choices.length > 0 && (
        <Select
          label={said.by}
          placeholder={said.bought}
          searchable
          clearable
          maw={360}
          value={segment === null ? null : `${segment}`}
          onChange={(value) => setSegment(value === null ? null : Number(value))}
          data={choices.map(({ id, name }) => ({ value: `${id}`, label: name }))}
        />
      )}
    </Card>
  )
}

function BySegment({
  campaign,
  segment,
  onPage,
}: {
  readonly campaign: number
  readonly onPage: boolean
  readonly segment: { readonly id: number; readonly name: string }
}) {
  const said = useWords(text)
  const language = useLanguage()
  const effect = useKept(
    ['campaigns', 'effect', campaign, 'segment', segment.id],
    (asked, signal) => getSegmentEffect({ campaign, segment: segment.id }, asked, signal),
  )
  return (
    <KeptReport query={effect} bones={<Bones lines={2} />}>
      {({ groups, looks, unknown }) => (
        <>
          {groups.some((one) => one.effect === null) ? (
            <p className={style.note}>{said.few}</p>
          ) : (
            <Groups
              onPage={onPage}
              groups={groups.flatMap(({ inside, effect: one }) =>
                one ? [{ name: inside ? segment.name : said.outside, effect: one }] : [],
              )}
            />
          )}
          <p className={style.note}>
            {said.asOf} {said.looks(looks)} {unknown > 0 && said.unknown(people(unknown, language))}
          </p>
        </>
      )}
    </KeptReport>
  )
}

function Groups({
  groups,
  onPage,
}: {
  readonly onPage: boolean
  readonly groups: readonly { readonly name: string; readonly effect: Effect }[]
}) {
  const said = useWords(text)
  const { difference } = useEffectHeads(onPage)
  const language = useLanguage()
  const mean = useMean('purchase')
  const chosen = said.people(choosing(onPage))
  return (
    <EffectTable heads={[said.who, chosen, said.rates, difference].map((label) => ({ label }))}>
      {groups.map(({ name, effect }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td data-label={chosen}>
            {count(effect.people.treatment, language)} · {count(effect.people.holdout, language)}
          </td>
          <td data-label={said.rates}>
            {mean(effect.means.treatment)} · {mean(effect.means.holdout)}
          </td>
          <td>
            <Difference metric="purchase" effect={effect} isTrusted />
          </td>
        </tr>
      ))}
    </EffectTable>
  )
}
