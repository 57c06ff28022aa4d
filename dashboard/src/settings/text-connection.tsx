import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { Link } from 'wouter'
import { problemIn } from '../api/client.ts'
import { getText, removeText, type TextAccount, type TextProviderName } from '../api/text.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { providerSentence } from '../design/provider-words.ts'
import { Failure } from '../design/states.tsx'
import { LetGo } from './let-go.tsx'
import style from './settings.module.css'
import { providerNames, providerWords } from './text-providers.ts'
import { textWords } from './text-words.ts'
import { TextOpened, useCheck, useText } from './use-text.ts'

type Props = {
  readonly known: TextAccount
  readonly onSenders: (senders: readonly string[]) => void
}

/** Choosing a provider, what to do there, and the two keys it gives. */
export function TextConnection({ known, onSenders }: Props) {
  const said = useWords(textWords)
  const language = useLanguage()
  const may = useMay('developer')
  const checking = useCheck(onSenders)
  // The account is looked at as soon as it is stored: its numbers are what comes next.
  const saving = useText(known, () => {
    setSecret('')
    checking.mutate()
  })
  const [provider, setProvider] = useState<TextProviderName>(known.provider ?? 'solapi')
  const [account, setAccount] = useState(known.account)
  const [secret, setSecret] = useState('')
  const its = useWords(providerWords[provider])
  const isSame = provider === known.provider && account.trim() === known.account
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        // Numbers and the certification belong to an account.
        const fresh = isSame ? {} : { senderNumber: '', certified: false }
        const typed = secret === '' ? {} : { secret }
        saving.mutate({ provider, account: account.trim(), ...fresh, ...typed })
      }}
    >
      <div>
        <div className={style.label} id="text-provider">
          {said.provider}
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby="text-provider"
          disabled={!may}
          value={provider}
          onChange={(value) => {
            const chosen = providerNames.find((one) => one === value) ?? 'solapi'
            setProvider(chosen)
            setAccount(chosen === known.provider ? known.account : '')
          }}
          data={providerNames.map((one) => ({
            value: one,
            label: providerWords[one].name[language],
          }))}
        />
        <p className={`${style.note} ${style.beneath}`}>{its.about}</p>
      </div>
      <details className={style.guide} open={!isSame}>
        <summary>
          {its.name}: {said.steps}
        </summary>
        <ol>
          {[its.step1, its.step2, its.step3, its.step4].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className={style.note}>{said.menus}</p>
      </details>
      <TextInput
        label={its.account}
        autoComplete="off"
        required
        withAsterisk={false}
        disabled={!may}
        value={account}
        error={wrong('account')}
        onChange={(event) => setAccount(event.currentTarget.value)}
      />
      <PasswordInput
        label={its.secret}
        description={isSame && known.hasSecret ? said.secretKept : said.secretNote}
        autoComplete="new-password"
        disabled={!may}
        value={secret}
        error={wrong('secret')}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {problem && !problem.field && <Failure error={saving.error} />}
      {known.state?.error && (
        <p className={style.trouble} role="status">
          {said.worksNot} {providerSentence(known.state.error, language)}
        </p>
      )}
      <div className={style.buttons}>
        {may && (
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
        )}
        {may && known.provider !== null && <Connection onSenders={onSenders} checking={checking} />}
        <Button component={Link} href="/inbox" variant="default">
          {said.inbox}
        </Button>
      </div>
    </form>
  )
}

type ConnectionProps = Pick<Props, 'onSenders'> & {
  readonly checking: ReturnType<typeof useCheck>
}

/** Asks the provider what it knows of the account, and lets go of it. */
function Connection({ onSenders, checking }: ConnectionProps) {
  const said = useWords(textWords)
  const queries = useQueryClient()
  const opened = useContext(TextOpened)
  return (
    <>
      <Button variant="default" loading={checking.isPending} onClick={() => checking.mutate()}>
        {said.check}
      </Button>
      <LetGo
        says={said.remove}
        saysAfter={said.removed}
        remove={removeText}
        onRemoved={async () => {
          onSenders([])
          await queries.invalidateQueries({ queryKey: ['text'] })
          opened(await queries.ensureQueryData({ queryKey: ['text'], queryFn: () => getText() }))
        }}
      />
    </>
  )
}
