import { SegmentedControl } from '@mantine/core'
import type { Watch } from '../../../../server/src/campaigns/watch.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { ChoiceBlank, Said } from '../../segments/blank.tsx'
import { EventBlank } from '../../segments/event-sentence.tsx'
import { FilterLines } from '../../segments/filter-lines.tsx'
import { useSources } from '../../segments/sources.ts'
import style from './flow.module.css'
import { segmentName } from './step-words.ts'

const text = words({
  what: { ko: '무엇을 볼까요', en: 'What to watch' },
  event: { ko: '행동', en: 'Something they do' },
  segment: { ko: '세그먼트', en: 'A segment' },
  which: { ko: '어떤 행동', en: 'What they do' },
  pick: { ko: '세그먼트 고르기', en: 'Pick a segment' },
  into: { ko: '에', en: '' },
  entered: { ko: '들어오면', en: 'when they enter' },
  left: { ko: '나가면', en: 'when they leave' },
  crossing: { ko: '들어오나 나가나', en: 'Enter or leave' },
})

type SegmentProps = {
  readonly segment: number
  readonly label?: string
  /** What it reads as while none is chosen and none needs to be. */
  readonly none?: string
  readonly change: (segment: number) => void
}

/** A segment of the shop, with how many people it has. */
export function SegmentBlank({ segment, label, none, change }: SegmentProps) {
  const said = useWords(text)
  const sources = useSources()
  return (
    <ChoiceBlank
      label={label ?? said.pick}
      shown={segmentName(segment, sources) ?? none}
      choices={sources.segments.map(({ id, name, members }) => ({
        value: String(id),
        label: name,
        note: members.toLocaleString('en'),
      }))}
      selected={[String(segment)]}
      onPick={(id) => change(Number(id))}
    />
  )
}

type CrossingProps = {
  readonly value: { readonly segment: number; readonly on: 'entered' | 'left' }
  readonly change: (value: CrossingProps['value']) => void
}

/** `[단골]에 [들어오면]`. */
export function Crossing({ value, change }: CrossingProps) {
  const said = useWords(text)
  const language = useLanguage()
  const segment = (
    <SegmentBlank segment={value.segment} change={(next) => change({ ...value, segment: next })} />
  )
  const how = (
    <ChoiceBlank
      label={said.crossing}
      plainly
      shown={said[value.on]}
      choices={(['entered', 'left'] as const).map((one) => ({ value: one, label: said[one] }))}
      selected={[value.on]}
      onPick={(on) => change({ ...value, on: on === 'left' ? 'left' : 'entered' })}
    />
  )
  return (
    <div className={style.sentence}>
      {language === 'en' && how}
      {segment}
      <Said>{said.into}</Said>
      {language === 'ko' && how}
    </div>
  )
}

type WatchProps = { readonly watch: Watch; readonly change: (watch: Watch) => void }

/** An event with conditions on it, or a segment that is entered or left. */
export function WatchForm({ watch, change }: WatchProps) {
  const said = useWords(text)
  return (
    <>
      <SegmentedControl
        aria-label={said.what}
        size="sm"
        data={(['event', 'segment'] as const).map((value) => ({ value, label: said[value] }))}
        value={watch.kind}
        onChange={(kind) =>
          change(
            kind === 'segment'
              ? { kind, segment: 0, on: 'entered' }
              : { kind: 'event', event: 'Order Completed' },
          )
        }
      />
      {watch.kind === 'segment' ? (
        <Crossing value={watch} change={(next) => change({ kind: 'segment', ...next })} />
      ) : (
        <EventWithFilter
          value={watch}
          label={said.which}
          change={(next) => change({ kind: 'event', ...next })}
        />
      )}
    </>
  )
}

type EventFilter = {
  readonly event: string
  readonly filter?: Extract<Watch, { kind: 'event' }>['filter']
}
type EventProps = {
  readonly value: EventFilter
  readonly label: string
  readonly change: (value: EventFilter) => void
}

/** What happens, and which of its happenings count. */
export function EventWithFilter({ value, label, change }: EventProps) {
  const { event, filter } = value
  return (
    <div className={style.sentence}>
      <EventBlank event={event} label={label} onPick={(next) => change({ event: next })} />
      <FilterLines
        event={event}
        where={filter}
        change={(where) => change(where ? { event, filter: where } : { event })}
      />
    </div>
  )
}
