import { Select } from '@mantine/core'
import { type FunnelGrouping, funnelGroupings } from '../../../server/src/insight/funnel.ts'
import { type FunnelAnswer, type FunnelGroupsAnswer, getFunnelGroups } from '../api/insight.ts'
import { useKept } from '../api/kept.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { KeptReport } from '../design/kept.tsx'
import { Bone } from '../design/states.tsx'
import { type FunnelAsked, otherSource } from './funnel-filters.tsx'
import { FunnelGroups } from './funnel-groups.tsx'
import style from './insight.module.css'
import { sourceName, sourceWords } from './source-name.ts'
import { usePut } from './use-put.ts'

const text = words({
  title: { ko: '나눠 보기', en: 'Told apart' },
  by: { ko: '무엇으로 나눌지', en: 'Told apart by' },
  source: { ko: '유입 경로', en: 'Channel' },
  product: { ko: '상품', en: 'Product' },
  category: { ko: '분류', en: 'Category' },
  segment: { ko: '세그먼트', en: 'Segment' },
  sourceNote: {
    ko: '방문이 시작된 곳(utm_source, 없으면 검색·소셜 사이트)이에요. 잘 사는 곳은 후보이지 원인이 아니에요.',
    en: 'Where the visit began (utm_source, else the site it came from). A channel that sells is a candidate, not a cause.',
  },
  goodsNote: {
    ko: '가장 많이 본 것부터 12개예요. 그 상품을 보고, 담고, 산 길만 세요. 주문 비율은 본 길 가운데 산 비율이에요.',
    en: 'The twelve looked at most: only its own looks, carts and orders count. The share that ordered is of those who looked.',
  },
  segmentNote: {
    ko: '최근에 만든 세그먼트 12개에 지금 들어 있는 고객의 길이에요. 한 고객이 여러 세그먼트에 있을 수 있어요.',
    en: 'The ways of those who are in the twelve newest segments now. Somebody may be in several.',
  },
})

type Props = { readonly answer: FunnelAnswer; readonly asked: FunnelAsked }

/** The same steps by channel, product, category or segment; a name narrows the page to it. */
export function FunnelBreakdown({ answer, asked }: Props) {
  const said = useWords(text)
  const [params, put] = usePut()
  const by = funnelGroupings.find((one) => one === params.get('split'))
  const sources = useWords(sourceWords)
  const note =
    by === undefined ? said.sourceNote : by === 'segment' ? said.segmentNote : said.goodsNote
  return (
    <Card
      title={said.title}
      note={note}
      flush
      beside={
        <Select
          aria-label={said.by}
          w={150}
          allowDeselect={false}
          value={by ?? 'source'}
          onChange={(value) => put('split', value === 'source' ? null : value)}
          data={(['source', ...funnelGroupings] as const).map((one) => ({
            value: one,
            label: said[one],
          }))}
        />
      }
    >
      {by === undefined ? (
        <FunnelGroups
          label={said.source}
          rows={answer.channels.map(({ source, ...counts }) => ({
            ...{ key: source || otherSource, name: sourceName(source, sources) },
            ...counts,
          }))}
          pick={(key) => asked.put('source', key)}
          isOfGoods={false}
        />
      ) : (
        <Asked by={by} asked={asked} />
      )}
    </Card>
  )
}

function Asked({ by, asked }: { readonly by: FunnelGrouping; readonly asked: FunnelAsked }) {
  const said = useWords(text)
  const question = { ...asked.question, by }
  const query = useKept<FunnelGroupsAnswer>(
    ['insight', 'funnel-groups', question],
    (fresh, signal) => getFunnelGroups({ ...question, ...fresh }, signal),
  )
  return (
    <div className={style.keptInside}>
      <KeptReport query={query} bones={<Bone height={240} />}>
        {({ groups }) => (
          <FunnelGroups
            label={said[by]}
            rows={groups}
            pick={(key) => asked.put(by, key)}
            isOfGoods={by !== 'segment'}
          />
        )}
      </KeptReport>
    </div>
  )
}
