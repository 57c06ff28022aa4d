import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../../api/client.ts'
import { beginCafe24, cafe24App } from '../../api/connections.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { Card } from '../../design/card.tsx'
import { problemSentence } from '../../design/problem-words.ts'
import { Code, Failure } from '../../design/states.tsx'
import style from '../../settings/settings.module.css'
import { platformWords } from './platform-words.ts'

/** Screen by screen: the shop's own app at Cafe24, its two keys, and the way to say yes. */
export function ConnectCafe24({ known }: { readonly known: string }) {
  const said = useWords(platformWords)
  const language = useLanguage()
  const app = useQuery({
    queryKey: ['connections', 'cafe24-app'],
    queryFn: ({ signal }) => cafe24App(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [mall, setMall] = useState(known)
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const [serviceKey, setServiceKey] = useState('')
  const beginning = useMutation({
    mutationFn: beginCafe24,
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  })
  const problem = problemIn(beginning.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  return (
    <Card title={said.guide}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          const signed = serviceKey.trim() === '' ? {} : { serviceKey }
          beginning.mutate({ mall: mall.trim(), clientId, clientSecret, ...signed })
        }}
      >
        <div className={style.guide}>
          <ol>
            <li>{said.step1}</li>
            <li>
              {said.step2}
              {app.data && <Code text={app.data.redirectUri} />}
            </li>
            <li>
              {said.step3}
              {app.data && <Code text={app.data.scopes.join('\n')} />}
            </li>
            <li>{said.step4}</li>
          </ol>
          <p className={style.note}>{said.unsure}</p>
        </div>
        <TextInput
          label={said.mall}
          description={said.mallNote}
          autoComplete="off"
          required
          withAsterisk={false}
          value={mall}
          error={wrong('mall')}
          onChange={(event) => setMall(event.currentTarget.value)}
        />
        <TextInput
          label={said.clientId}
          autoComplete="off"
          required
          withAsterisk={false}
          value={clientId}
          error={wrong('clientId')}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        <PasswordInput
          label={said.clientSecret}
          description={said.secretNote}
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={clientSecret}
          error={wrong('clientSecret')}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
        />
        <PasswordInput
          label={said.serviceKey}
          description={said.serviceNote}
          autoComplete="new-password"
          value={serviceKey}
          error={wrong('serviceKey')}
          onChange={(event) => setServiceKey(event.currentTarget.value)}
        />
        {beginning.error && !problem?.field && <Failure error={beginning.error} />}
        <div className={style.buttons}>
          <Button type="submit" loading={beginning.isPending}>
            {said.connect}
          </Button>
        </div>
      </form>
    </Card>
  )
}
