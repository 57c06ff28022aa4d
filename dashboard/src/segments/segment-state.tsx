import type { SegmentRow } from '../api/segments.ts'
import { useWords, words } from '../app/language.ts'
import { Tag } from '../design/states.tsx'

const text = words({
  building: { ko: '채우는 중', en: 'Filling' },
  live: { ko: '살아 있음', en: 'Live' },
  failed: { ko: '멈춤', en: 'Failed' },
})

/** A segment's state in a word. */
export function State({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const { state, progress } = segment
  const meaning = state === 'live' ? 'caused' : state === 'failed' ? 'broken' : 'attention'
  return (
    <Tag dot meaning={meaning}>
      {said[state]}
      {state === 'building' && ` ${Math.round(progress * 100)} %`}
    </Tag>
  )
}
