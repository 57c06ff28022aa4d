import { rfmGroups } from '../../../server/src/insight/rfm.ts'
import { getRfm, type RfmAnswer, rfmCsv } from '../api/insight.ts'
import { useKept } from '../api/kept.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { BeginHere } from '../design/begin-here.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { day, people } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bone } from '../design/states.tsx'
import insight from './insight.module.css'
import style from './rfm.module.css'
import { RfmGrid } from './rfm-grid.tsx'
import { type Picked, PickedPeople } from './rfm-group.tsx'
import { RfmGroups, RfmMoves } from './rfm-tables.tsx'
import { usePut } from './use-put.ts'

const text = words({
  title: { ko: 'RFM', en: 'RFM' },
  purpose: {
    ko: '구매 고객을 언제(R), 몇 번(F), 얼마나(M) 샀는지로 나눠요. 누가 단골이고 누가 멀어지는지 한눈에 봐요.',
    en: 'Buyers by when (R), how often (F) and for how much (M) they bought: who is loyal, and who drifts away.',
  },
  grid: { ko: '구매 고객 지도', en: 'Map of buyers' },
  gridNote: {
    ko: '점수는 구매 고객을 다섯으로 나눈 순서예요. 5점이 가장 좋고, 값이 같으면 같은 점수(낮은 쪽)를 받아요. 그래서 한 번만 산 고객이 많으면 F2, F3이 비어 있을 수 있어요.',
    en: 'A score is a fifth of all buyers; 5 is the best. Equal values share the lower score, so where most bought once F2 and F3 may be empty.',
  },
  summary: {
    ko: (n: string, when: string) => `${when} 0시까지 산 ${n}이에요.`,
    en: (n: string, when: string) => `${n} who bought before ${when}, midnight.`,
  },
  pick: {
    ko: '칸이나 이름을 누르면 그 고객들로 세그먼트와 캠페인을 만들 수 있어요.',
    en: 'Press a cell or a name to make a segment or a campaign of its people.',
  },
  emptyTitle: { ko: '아직 구매 고객이 없어요', en: 'No buyers yet' },
  empty: {
    ko: '주문이 들어오거나 지난 주문을 가져오면, 구매 고객이 25칸으로 나뉘어 보여요. 점수는 매일 새벽에 매겨지고 세그먼트 조건으로 쓸 수 있어요.',
    en: 'Once orders arrive or past ones are imported, buyers appear in 25 cells. Scores are given every night and can be used in segments.',
  },
  emptyExample: {
    ko: '예: “놓치면 아까운 단골 84명, 30일 전보다 21명 늘었어요”',
    en: 'For example: “84 regulars at risk, 21 more than 30 days ago”',
  },
  begin: { ko: '지난 주문 가져오기', en: 'Bring past orders' },
})

/** `/insight/rfm`: what is picked is in the address. */
export function RfmPage() {
  const said = useWords(text)
  const query = useKept<RfmAnswer>(['insight', 'rfm'], getRfm)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="people"
      width="wide"
      action={query.data?.state === 'ready' && <CsvButton href={rfmCsv} />}
    >
      <KeptReport
        query={query}
        bones={
          <Card>
            <Bone height={460} />
          </Card>
        }
      >
        {(answer) => (answer.people === 0 ? <Nobody /> : <Found answer={answer} />)}
      </KeptReport>
    </Page>
  )
}

function Nobody() {
  const said = useWords(text)
  return (
    <BeginHere
      title={said.emptyTitle}
      example={said.emptyExample}
      to="/connect/files"
      go={said.begin}
    >
      {said.empty}
    </BeginHere>
  )
}

function Found({ answer }: { readonly answer: RfmAnswer }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [params, put] = usePut()
  const picked = pickedIn(params.get('cell'))
  return (
    <div className={insight.stack}>
      <p className={insight.summary}>
        {said.summary(
          people(answer.people, language),
          day(answer.asOf, { timeZone: shop.timeZone, language }),
        )}
      </p>
      <div className={style.split}>
        <Card title={said.grid} note={said.gridNote}>
          <RfmGrid answer={answer} picked={picked} pick={({ r, f }) => put('cell', `${r}-${f}`)} />
          {picked ? (
            <PickedPeople answer={answer} picked={picked} />
          ) : (
            <p className={insight.note}>{said.pick}</p>
          )}
        </Card>
        <RfmGroups answer={answer} pick={(group) => put('cell', group)} />
      </div>
      <RfmMoves answer={answer} />
    </div>
  )
}

function pickedIn(text: string | null): Picked | undefined {
  const group = rfmGroups.find((one) => one === text)
  if (group) return { group }
  const [, r, f] = /^([1-5])-([1-5])$/.exec(text ?? '') ?? []
  return r && f ? { r: Number(r), f: Number(f) } : undefined
}
