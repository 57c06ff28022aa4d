import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getChallenge } from '../api/challenge.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import style from './challenge.module.css'

const text = words({
  title: { ko: '가설과 목표', en: 'Hypothesis and target' },
  why: {
    ko: '켜기 전에 적어 두면 켜는 순간 고정돼서, 결과에 맞춘 가설이라는 말을 듣지 않아요. 켠 뒤에 적으면 보고서에 그렇게 표시돼요.',
    en: 'Written before the start they are fixed by it, and nobody can say they were fitted to the result. Written later, the report says so.',
  },
  write: { ko: '가설 노트 적기', en: 'Write them down' },
  written: {
    ko: '캠페인을 켜면 이대로 고정돼요.',
    en: 'Fixed as they are once the campaign starts.',
  },
  open: { ko: '가설 노트와 제안서 열기', en: 'Notes and proposal' },
})

/** Before a campaign starts: the hypothesis it will be held to, or the way to write one. */
export function HypothesisCard({ campaign }: { readonly campaign: number }) {
  const said = useWords(text)
  const { data } = useQuery({
    queryKey: ['challenge', campaign],
    queryFn: ({ signal }) => getChallenge(campaign, signal),
  })
  if (!data) return null
  const { hypothesis } = data.note
  return (
    <Card title={said.title}>
      <div className={style.stack} style={{ gap: 12 }}>
        {hypothesis && <p>{hypothesis}</p>}
        <p className={style.note}>{hypothesis ? said.written : said.why}</p>
        <div className={style.buttons}>
          <Button
            component={Link}
            href={`/campaigns/${campaign}/challenge`}
            variant="default"
            size="sm"
          >
            {hypothesis ? said.open : said.write}
          </Button>
        </div>
      </div>
    </Card>
  )
}
