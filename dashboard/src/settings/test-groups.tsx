import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import {
  addTestPerson,
  createTestGroup,
  listTestGroups,
  removeTestGroup,
  removeTestPerson,
  type TestGroup,
} from '../api/test-groups.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import { NamedLines } from './named-lines.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '테스트 그룹', en: 'Test groups' },
  note: {
    ko: '쓰고 있는 메시지를 시험으로 받아 볼 사람들이에요. 캠페인 편집기의 시험 발송에서 그룹을 고르면 한 번에 보내요.',
    en: 'People who receive what is being written. Choose a group in the editor’s test send and all of them get it.',
  },
  consent: {
    ko: '시험이라도 광고는 광고예요. 받겠다고 한 직원만 넣어 주세요.',
    en: 'A test of an advertisement is one too: add only staff who agreed to receive it.',
  },
  none: { ko: '아직 테스트 그룹이 없어요.', en: 'No test groups yet.' },
  group: { ko: '그룹 이름', en: 'Name of the group' },
  sample: { ko: '마케팅팀', en: 'Marketing team' },
  make: { ko: '그룹 만들기', en: 'Make a group' },
  remove: { ko: '그룹 지우기', en: 'Remove the group' },
  name: { ko: '이름', en: 'Name' },
  email: { ko: '이메일', en: 'E-mail' },
  phone: { ko: '휴대폰 번호', en: 'Mobile number' },
  add: { ko: '사람 추가하기', en: 'Add a person' },
  nobody: { ko: '아직 아무도 없어요.', en: 'Nobody yet.' },
  wrong: {
    ko: '이메일이나 휴대폰 번호 가운데 하나를 바르게 적어 주세요. 한 그룹에 20명까지 넣을 수 있어요.',
    en: 'An e-mail address or a mobile number is needed. A group holds 20 people.',
  },
  taken: {
    ko: '같은 이름의 그룹이 있거나 그룹이 20개를 넘어요.',
    en: 'There is a group of this name, or there are 20 already.',
  },
})

const key = ['test-groups'] as const

/** Named people who receive drafts. */
export function TestGroups() {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const groups = useQuery({ queryKey: key, queryFn: ({ signal }) => listTestGroups(signal) })
  const making = useMutation({
    mutationFn: createTestGroup,
    onSuccess: () => {
      setName('')
      return queries.invalidateQueries({ queryKey: key })
    },
  })
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.stack}>
        {groups.error && <Failure error={groups.error} retry={() => groups.refetch()} />}
        {!groups.data && !groups.error && <Bones lines={2} />}
        {groups.data?.items.length === 0 && <p className={style.note}>{said.none}</p>}
        {groups.data?.items.map((group) => (
          <Group key={group.id} group={group} may={may} />
        ))}
        {may && (
          <form
            className={style.addingOne}
            onSubmit={(event) => {
              event.preventDefault()
              making.mutate(name)
            }}
          >
            <TextInput
              label={said.group}
              placeholder={said.sample}
              value={name}
              error={making.isError ? said.taken : undefined}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              loading={making.isPending}
              disabled={name.trim() === ''}
            >
              {said.make}
            </Button>
          </form>
        )}
        <p className={style.note}>{said.consent}</p>
      </div>
    </Card>
  )
}

function Group({ group, may }: { readonly group: TestGroup; readonly may: boolean }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const after = {
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
    onError: (error: unknown) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  }
  const removing = useMutation({ mutationFn: () => removeTestGroup(group.id), ...after })
  const leaving = useMutation({
    mutationFn: (person: number) => removeTestPerson(group.id, person),
    ...after,
  })
  return (
    <section className={style.guide} aria-label={group.name}>
      <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
        <b>{group.name}</b>
        {may && (
          <Button
            variant="subtle"
            size="xs"
            loading={removing.isPending}
            onClick={() => removing.mutate()}
          >
            {said.remove}
          </Button>
        )}
      </div>
      <NamedLines
        label={group.name}
        empty={said.nobody}
        lines={group.people.map(({ id, name, email, phone }) => ({
          key: id,
          name,
          text: [email, phone].filter((one) => one !== null).join(' · '),
        }))}
        {...(may ? { remove: (person: number) => leaving.mutate(person) } : {})}
      />
      {may && <AddPerson group={group.id} />}
    </section>
  )
}

const blank = { name: '', email: '', phone: '' }

function AddPerson({ group }: { readonly group: number }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [person, setPerson] = useState(blank)
  const adding = useMutation({
    mutationFn: () => addTestPerson(group, person),
    onSuccess: () => {
      setPerson(blank)
      return queries.invalidateQueries({ queryKey: key })
    },
  })
  const field = (name: keyof typeof blank, type: string) => (
    <TextInput
      size="sm"
      type={type}
      label={said[name]}
      value={person[name]}
      error={name === 'email' && adding.isError ? said.wrong : undefined}
      onChange={(event) => setPerson({ ...person, [name]: event.currentTarget.value })}
    />
  )
  return (
    <form
      className={style.addingPerson}
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate()
      }}
    >
      {field('name', 'text')}
      {field('email', 'email')}
      {field('phone', 'tel')}
      <Button
        type="submit"
        size="sm"
        variant="default"
        loading={adding.isPending}
        disabled={person.name.trim() === '' || (person.email + person.phone).trim() === ''}
      >
        {said.add}
      </Button>
    </form>
  )
}
