import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { getSegment } from '../api/segments.ts'
import { useWords, words } from '../app/language.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import { EditSegment } from './edit-segment.tsx'
import { useLoadedSources } from './load-sources.ts'
import { SourcesProvider } from './sources.ts'

const text = words({
  segment: { ko: '세그먼트', en: 'Segment' },
  back: { ko: '세그먼트', en: 'Segments' },
})

/** `/segments/new` and `/segments/12/edit`: the definition as one sentence, the count beside it. */
export function Builder() {
  const said = useWords(text)
  const { id } = useParams<{ readonly id?: string }>()
  const sources = useLoadedSources(id === undefined ? undefined : Number(id))
  const known = useQuery({
    queryKey: ['segments', 'one', id],
    queryFn: ({ signal }) => getSegment(Number(id), signal),
    enabled: id !== undefined,
    // What is being edited does not change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  })
  if (id !== undefined && !known.data) {
    return (
      <Page title={said.segment} back={{ to: '/segments', label: said.back }}>
        {known.error ? <Failure error={known.error} retry={() => known.refetch()} /> : <Bones />}
      </Page>
    )
  }
  return (
    <SourcesProvider value={sources}>
      <EditSegment key={id ?? 'new'} known={known.data} />
    </SourcesProvider>
  )
}
