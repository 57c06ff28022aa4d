import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { type GoalMetric, metricOf } from '../../../server/src/campaigns/goal-metric.ts'
import { measureOf } from '../../../server/src/proof/measures.ts'
import { getCampaign } from '../api/campaigns.ts'
import { type Challenge, getChallenge, type Note, putChallenge } from '../api/challenge.ts'
import { problemIn } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Page } from '../design/page.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './challenge.module.css'
import { Shown } from './challenge-shown.tsx'
import { chosenProducts } from './first-figures.ts'
import { InsertFigures } from './insert-figures.tsx'
import { ShareCard } from './share-card.tsx'

const text = words({
  title: { ko: '가설 노트와 검증 보고서', en: 'Hypothesis and proof' },
  purpose: {
    ko: '왜 이 캠페인을 하는지 적어 두면, 결과와 함께 한 장의 보고서가 돼요. 켜기 전에는 제안서로 쓸 수 있어요.',
    en: 'Note why you run it, and it becomes one page with the result; before the start the same page is the proposal.',
  },
  back: { ko: '캠페인 보고서', en: 'Campaign report' },
  draft: { ko: '캠페인 초안', en: 'The draft' },
  notes: { ko: '가설 노트', en: 'Notes' },
  experience: { ko: '1. 나의 쇼핑 경험', en: '1. My own shopping experience' },
  experienceNote: {
    ko: '고객으로서 사 보며 느낀 점을 적어 주세요.',
    en: 'What you noticed as a shopper yourself.',
  },
  hypothesis: { ko: '2. 가설', en: '2. Hypothesis' },
  hypothesisNote: {
    ko: '예: 머그컵을 처음 산 고객은 더 자주 돌아와요. 첫 구매로 권하면 재구매가 늘 거예요.',
    en: 'For example: people whose first product is a mug come back more often.',
  },
  fixed: {
    ko: '캠페인을 켤 때 고정됐어요. 결과에 맞춰 바꿀 수 없어요.',
    en: 'Fixed when the campaign started; it cannot be fitted to the result.',
  },
  wasLate: {
    ko: '캠페인을 켠 뒤에 적은 가설이에요. 보고서에 그렇게 표시되고, 더 바꿀 수 없어요.',
    en: 'Written after the campaign had started; the report says so, and it stays as it is.',
  },
  late: {
    ko: '이미 켠 캠페인이에요. 지금 적으면 ‘켠 뒤에 적음’으로 표시돼요.',
    en: 'The campaign already runs; what you write now is marked as written afterwards.',
  },
  target: { ko: '목표: 대조군보다 얼마나 높게 (%p)', en: 'Target: above the hold-out by (points)' },
  targetOrders: {
    ko: '목표: 한 사람의 주문이 대조군보다 얼마나 많게 (건)',
    en: 'Target: orders a person above the hold-out',
  },
  targetMoney: {
    ko: (unit: string) => `목표: 한 사람의 금액이 대조군보다 얼마나 많게 (${unit})`,
    en: (unit: string) => `Target: amount a person above the hold-out (${unit})`,
  },
  data: { ko: '3. 데이터', en: '3. Data' },
  dataNote: {
    ko: '첫 구매 상품, 퍼널에서 확인한 숫자를 적어 주세요.',
    en: 'What the first-purchase table or the funnel says.',
  },
  next: { ko: '다음에 할 일', en: 'What to do next' },
  who: { ko: '누가 했나요', en: 'Who did it' },
  whoNote: {
    ko: '메일로 보낼 글에만 들어가고, 공개 페이지에는 나오지 않아요.',
    en: 'Only in the text to send, never on the shared page.',
  },
  company: { ko: '회사명', en: 'Company' },
  person: { ko: '담당자', en: 'Person' },
  contact: { ko: '연락처', en: 'Contact' },
  solution: { ko: '사용 솔루션', en: 'Solution' },
  participation: { ko: '참여 내용', en: 'Participation' },
  save: { ko: '노트 저장하기', en: 'Save the notes' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
})

/** Seed 2's five steps for one campaign: notes, the page made of them, and the ways to hand it on. */
export function ChallengePage() {
  const said = useWords(text)
  const id = Number(useParams<{ readonly id: string }>().id)
  const campaign = useQuery({
    queryKey: ['campaigns', 'one', id],
    queryFn: ({ signal }) => getCampaign(id, signal),
  })
  const challenge = useQuery({
    queryKey: ['challenge', id],
    queryFn: ({ signal }) => getChallenge(id, signal),
  })
  const error = campaign.error ?? challenge.error
  return (
    <Page
      title={campaign.data ? `${campaign.data.name} · ${said.title}` : said.title}
      purpose={said.purpose}
      back={
        campaign.data?.startedAt === null
          ? { to: `/campaigns/${id}`, label: said.draft }
          : { to: `/campaigns/${id}/report`, label: said.back }
      }
      width="wide"
    >
      {error && <Failure error={error} retry={() => challenge.refetch()} />}
      {!error && (
        <div className={style.columns}>
          <Card title={said.notes}>
            {challenge.data && campaign.data ? (
              <Notes
                key={id}
                campaign={id}
                known={challenge.data}
                metric={metricOf(campaign.data.draft)}
                products={chosenProducts(campaign.data.draft)}
              />
            ) : (
              <Bones lines={8} />
            )}
          </Card>
          <div className={style.stack}>
            <Shown campaign={id} known={challenge.data} />
            {challenge.data && <ShareCard campaign={id} known={challenge.data} />}
          </div>
        </div>
      )}
    </Page>
  )
}

type KnownProps = { readonly campaign: number; readonly known: Challenge }

type NotesProps = KnownProps & {
  readonly metric: GoalMetric
  /** Those it shows because somebody chose them. */
  readonly products: readonly string[]
}

function Notes({ campaign, known, metric, products }: NotesProps) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [note, setNote] = useState<Note>(known.note)
  const saving = useMutation({
    mutationFn: () => putChallenge(campaign, note, known.note),
    onSuccess: async (next) => {
      queries.setQueryData(['challenge', campaign], next)
      setNote(next.note)
      await queries.invalidateQueries({ queryKey: ['challenge', campaign, 'page'] })
      notifications.show({ message: said.saved })
    },
  })
  const { currency } = useSession().shop
  const target =
    measureOf(metric) === 'rate'
      ? said.target
      : metric === 'orders'
        ? said.targetOrders
        : said.targetMoney(currency === 'KRW' && language === 'ko' ? '원' : currency)
  const problem = saving.error ? problemIn(saving.error) : undefined
  const blank = (name: 'experience' | 'data' | 'next', note_?: string) => (
    <Textarea
      label={said[name]}
      description={note_}
      autosize
      minRows={2}
      maxLength={3_000}
      disabled={!may}
      value={note[name]}
      onChange={(event) => setNote({ ...note, [name]: event.currentTarget.value })}
    />
  )
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      {blank('experience', said.experienceNote)}
      <Textarea
        label={said.hypothesis}
        description={
          known.mayPropose
            ? known.startedAt === null
              ? said.hypothesisNote
              : said.late
            : known.isFixedBefore
              ? said.fixed
              : said.wasLate
        }
        autosize
        minRows={2}
        maxLength={3_000}
        disabled={!may || !known.mayPropose}
        error={problem?.field === 'hypothesis' ? problemSentence(problem, language) : undefined}
        value={note.hypothesis}
        onChange={(event) => setNote({ ...note, hypothesis: event.currentTarget.value })}
      />
      <NumberInput
        label={target}
        min={0}
        decimalScale={2}
        disabled={!may || !known.mayPropose}
        value={note.target ?? ''}
        onChange={(value) => setNote({ ...note, target: value === '' ? null : Number(value) })}
      />
      {blank('data', said.dataNote)}
      {may && products.length > 0 && (
        <InsertFigures
          products={products}
          put={(figures) =>
            setNote((now) => ({ ...now, data: [now.data, figures].filter(Boolean).join('\n') }))
          }
        />
      )}
      {blank('next')}
      <Who note={note} set={setNote} may={may} />
      {problem && problem.field !== 'hypothesis' && <Failure error={saving.error} />}
      {may && (
        <div className={style.buttons}>
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
        </div>
      )}
    </form>
  )
}

type WhoProps = {
  readonly note: Note
  readonly set: (note: Note) => void
  readonly may: boolean
}
function Who({ note, set, may }: WhoProps) {
  const said = useWords(text)
  const names = ['company', 'person', 'contact', 'solution', 'participation'] as const
  return (
    <fieldset className={style.form} style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ fontWeight: 650, padding: 0 }}>{said.who}</legend>
      <p className={style.note}>{said.whoNote}</p>
      {names.map((name) => (
        <TextInput
          key={name}
          label={said[name]}
          maxLength={300}
          disabled={!may}
          value={note[name]}
          onChange={(event) => set({ ...note, [name]: event.currentTarget.value })}
        />
      ))}
    </fieldset>
  )
}
