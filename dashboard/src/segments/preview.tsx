import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link } from 'wouter'
import type { Definition } from '../../../server/src/segments/definition.ts'
import { problemIn } from '../api/client.ts'
import { estimateSegment, previewSegment, type SegmentPreview } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BigNumber } from '../design/big-number.tsx'
import { Card } from '../design/card.tsx'
import { ago, people, personName } from '../design/format.ts'
import { Bone, Bones, Failure } from '../design/states.tsx'
import {
  type About,
  aboutPeople,
  asksAbout,
  type Pace,
  rangeOfPeople,
  showsAbout,
} from './about.ts'
import { ReachBars } from './reach.tsx'
import style from './segments.module.css'
import whyStyle from './why.module.css'
import { WhyParts } from './why.tsx'

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
  blanks: {
    ko: (n: number) => `빈칸이 남은 조건 ${n}개는 아직 빼고 셌어요.`,
    en: (n: number) => `${n} with an empty blank left out for now.`,
  },
  faulty: {
    ko: '표시한 조건을 고치면 다시 세어 드려요.',
    en: 'Counted again once the marked condition is mended.',
  },
  about: {
    ko: (range: string) => `${range}쯤으로 보여요. 정확한 수를 세는 중이에요.`,
    en: (range: string) => `Probably ${range}. Counting exactly now.`,
  },
  sample: { ko: '이런 분들이에요', en: 'People like these' },
  sampleNote: { ko: '왜 들어왔는지 함께 보여드려요.', en: 'With why each of them is in.' },
  member: { ko: '회원', en: 'Members' },
  notMember: { ko: '비회원', en: 'Not members' },
  oneMember: { ko: '회원', en: 'member' },
  oneNotMember: { ko: '비회원', en: 'not a member' },
})

export type Preview = UseQueryResult<SegmentPreview>

/**
 * The count and five people of a definition, a moment after the last change, and in a large or slow shop about how many until
 * they come; a newer question cancels the older ones.
 */
export function usePreview(definition: Definition | undefined): {
  readonly preview: Preview
  readonly about: About | undefined
} {
  const [settled] = useDebouncedValue(definition, 250)
  const pace = useRef<Pace>({ customers: undefined, lastMs: 0 })
  const preview = useQuery({
    queryKey: ['segments', 'preview', settled],
    queryFn: async ({ signal }): Promise<SegmentPreview> => {
      if (!settled) throw new Error('there is no definition to count')
      const from = performance.now()
      const counted = await previewSegment(settled, signal)
      pace.current = { ...pace.current, lastMs: performance.now() - from }
      return counted
    },
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    // History follows the events by a moment, and people come and go.
    refetchInterval: (query) => (query.state.error ? false : 10_000),
  })
  const waiting = preview.isPending || preview.isPlaceholderData
  // Nobody asks under this key once the exact count is there, which cancels an estimate still under way.
  const open = waiting && !preview.error ? settled : undefined
  const { data } = useQuery({
    queryKey: ['segments', 'about', open],
    queryFn: async ({ signal }): Promise<About> => {
      if (!open) throw new Error('there is no definition to estimate')
      const { estimate } = await estimateSegment(open, signal)
      pace.current = { ...pace.current, customers: estimate.of }
      return estimate
    },
    enabled: open !== undefined && asksAbout(pace.current),
    retry: false,
    gcTime: 0,
  })
  return { preview, about: open && data && showsAbout(pace.current) ? data : undefined }
}

type CountProps = {
  readonly preview: Preview
  /** Shown until the exact count comes. */
  readonly about: About | undefined
  readonly asked: boolean
  readonly blanks: number
  /** The server refused a part of it, which is marked there. */
  readonly refused: boolean
}

/** How many, how they split, who can be reached. */
export function LiveCount({ preview, about, asked, blanks, refused }: CountProps) {
  const said = useWords(text)
  const language = useLanguage()
  const found = asked && !refused ? preview.data : undefined
  const meanwhile = asked && !refused ? about : undefined
  const busy = preview.isFetching && preview.isPlaceholderData ? style.busy : ''
  const failed = preview.error && asked && !refused
  const note = !asked
    ? said.waiting
    : refused
      ? said.faulty
      : meanwhile
        ? said.about(rangeOfPeople(meanwhile, language))
        : found?.count === 0
          ? said.none
          : undefined
  return (
    <Card>
      <div>
        {failed ? (
          <Failure error={preview.error} retry={() => preview.refetch()} />
        ) : (
          <>
            <div aria-live="polite" aria-atomic="true" className={meanwhile ? '' : busy}>
              <BigNumber
                label={said.now}
                value={
                  meanwhile ? (
                    aboutPeople(meanwhile, language)
                  ) : found ? (
                    people(found.count, language)
                  ) : asked && !refused ? (
                    <Bone width={140} height={36} />
                  ) : (
                    '–'
                  )
                }
                note={note}
              />
            </div>
            {found && found.count > 0 && (
              <div className={busy}>
                <div className={whyStyle.split}>
                  <span>
                    {said.member} <b>{people(found.signedUp, language)}</b>
                  </span>
                  <span>
                    {said.notMember} <b>{people(found.anonymous, language)}</b>
                  </span>
                </div>
                <ReachBars reach={found.reach} of={found.count} />
              </div>
            )}
            {asked && blanks > 0 && <p className={style.note}>{said.blanks(blanks)}</p>}
          </>
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
  if (problemIn(preview.error) || preview.data?.count === 0) return null
  return (
    <Card title={said.sample} note={said.sampleNote} flush>
      {!preview.data && <Bones lines={3} />}
      <ul className={`${style.members} ${preview.isPlaceholderData ? style.busy : ''}`}>
        {preview.data?.sample.slice(0, 5).map((one) => (
          <li key={one.id}>
            <Link href={`/customers/${one.id}`}>{personName(one.name, language)}</Link>
            <span className={style.why}>
              {one.member ? said.oneMember : said.oneNotMember} ·{' '}
              {ago(one.lastSeenAt, Date.now(), language)}
            </span>
            <div style={{ flexBasis: '100%' }}>
              <WhyParts why={one.why} definition={definition} brief />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
