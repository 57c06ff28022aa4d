import { Button, Modal, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Role, roles } from '../../../server/src/shops/access.ts'
import { problemIn } from '../api/client.ts'
import { changeMember, inviteMember, listMembers, type ShopMember } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { roleMeanings, roleNames } from '../app/roles.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { day } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Code, Failure, Tag } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '팀', en: 'Team' },
  note: {
    ko: '이 상점에 들어올 수 있는 사람들이에요.',
    en: 'People who can sign in to this shop.',
  },
  invite: { ko: '초대하기', en: 'Invite' },
  inviteTitle: { ko: '팀에 초대하기', en: 'Invite to the team' },
  role: { ko: '역할', en: 'Role' },
  makeLink: { ko: '초대 링크 만들기', en: 'Make the link' },
  linkNote: {
    ko: '이 링크를 초대할 사람에게만 보내 주세요. 7일 동안 한 번만 쓸 수 있어요.',
    en: 'Send this link only to the person you invite. It works once, for seven days.',
  },
  name: { ko: '이름', en: 'Name' },
  since: { ko: '들어온 날', en: 'Since' },
  out: { ko: '들어올 수 없음', en: 'Locked out' },
  lock: { ko: '내보내기', en: 'Lock out' },
  unlock: { ko: '다시 들이기', en: 'Let in again' },
  you: { ko: '나', en: 'you' },
  saved: { ko: '바꿨어요.', en: 'Changed.' },
})

export function Members() {
  const said = useWords(text)
  const language = useLanguage()
  const names = useWords(roleNames)
  const { shop, member: me } = useSession()
  const owner = useMay()
  const queries = useQueryClient()
  const [inviting, setInviting] = useState(false)
  const members = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => listMembers(signal) })
  const changing = useMutation({
    mutationFn: ({ id, ...body }: { id: number; role?: Role; disabled?: boolean }) =>
      changeMember(id, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['members'] })
      notifications.show({ message: said.saved })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  const columns: readonly Column<ShopMember>[] = [
    {
      key: 'name',
      head: said.name,
      cell: (row) => (
        <>
          <b>{row.name}</b> {row.id === me.id && <Tag>{said.you}</Tag>}
          <br />
          <span className={style.note}>{row.email}</span>
        </>
      ),
    },
    {
      key: 'role',
      head: said.role,
      cell: (row) =>
        owner && row.id !== me.id && row.disabledAt === null ? (
          <Select
            aria-label={`${said.role}: ${row.name}`}
            w={130}
            allowDeselect={false}
            data={roles.map((value) => ({ value, label: names[value] }))}
            value={row.role}
            onChange={(value) => {
              const role = roles.find((one) => one === value)
              if (role) changing.mutate({ id: row.id, role })
            }}
          />
        ) : (
          names[row.role]
        ),
    },
    {
      key: 'since',
      head: said.since,
      align: 'right',
      leaves: 'sm',
      cell: (row) => day(row.createdAt, { timeZone: shop.timeZone, language }, Date.now()),
    },
    {
      key: 'act',
      head: '',
      align: 'right',
      cell: (row) =>
        owner && row.id !== me.id ? (
          <Button
            variant="default"
            size="xs"
            onClick={() => changing.mutate({ id: row.id, disabled: row.disabledAt === null })}
          >
            {row.disabledAt === null ? said.lock : said.unlock}
          </Button>
        ) : (
          row.disabledAt !== null && <Tag>{said.out}</Tag>
        ),
    },
  ]
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={owner && <Button onClick={() => setInviting(true)}>{said.invite}</Button>}
      flush
    >
      <DataTable
        label={said.title}
        columns={columns}
        rows={members.data?.items}
        error={members.error}
        retry={() => members.refetch()}
        keyOf={(row) => row.id}
      />
      {inviting && <Invite close={() => setInviting(false)} />}
    </Card>
  )
}

function Invite({ close }: { readonly close: () => void }) {
  const said = useWords(text)
  const names = useWords(roleNames)
  const meanings = useWords(roleMeanings)
  const [role, setRole] = useState<Role>('marketer')
  const inviting = useMutation({ mutationFn: () => inviteMember({ role }) })
  return (
    <Modal opened onClose={close} title={said.inviteTitle} size="lg">
      <div className={style.stack}>
        <Select
          label={said.role}
          description={meanings[role]}
          allowDeselect={false}
          data={roles.map((value) => ({ value, label: names[value] }))}
          value={role}
          onChange={(value) => {
            setRole(roles.find((one) => one === value) ?? role)
            inviting.reset()
          }}
        />
        {inviting.error && <Failure error={inviting.error} />}
        {inviting.data ? (
          <>
            <Code text={inviting.data.link} />
            <p className={style.note}>{said.linkNote}</p>
          </>
        ) : (
          <Button loading={inviting.isPending} onClick={() => inviting.mutate()}>
            {said.makeLink}
          </Button>
        )}
      </div>
    </Modal>
  )
}
