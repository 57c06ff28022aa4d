import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import {
  longestWindow,
  splitMetrics,
  splitReaches,
} from '../../../server/src/proof/splits/split.ts'
import { makeSplit, planSplit, type SplitMetric, type SplitReach } from '../api/outside-splits.ts'
import { listSegments } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { metricNames } from '../campaigns/metric-words.ts'
import { Card, Columns } from '../design/card.tsx'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import { SplitPlanWords } from './split-plan.tsx'
import { splitWords } from './split-words.ts'
import style from './splits.module.css'

const text = words({
  title: { ko: '세그먼트 나누기', en: 'Split a segment' },
  purpose: {
    ko: '누르는 순간의 고객을 무작위로 나눠요. 나눈 명단은 바뀌지 않아요.',
    en: 'Whoever is a member at the press of the button is split at random. The lists do not change.',
  },
  segment: { ko: '누구를 나눌까요', en: 'Whom to split' },
  pick: { ko: '세그먼트 고르기', en: 'Pick a segment' },
  reach: { ko: '그중에서', en: 'Of them' },
  reachNote: {
    ko: '광고를 보낼 거면 그 방법으로 광고 받기에 동의한 고객만 나눠야 해요.',
    en: 'Advertising may go to those only who agreed to it on that channel.',
  },
  name: { ko: '이름', en: 'Name' },
  nameHint: { ko: '11월 휴면 고객 문자', en: 'Text to dormant people, November' },
  share: { ko: '대조군 비율', en: 'Share held out' },
  metric: { ko: '무엇으로 재나요', en: 'Judged by' },
  window: { ko: '나눈 뒤 며칠 동안 세나요', en: 'Days counted after the split' },
  plan: { ko: '이만큼 알 수 있어요', en: 'What it can show' },
  pickFirst: {
    ko: '세그먼트를 고르면 몇 명인지, 어느 정도 효과까지 알 수 있는지 보여 드려요.',
    en: 'Pick a segment to see how many people it is and how small an effect they can show.',
  },
  make: { ko: '무작위로 나누기', en: 'Split at random' },
})

const shares = [0.1, 0.2, 0.3, 0.5]

/** `/insight/splits/new?segment=12`: what is split, how, and what that can show. */
export function NewSplit() {
  const said = useWords(text)
  const shared = useWords(splitWords)
  const metrics = useWords(metricNames)
  const language = useLanguage()
  const [, go] = useLocation()
  const queries = useQueryClient()
  const asked = Number(useSearchParams()[0].get('segment'))
  const [segment, setSegment] = useState(asked > 0 ? asked : null)
  const [name, setName] = useState('')
  const [reach, setReach] = useState<SplitReach>('everyone')
  const [share, setShare] = useState(0.5)
  const [metric, setMetric] = useState<SplitMetric>('purchase')
  const [windowDays, setWindowDays] = useState(14)
  const segments = useQuery({
    queryKey: ['segments', 'all'],
    queryFn: ({ signal }) => listSegments({ limit: 200 }, signal),
  })
  const question = { segment: segment ?? 0, reach, metric, window_days: windowDays }
  const plan = useQuery({
    queryKey: ['splits', 'plan', question],
    queryFn: ({ signal }) => planSplit(question, signal),
    enabled: segment !== null,
    placeholderData: keepPreviousData,
  })
  const making = useMutation({
    mutationFn: () =>
      makeSplit({ name: name.trim(), segment: segment ?? 0, reach, share, metric, windowDays }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['splits'] })
      go(`/insight/splits/${id}`)
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    making.mutate()
  }
  const isReady = segment !== null && name.trim() !== '' && (plan.data?.people ?? 0) > 0
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      back={{ to: '/insight/splits', label: shared.title }}
    >
      <Columns layout="side">
        <Card>
          <form className={style.form} onSubmit={send} noValidate>
            <Select
              label={said.segment}
              placeholder={said.pick}
              searchable
              value={segment === null ? null : `${segment}`}
              onChange={(value) => setSegment(value === null ? null : Number(value))}
              data={(segments.data?.items ?? []).map((one) => ({
                value: `${one.id}`,
                label: one.name,
              }))}
            />
            <Select
              label={said.reach}
              description={said.reachNote}
              allowDeselect={false}
              value={reach}
              onChange={(value) => setReach(splitReaches.find((one) => one === value) ?? reach)}
              data={splitReaches.map((value) => ({ value, label: shared[value] }))}
            />
            <TextInput
              label={said.name}
              placeholder={said.nameHint}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <div className={style.row}>
              <Select
                label={said.metric}
                allowDeselect={false}
                value={metric}
                onChange={(value) => setMetric(splitMetrics.find((one) => one === value) ?? metric)}
                data={splitMetrics.map((value) => ({ value, label: metrics[value] }))}
              />
              <NumberInput
                label={said.window}
                min={1}
                max={longestWindow}
                clampBehavior="strict"
                allowDecimal={false}
                value={windowDays}
                onChange={(value) => setWindowDays(Math.max(1, Number(value) || 1))}
              />
            </div>
            <div>
              <div className={style.label}>{said.share}</div>
              <SegmentedControl
                aria-label={said.share}
                value={`${share}`}
                onChange={(value) => setShare(Number(value))}
                data={shares.map((value) => ({ value: `${value}`, label: `${value * 100} %` }))}
              />
            </div>
            {making.error && <Failure error={making.error} />}
            <div className={style.buttons}>
              <Button type="submit" disabled={!isReady} loading={making.isPending}>
                {said.make}
              </Button>
            </div>
          </form>
        </Card>
        <Card title={said.plan}>
          <div aria-live="polite">
            {segment === null && <p className={style.note}>{said.pickFirst}</p>}
            {plan.error && <Failure error={plan.error} retry={() => plan.refetch()} />}
            {segment !== null && !plan.data && !plan.error && <Bones lines={3} />}
            {segment !== null && plan.data && (
              <SplitPlanWords plan={plan.data} {...{ share, metric, windowDays, language }} />
            )}
          </div>
        </Card>
      </Columns>
    </Page>
  )
}
