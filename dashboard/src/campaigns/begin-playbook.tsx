import { Button } from '@mantine/core'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Failure } from '../design/states.tsx'
import { useBegin } from './use-begin.ts'

const text = words({
  begin: { ko: '시나리오로 시작하기', en: 'Start from the playbook' },
  beginNamed: {
    ko: (name: string) => `시나리오로 시작하기: ${name}`,
    en: (name: string) => `Start from the playbook: ${name}`,
  },
})

/** One click: the playbook's draft, filled in and open. */
export function BeginPlaybook({ playbook, about }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const { known, making } = useBegin(playbook)
  return (
    <>
      {known && about && <p className={about}>{known.about[language]}</p>}
      {making.error && <Failure error={making.error} />}
      {may && (
        <Button
          size="xs"
          loading={making.isPending}
          aria-label={known ? said.beginNamed(known.name[language]) : said.begin}
          onClick={() => making.mutate()}
        >
          {said.begin}
        </Button>
      )}
    </>
  )
}
type Props = {
  readonly playbook: string
  /** Class of the sentence that says what the playbook is for; without it the button stands alone. */
  readonly about?: string | undefined
}
