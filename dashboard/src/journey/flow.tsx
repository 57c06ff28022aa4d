import { useElementSize } from '@mantine/hooks'
import type { StageFlow } from '../api/journey.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { count } from '../design/format.ts'
import style from './journey.module.css'
import { stageNames, stageOrder } from './stages.ts'

const text = words({
  title: { ko: '지난 7일의 흐름', en: 'The last seven days' },
  note: {
    ko: '단계를 옮겨간 횟수예요. 한 고객이 여러 번 옮길 수 있어요.',
    en: 'How often somebody went from one stage to another; a person may move more than once.',
  },
  legend: {
    ko: '위는 앞으로 나아간 길, 아래는 산 뒤에 다시 둘러보러 온 길이에요.',
    en: 'Above: onwards. Below: back to browsing after an order.',
  },
  none: {
    ko: '지난 7일 동안 단계를 옮긴 고객이 없어요.',
    en: 'Nobody moved in the last seven days.',
  },
  newcomers: { ko: '새 고객', en: 'New' },
  times: { ko: (n: string) => `${n}번`, en: (n: string) => `${n} times` },
  way: {
    ko: (from: string, to: string) => `${from} → ${to}`,
    en: (from: string, to: string) => `${from} → ${to}`,
  },
})

const height = 176
const base = 88
const gap = 12
const radius = 7
/** Ways beyond these are told in the list only: thin lines say nothing. */
const drawnLimit = 9

type Drawn = { readonly flow: StageFlow; readonly from: number; readonly to: number }

/** The moves between the stages as arcs over the columns: onwards above, back from a purchase below; the same as a list. */
export function Flow({ flows }: { readonly flows: readonly StageFlow[] }) {
  const said = useWords(text)
  const names = useWords(stageNames)
  const language = useLanguage()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const centre = (index: number) => ((index + 0.5) * (width + gap)) / stageOrder.length - gap / 2
  const nameOf = (flow: StageFlow) =>
    said.way(flow.from ? names[flow.from] : said.newcomers, names[flow.to])
  const drawn: readonly Drawn[] = flows.slice(0, drawnLimit).map((flow) => ({
    flow,
    from: flow.from ? stageOrder.indexOf(flow.from) : -1,
    to: stageOrder.indexOf(flow.to),
  }))
  const most = Math.max(1, ...flows.map(({ moves }) => moves))
  return (
    <section className={style.flow} aria-labelledby="flow-title">
      <div className={style.flowHead}>
        <h2 id="flow-title" className={style.flowTitle}>
          {said.title}
        </h2>
        <p className={style.flowNote}>
          {flows.length > 0 ? said.note : said.none}{' '}
          {flows.length > 0 && <span className={style.legend}>{said.legend}</span>}
        </p>
      </div>
      <div ref={ref} className={style.picture} aria-hidden="true">
        {width > 0 && flows.length > 0 && (
          <svg
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={said.title}
          >
            {drawn.map((one) => (
              <Arc key={keyOf(one.flow)} {...one} centre={centre} share={one.flow.moves / most} />
            ))}
            {stageOrder.map((stage, index) => (
              <circle
                key={stage}
                cx={centre(index)}
                cy={base}
                r={radius}
                fill="var(--surface)"
                stroke="var(--accent)"
                strokeWidth="2.5"
              />
            ))}
            {drawn.map((one) => (
              <Label
                key={keyOf(one.flow)}
                {...one}
                centre={centre}
                says={count(one.flow.moves, language)}
              />
            ))}
          </svg>
        )}
      </div>
      <ul className={style.ways}>
        {flows.map((flow) => (
          <li key={keyOf(flow)}>
            <span>{nameOf(flow)}</span>
            <b>{said.times(count(flow.moves, language))}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

function keyOf({ from, to }: StageFlow): string {
  return `${from ?? 'new'}-${to}`
}

type ArcProps = Drawn & { readonly centre: (index: number) => number }

/** Where an arc begins and ends, and how far its middle stands from the line of the stages. */
function arcOf({ from, to, centre }: ArcProps) {
  const isBack = to < from
  const begin = from < 0 ? Math.max(0, centre(to) - 84) : centre(from)
  const end = centre(to)
  const steps = from < 0 ? 1 : Math.abs(to - from)
  const bow = steps === 1 && !isBack ? 0 : (isBack ? 1 : -1) * (14 + steps * 19)
  const sign = Math.sign(end - begin) || 1
  return { begin: begin + (from < 0 ? 0 : sign * radius), end: end - sign * (radius + 6), bow }
}

function Arc({ share, ...drawn }: ArcProps & { readonly share: number }) {
  const { begin, end, bow } = arcOf(drawn)
  const middle = (begin + end) / 2
  // A quadratic curve reaches half of its handle's height.
  const path = `M ${begin} ${base} Q ${middle} ${base + 2 * bow} ${end} ${base}`
  const isBack = drawn.to < drawn.from
  return (
    <path
      d={path}
      fill="none"
      stroke={isBack ? 'var(--held-mark)' : 'var(--accent)'}
      strokeWidth={1.5 + 9 * Math.sqrt(share)}
      strokeOpacity={0.28}
      strokeLinecap="round"
    />
  )
}

function Label({ says, ...drawn }: ArcProps & { readonly says: string }) {
  const { begin, end, bow } = arcOf(drawn)
  return (
    <text
      x={(begin + end) / 2}
      y={base + bow + 4}
      textAnchor="middle"
      fontSize="13"
      fontWeight="600"
      fill="var(--ink-2)"
      stroke="var(--ground)"
      strokeWidth="4"
      paintOrder="stroke"
    >
      {says}
    </text>
  )
}
