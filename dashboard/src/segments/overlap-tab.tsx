import { MultiSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { getOverlap, type Overlap } from '../api/segment-page.ts'
import type { SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count, people, percent } from '../design/format.ts'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import style from './overlap.module.css'
import { circlesOf, regionsOf } from './overlap.ts'
import { useSources } from './sources.ts'

const text = words({
  pick: { ko: '겹쳐 볼 세그먼트 (3개까지)', en: 'Segments to compare with (up to 3)' },
  placeholder: { ko: '세그먼트 고르기', en: 'Pick segments' },
  title: { ko: '겹치는 고객', en: 'People in common' },
  emptyTitle: { ko: '얼마나 겹치는지 그려 드려요', en: 'See how segments overlap' },
  empty: {
    ko: '같은 사람에게 두 번 말을 걸게 될지, 어떤 캠페인이 서로 부딪힐지 미리 알 수 있어요. 위에서 세그먼트를 골라 보세요.',
    en: 'Know beforehand whether campaigns would speak to the same people. Pick segments above.',
  },
  none: { ko: '다른 세그먼트가 아직 없어요.', en: 'There is no other segment yet.' },
  nobody: { ko: '고른 세그먼트에 아직 아무도 없어요.', en: 'Nobody is in these segments yet.' },
  share: {
    ko: (name: string, both: string, share: string) =>
      `‘${name}’에도 있는 고객은 ${both}, 이 세그먼트의 ${share}예요.`,
    en: (name: string, both: string, share: string) =>
      `${both} are in “${name}” as well: ${share} of this segment.`,
  },
  together: {
    ko: (all: string) => `한 번씩만 세면 모두 ${all}이에요.`,
    en: (all: string) => `Counting each person once: ${all}.`,
  },
  only: { ko: (names: string) => `${names}에만`, en: (names: string) => `only in ${names}` },
  rows: { ko: '어느 세그먼트들에 있는 고객인지', en: 'By the segments they are in' },
  isIn: { ko: '들어 있음', en: 'in' },
  isNot: { ko: '없음', en: 'not in' },
  people: { ko: '고객 수', en: 'People' },
})

/** How a segment overlaps with up to three others. */
export function OverlapTab({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const { segments } = useSources()
  const [params, setParams] = useSearchParams()
  const chosen = (params.get('with') ?? '')
    .split(',')
    .filter((id) => segments.some((one) => String(one.id) === id))
    .slice(0, 3)
  const ids = [segment.id, ...chosen.map(Number)]
  const overlap = useQuery({
    queryKey: ['segments', 'overlap', ...ids],
    queryFn: ({ signal }) => getOverlap(ids, signal),
    enabled: chosen.length > 0,
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={said.title}>
      <MultiSelect
        label={said.pick}
        placeholder={chosen.length < 3 ? said.placeholder : ''}
        searchable
        maxValues={3}
        hidePickedOptions
        data={segments.map(({ id, name }) => ({ value: String(id), label: name }))}
        nothingFoundMessage={said.none}
        classNames={{ inputField: style.inputField ?? '' }}
        value={[...chosen]}
        onChange={(next) =>
          setParams({ tab: 'overlap', ...(next.length > 0 ? { with: next.join(',') } : {}) })
        }
      />
      <div className={style.body}>
        {chosen.length === 0 ? (
          <EmptyState title={said.emptyTitle}>
            {segments.length ? said.empty : said.none}
          </EmptyState>
        ) : overlap.error ? (
          <Failure error={overlap.error} retry={() => overlap.refetch()} />
        ) : overlap.data ? (
          <Picture overlap={overlap.data} />
        ) : (
          <Bones lines={4} />
        )}
      </div>
    </Card>
  )
}

function Picture({ overlap }: { readonly overlap: Overlap }) {
  const said = useWords(text)
  const language = useLanguage()
  const [self, ...others] = overlap.segments
  if (!self || overlap.together === 0) return <p className={style.note}>{said.nobody}</p>
  const both = (id: number) =>
    overlap.intersections.find(
      ({ segments }) =>
        segments.length === 2 && [self.id, id].every((one) => segments.includes(one)),
    )?.members ?? 0
  const [other] = others
  return (
    <>
      <ul className={style.facts}>
        {others.map(({ id, name }) => (
          <li key={id}>
            {said.share(
              name,
              people(both(id), language),
              percent(self.members > 0 ? both(id) / self.members : 0),
            )}
          </li>
        ))}
        <li>{said.together(people(overlap.together, language))}</li>
      </ul>
      {other && others.length === 1 && (
        <Venn
          names={[self.name, other.name]}
          sizes={[self.members, other.members]}
          both={both(other.id)}
        />
      )}
      <Rows overlap={overlap} />
    </>
  )
}

type VennProps = {
  readonly names: readonly [string, string]
  readonly sizes: readonly [number, number]
  readonly both: number
}

/** Two circles in proportion; the rows below say the same in numbers. */
function Venn({ names, sizes, both }: VennProps) {
  const language = useLanguage()
  const most = 80
  const { radii, apart } = circlesOf(sizes, both, most)
  const [a, b] = radii
  const width = Math.max(a + apart + b, 2 * Math.max(a, b)) + 4
  const y = most + 2
  const centres = [a + 2, a + 2 + apart] as const
  return (
    <figure className={style.figure}>
      <svg
        className={style.venn}
        viewBox={`0 0 ${width} ${most * 2 + 4}`}
        style={{ maxWidth: width * 1.4 }}
        role="img"
        aria-label={`${names[0]} ${count(sizes[0], language)}, ${names[1]} ${count(sizes[1], language)}, ∩ ${count(both, language)}`}
      >
        <defs>
          <pattern
            id="stripes"
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="7" className={style.stripe} />
          </pattern>
        </defs>
        <circle cx={centres[0]} cy={y} r={a} className={style.first} />
        <circle cx={centres[1]} cy={y} r={b} className={style.second} />
      </svg>
      <figcaption className={style.caption}>
        <span>
          <i className={style.plainKey} /> {names[0]} {people(sizes[0], language)}
        </span>
        <span>
          <i className={style.stripedKey} /> {names[1]} {people(sizes[1], language)}
        </span>
      </figcaption>
    </figure>
  )
}

/** Each combination of segments with a dot for every segment it is in, a bar and its number. */
function Rows({ overlap }: { readonly overlap: Overlap }) {
  const said = useWords(text)
  const language = useLanguage()
  const regions = regionsOf(overlap)
  const most = regions[0]?.members ?? 1
  return (
    <div className={style.scroll}>
      <table className={style.rows} aria-label={said.rows}>
        <thead>
          <tr>
            {overlap.segments.map(({ id, name }) => (
              <th key={id} scope="col">
                <span>{name}</span>
              </th>
            ))}
            <th scope="col" className={style.wide}>
              {said.people}
            </th>
          </tr>
        </thead>
        <tbody>
          {regions.map((region) => (
            <tr key={region.segments.join()}>
              {overlap.segments.map(({ id }) => (
                <td key={id}>
                  <span
                    className={region.segments.includes(id) ? style.dot : style.hollow}
                    role="img"
                    aria-label={region.segments.includes(id) ? said.isIn : said.isNot}
                  />
                </td>
              ))}
              <td className={style.wide}>
                <span className={style.bar} style={{ width: `${(region.members / most) * 70}%` }} />
                {people(region.members, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
