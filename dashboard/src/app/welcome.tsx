import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { problemIn } from '../api/client.ts'
import { becomeOwner } from '../api/session.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Door, DoorFields, DoorProblem } from './door.tsx'
import { useLanguage, useWords, words } from './language.ts'

const text = words({
  title: { ko: '어서 오세요', en: 'Welcome' },
  purpose: {
    ko: '이 상점에 들어올 사람을 정해요. 이 링크는 한 번만 쓸 수 있어요.',
    en: 'Make your sign-in for this shop. This link works once.',
  },
  name: { ko: '이름', en: 'Name' },
  email: { ko: '이메일', en: 'E-mail' },
  password: { ko: '비밀번호', en: 'Password' },
  passwordNote: {
    ko: '10자 이상이면 돼요. 문장처럼 길수록 안전해요.',
    en: 'At least 10 characters. Longer is safer, like a sentence.',
  },
  short: {
    ko: '비밀번호가 너무 짧아요. 10자 이상으로 적어 주세요.',
    en: 'The password is too short. Use at least 10 characters.',
  },
  wrongEmail: {
    ko: '이메일 모양이 아니에요. name@example.com처럼 적어 주세요.',
    en: 'That is not an e-mail address. Write it like name@example.com.',
  },
  go: { ko: '상점에 들어가기', en: 'Enter the shop' },
  used: {
    ko: '이미 쓴 링크이거나 기간이 지났어요. 소유자에게 새 초대를 요청하거나, 가입했다면 로그인해 주세요.',
    en: 'This link was used or has run out. Ask an owner for a new one, or sign in if you have joined.',
  },
  none: {
    ko: '주소에 일회용 링크가 없어요. 서버를 켠 터미널에 나온 주소를 끝까지 복사해 주세요.',
    en: 'The address holds no one-time link. Copy the whole address that the server printed.',
  },
  signIn: { ko: '로그인으로 가기', en: 'Go to sign-in' },
})

/** `/welcome#token`: the first owner, and people who were invited. The token never reaches a server log. */
export function Welcome() {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [token] = useState(() => window.location.hash.slice(1))
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const joining = useMutation({
    mutationFn: becomeOwner,
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: ['session'] })
      go('/', { replace: true })
    },
  })
  const join = (event: FormEvent) => {
    event.preventDefault()
    if (form.password.length >= 10) joining.mutate({ token, ...form, email: form.email.trim() })
  }
  const problem = problemIn(joining.error)
  const [left, setLeft] = useState(false)
  const tooShort = left && form.password.length > 0 && form.password.length < 10
  const field = (name: keyof typeof form) => ({
    size: 'md' as const,
    required: true,
    withAsterisk: false,
    value: form[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })
  return (
    <Door title={said.title} purpose={said.purpose}>
      <form onSubmit={join}>
        <DoorFields>
          {token === '' && <DoorProblem>{said.none}</DoorProblem>}
          {joining.error && problem?.field === undefined && (
            <DoorProblem>
              {problem && [400, 401, 403, 404, 409, 410].includes(problem.status)
                ? said.used
                : problemSentence(problem, language)}
            </DoorProblem>
          )}
          <TextInput {...field('name')} label={said.name} autoComplete="name" maxLength={100} />
          <TextInput
            {...field('email')}
            label={said.email}
            type="email"
            autoComplete="username"
            error={problem?.field === 'email' ? said.wrongEmail : undefined}
          />
          <PasswordInput
            {...field('password')}
            label={said.password}
            description={said.passwordNote}
            autoComplete="new-password"
            onBlur={() => setLeft(true)}
            error={tooShort || problem?.field === 'password' ? said.short : undefined}
          />
          <Button type="submit" size="md" fullWidth loading={joining.isPending} disabled={!token}>
            {said.go}
          </Button>
          <Button component={Link} href="/sign-in" variant="subtle" color="gray" fullWidth>
            {said.signIn}
          </Button>
        </DoorFields>
      </form>
    </Door>
  )
}
