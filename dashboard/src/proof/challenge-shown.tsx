import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { type Challenge, getChallengePage } from '../api/challenge.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime } from '../design/format.ts'
import { Bone, Failure, Tag } from '../design/states.tsx'
import style from './challenge.module.css'

const text = words({
  report: { ko: '이렇게 보여요', en: 'How it looks' },
  proposal: { ko: '제안서', en: 'Proposal' },
  enough: {
    ko: (days: number, people: number) => `증명 기준을 채웠어요 · ${days}일 · ${people}명`,
    en: (days: number, people: number) => `Exposed enough · ${days} days · ${people} people`,
  },
  notEnough: {
    ko: (days: number, people: number) => `${days}일 / 7일 · ${people}명 / 100명`,
    en: (days: number, people: number) => `${days} of 7 days · ${people} of 100 people`,
  },
  print: { ko: '인쇄하거나 PDF로 저장하기', en: 'Print or save as PDF' },
  proposedAt: {
    ko: (when: string) => `가설을 적은 때 ${when}`,
    en: (when: string) => `Written ${when}`,
  },
})

/** The page as strangers would see it, and its way to paper. */
export function Shown({
  campaign,
  known,
}: {
  readonly campaign: number
  readonly known: Challenge | undefined
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const frame = useRef<HTMLIFrameElement>(null)
  const page = useQuery({
    queryKey: ['challenge', campaign, 'page'],
    queryFn: ({ signal }) => getChallengePage(campaign, signal),
  })
  const { exposure } = known ?? {}
  const when = { timeZone: shop.timeZone, language }
  return (
    <Card
      title={said.report}
      note={known?.proposedAt ? said.proposedAt(dayAndTime(known.proposedAt, when)) : undefined}
      beside={
        exposure && (
          <Tag meaning={exposure.isEnough ? 'caused' : 'quiet'}>
            {known?.startedAt === null
              ? said.proposal
              : exposure.isEnough
                ? said.enough(exposure.days, exposure.people)
                : said.notEnough(exposure.days, exposure.people)}
          </Tag>
        )
      }
    >
      {page.error && <Failure error={page.error} retry={() => page.refetch()} />}
      {!page.data && !page.error && <Bone height={480} />}
      {page.data && (
        <>
          <iframe
            ref={frame}
            className={style.page}
            title={said.report}
            // Without scripts; printing is asked for from out here.
            sandbox="allow-same-origin allow-modals"
            srcDoc={page.data.html}
          />
          <div className={style.buttons} style={{ marginTop: 12 }}>
            <Button variant="default" onClick={() => frame.current?.contentWindow?.print()}>
              {said.print}
            </Button>
          </div>
        </>
      )}
    </Card>
  )
}
