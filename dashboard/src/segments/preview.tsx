import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { previewSegment, type SegmentPreview } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BigNumber } from '../design/big-number.tsx'
import { Card } from '../design/card.tsx'
import { ago, people, personName } from '../design/format.ts'
import { Bone, Bones, Failure } from '../design/states.tsx'
import { definitionSentence } from './say.ts'
import style from './segments.module.css'

const text = words({
  now: { ko: '지금 이 조건의 고객', en: 'People who match now' },
  none: {
    ko: '아직 아무도 없어요. 기간을 늘리거나 조건을 하나 빼 보세요.',
    en: 'Nobody yet. Try a longer time or one condition less.',
  },
  waiting: {
    ko: '조건을 고르면 여기서 바로 세어 드려요.',
    en: 'Pick a condition and the count appears here.',
  },
  anonymous: {
    ko: '가입하지 않은 손님도 함께 셌어요.',
    en: 'People who have not signed up are counted too.',
  },
  members: { ko: '이런 분들이에요', en: 'People like these' },
  because: {
    ko: (sentence: string) => `모두 이 조건이에요: ${sentence}`,
    en: (sentence: string) => `All of them: ${sentence}`,
  },
  member: { ko: '회원', en: 'member' },
  notMember: { ko: '미가입', en: 'not signed up' },
})

export type Preview = UseQueryResult<SegmentPreview>

/** The count and five people of a definition, a moment after the last change. */
export function usePreview(definition: Definition | undefined): Preview {
  const [settled] = useDebouncedValue(definition, 350)
  return useQuery({
    queryKey: ['segments', 'preview', settled],
    queryFn: async ({ signal }): Promise<SegmentPreview> => {
      if (!settled) throw new Error('there is no definition to count')
      return await previewSegment(settled, signal)
    },
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    // History follows the events by a moment, and people come and go.
    refetchInterval: 5_000,
  })
}

type CountProps = { readonly preview: Preview; readonly asked: boolean }

export function LiveCount({ preview, asked }: CountProps) {
  const said = useWords(text)
  const language = useLanguage()
  const found = asked ? preview.data : undefined
  return (
    <Card>
      <div aria-live="polite" className={preview.isFetching ? style.busy : ''}>
        {preview.error && asked ? (
          <Failure error={preview.error} retry={() => preview.refetch()} />
        ) : (
          <BigNumber
            label={said.now}
            value={
              found ? people(found.count, language) : asked ? <Bone width={140} height={36} /> : '–'
            }
            note={asked ? (found?.count === 0 ? said.none : said.anonymous) : said.waiting}
          />
        )}
      </div>
    </Card>
  )
}

type MembersProps = { readonly preview: Preview; readonly definition: Definition }

/** Five people who match, with why they do. */
export function Members({ preview, definition }: MembersProps) {
  const said = useWords(text)
  const language = useLanguage()
  const sentence = definitionSentence(definition, language)
  if (preview.error || preview.data?.count === 0) return null
  return (
    <Card title={said.members} note={sentence && said.because(sentence)} flush>
      {!preview.data && <Bones lines={3} />}
      <ul className={`${style.members} ${preview.isFetching ? style.busy : ''}`}>
        {preview.data?.sample.slice(0, 5).map((one) => (
          <li key={one.id}>
            <Link href={`/customers/${one.id}`}>{personName(one.name, language)}</Link>
            <span className={style.why}>
              {one.member ? said.member : said.notMember} ·{' '}
              {ago(one.lastSeenAt, Date.now(), language)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
