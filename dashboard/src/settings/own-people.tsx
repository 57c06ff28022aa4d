import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { problemIn } from '../api/client.ts'
import {
  addStaffAddress,
  getOwnPeople,
  type OwnPeople as Known,
  removeStaffAddress,
} from '../api/own-people.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { personName } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import { NamedLines } from './named-lines.tsx'
import { OwnVisits } from './own-visits.tsx'
import style from './settings.module.css'
import { TestGroups } from './test-groups.tsx'

const text = words({
  title: { ko: '내부 직원', en: 'Staff' },
  note: {
    ko: '여기 적은 주소를 쓰는 고객은 세그먼트, 캠페인, 대조군, 보고서에서 빠져요. 시험 발송은 받을 수 있어요.',
    en: 'Customers with these addresses are left out of segments, campaigns, hold-outs and reports. They can still receive tests.',
  },
  past: {
    ko: '표시하는 순간 세그먼트와 진행 중인 캠페인에서 나가고, 지난 기간의 보고서도 이 사람을 빼고 다시 세요. 표시를 풀면 다시 들어와요. 이미 그려진 세그먼트 크기 그래프와 끝난 백테스트는 그대로예요.',
    en: 'From that moment they leave segments and campaigns, and reports of past periods are counted without them too. Take the mark away and they are back. Charts of segment sizes that are drawn already and finished backtests stay as they are.',
  },
  address: { ko: '이메일, 휴대폰 번호, 회사 도메인', en: 'E-mail, mobile number or domain' },
  sample: { ko: 'oursh.op.kr 또는 kim@oursh.op.kr', en: 'shop.co.kr or kim@shop.co.kr' },
  name: { ko: '누구인가요', en: 'Whose it is' },
  nameSample: { ko: '온샵 직원', en: 'Our staff' },
  add: { ko: '추가하기', en: 'Add' },
  added: {
    ko: (count: number) => `추가했어요. 이 주소를 쓰는 고객 ${count}명이 빠졌어요.`,
    en: (count: number) => `Added. ${count} customers have this address and are left out.`,
  },
  wrong: {
    ko: '이메일, 휴대폰 번호, 회사 도메인 가운데 하나를 적어 주세요. naver.com처럼 누구나 쓰는 도메인은 넣을 수 없어요.',
    en: 'Write an e-mail address, a mobile number or a domain of your own. A domain that anybody uses, such as gmail.com, is not taken.',
  },
  taken: {
    ko: '이미 있는 주소이거나, 이 주소를 쓰는 고객이 300명을 넘어요. 직원이 아닌 고객까지 빠지지 않게 막았어요.',
    en: 'It is listed already, or more than 300 customers have it: too many to be staff.',
  },
  nobody: { ko: '아직 적은 주소가 없어요.', en: 'No addresses yet.' },
  marked: {
    ko: (count: number) => `지금 내부 직원으로 보는 사람 ${count}명`,
    en: (count: number) => `${count} people are staff now`,
  },
  internal: { ko: '직접 표시함', en: 'marked by hand' },
  office: { ko: '사무실에서 접속함', en: 'came from the office' },
  byAddress: { ko: '주소가 맞음', en: 'by address' },
  byHand: {
    ko: '고객 화면에서 한 사람씩 표시하거나 풀 수도 있어요.',
    en: 'You can also mark one person, or take the mark away, on their own page.',
  },
})

const ownPeopleKey = ['own-people'] as const

/** Staff, the office, bots and test groups: who is no customer, and who receives drafts. */
export function OwnPeople() {
  const known = useQuery({
    queryKey: ownPeopleKey,
    queryFn: ({ signal }) => getOwnPeople(signal),
  })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  if (!known.data) return <Bones />
  return (
    <div className={style.stack}>
      <Staff known={known.data} />
      <TestGroups />
      <OwnVisits known={known.data} />
    </div>
  )
}

function Staff({ known }: { readonly known: Known }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ownPeopleKey })
  const removing = useMutation({
    mutationFn: removeStaffAddress,
    onSettled: refresh,
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  const { people, count } = known.people
  const reasons = { internal: said.internal, office: said.office }
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.stack}>
        {may && <AddAddress added={refresh} />}
        <NamedLines
          label={said.title}
          empty={said.nobody}
          lines={known.addresses.map(({ id, shown, name }) => ({ key: id, text: shown, name }))}
          {...(may ? { remove: (id: number) => removing.mutate(id) } : {})}
        />
        <p className={style.note}>{said.past}</p>
        {count > 0 && (
          <details className={style.guide}>
            <summary>{said.marked(count)}</summary>
            <ul style={{ margin: '10px 0 0', paddingLeft: 20 }}>
              {people.map((one) => (
                <li key={one.customer}>
                  <Link href={`/customers/${one.customer}`}>{personName(one.name, language)}</Link>{' '}
                  <span className={style.note}>
                    {one.said === null ? said.byAddress : reasons[one.said]}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
        <p className={style.note}>{said.byHand}</p>
      </div>
    </Card>
  )
}

function AddAddress({ added }: { readonly added: () => unknown }) {
  const said = useWords(text)
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const adding = useMutation({
    mutationFn: addStaffAddress,
    onSuccess: ({ people }) => {
      setAddress('')
      setName('')
      notifications.show({ message: said.added(people) })
      return added()
    },
  })
  const fault =
    adding.error && problemIn(adding.error)?.code === 'conflict' ? said.taken : said.wrong
  return (
    <form
      className={style.adding}
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ text: address, name })
      }}
    >
      <TextInput
        label={said.address}
        placeholder={said.sample}
        value={address}
        error={adding.isError ? fault : undefined}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        label={said.name}
        placeholder={said.nameSample}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        type="submit"
        loading={adding.isPending}
        disabled={address.trim() === '' || name.trim() === ''}
      >
        {said.add}
      </Button>
    </form>
  )
}
