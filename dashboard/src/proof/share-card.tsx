import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Challenge, closeChallenge, shareChallenge } from '../api/challenge.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { day } from '../design/format.ts'
import { Code, Failure } from '../design/states.tsx'
import style from './challenge.module.css'

const text = words({
  title: { ko: '보내기', en: 'Hand it on' },
  link: {
    ko: '링크를 가진 사람은 누구나 30일 동안 볼 수 있어요. 고객의 이름과 연락처, 10명보다 적은 수는 나오지 않아요.',
    en: 'Whoever has the link can see it for thirty days; no customer’s name or address, no number under ten people.',
  },
  until: {
    ko: (when: string) => `${when}까지 열려 있어요.`,
    en: (when: string) => `Open until ${when}.`,
  },
  open: { ko: '공개 링크 만들기', en: 'Make a public link' },
  anew: { ko: '새 링크로 바꾸기', en: 'Replace the link' },
  close: { ko: '링크 닫기', en: 'Close the link' },
  mail: { ko: '메일로 보낼 글', en: 'Text to send' },
})

/** The public link and the six fields as a text. */
export function ShareCard({
  campaign,
  known,
}: {
  readonly campaign: number
  readonly known: Challenge
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const onSuccess = () =>
    queries.invalidateQueries({ queryKey: ['challenge', campaign], exact: true })
  const opening = useMutation({ mutationFn: () => shareChallenge(campaign), onSuccess })
  const closing = useMutation({ mutationFn: () => closeChallenge(campaign), onSuccess })
  const error = opening.error ?? closing.error
  const { share, mail } = known
  return (
    <Card title={said.title} note={said.link}>
      <div className={style.stack}>
        {share && (
          <>
            <Code text={share.url} />
            <p className={style.note}>
              {said.until(day(share.until, { timeZone: shop.timeZone, language }))}
            </p>
          </>
        )}
        {error && <Failure error={error} />}
        {may && (
          <div className={style.buttons}>
            <Button variant="default" loading={opening.isPending} onClick={() => opening.mutate()}>
              {share ? said.anew : said.open}
            </Button>
            {share && (
              <Button
                variant="subtle"
                color="red"
                loading={closing.isPending}
                onClick={() => closing.mutate()}
              >
                {said.close}
              </Button>
            )}
          </div>
        )}
        <section className={style.mail} aria-label={said.mail}>
          <p className={style.note} style={{ marginBottom: 8 }}>
            {said.mail}
          </p>
          <Code text={mail} />
        </section>
      </div>
    </Card>
  )
}
