import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listSegments } from '../api/segments.ts'
import { useWords, words } from '../app/language.ts'

const text = words({
  label: { ko: '어느 세그먼트에서', en: 'In which segment' },
  choose: { ko: '세그먼트 고르기', en: 'Choose a segment' },
  none: { ko: '그런 세그먼트가 없어요', en: 'No such segment' },
})

/** The segment whose buying a recipe follows. */
export function SegmentChoice({
  segment,
  change,
}: {
  readonly segment: number | null
  readonly change: (segment: number) => void
}) {
  const said = useWords(text)
  const segments = useQuery({
    queryKey: ['segments', 'named'],
    queryFn: ({ signal }) => listSegments({ limit: 100 }, signal),
    staleTime: 60_000,
  })
  return (
    <Select
      label={said.label}
      placeholder={said.choose}
      nothingFoundMessage={said.none}
      searchable
      allowDeselect={false}
      data={(segments.data?.items ?? []).map(({ id, name }) => ({
        value: String(id),
        label: name,
      }))}
      value={segment === null ? null : String(segment)}
      onChange={(value) => value !== null && change(Number(value))}
    />
  )
}
