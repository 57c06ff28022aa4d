import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { problemIn } from '../api/client.ts'
import { signIn } from '../api/session.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Door, DoorFields, DoorProblem } from './door.tsx'
import { useLanguage, useWords, words } from './language.ts'

const text = words({
  title: { ko: '로그인', en: 'Sign in' },
  purpose: {
    ko: '오늘 고객들이 무엇을 했고, 메시지가 무엇을 바꿨는지 확인하세요.',
    en: 'See what customers did today and what your messages changed.',
  },
  email: { ko: '이메일', en: 'E-mail' },
  password: { ko: '비밀번호', en: 'Password' },
  go: { ko: '로그인하기', en: 'Sign in' },
  wrong: {
    ko: '이메일이나 비밀번호가 맞지 않아요. 대소문자를 확인해 주세요. 처음이라면 서버를 켤 때 나온 일회용 링크로 들어와 주세요.',
    en: 'The e-mail or password does not match. Check upper and lower case. The first time, use the one-time link that the server printed.',
  },
})

/** E-mail and password. */
export function SignIn() {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: ['session'] })
      const to = search.get('to') ?? '/'
      go(to.startsWith('/') && !to.startsWith('//') ? to : '/', { replace: true })
    },
  })
  const enter = (event: FormEvent) => {
    event.preventDefault()
    entering.mutate({ email: email.trim(), password })
  }
  const problem = problemIn(entering.error)
  return (
    <Door title={said.title} purpose={said.purpose}>
      <form onSubmit={enter}>
        <DoorFields>
          {entering.error && (
            <DoorProblem>
              {problem?.code === 'unauthenticated' || problem?.code === 'invalid'
                ? said.wrong
                : problemSentence(problem, language)}
            </DoorProblem>
          )}
          <TextInput
            size="md"
            label={said.email}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            size="md"
            label={said.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={entering.isPending}>
            {said.go}
          </Button>
        </DoorFields>
      </form>
    </Door>
  )
}
