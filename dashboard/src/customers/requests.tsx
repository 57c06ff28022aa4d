import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconDownload, IconHandStop, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { problemIn } from '../api/client.ts'
import { type CustomerDetail, exportCustomer } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Erase } from './erase.tsx'
import { StopMarketing } from './stop.tsx'

const text = words({
  menu: { ko: '고객의 요구', en: 'The person asks' },
  export: { ko: '내 정보 내려받기', en: 'A copy of their data' },
  exportNote: {
    ko: '보관한 모든 것을 파일 하나로. 10일 안에 (개인정보 보호법 제35조)',
    en: 'Everything kept, as one file; within 10 days (PIPA, article 35)',
  },
  stop: { ko: '마케팅 이용 멈추기', en: 'Stop marketing' },
  stopNote: {
    ko: '모든 채널의 광고와 개인정보 이용을 한 번에. 10일 안에 (개인정보 보호법 제37조)',
    en: 'Every channel and the use of their data at once; within 10 days (PIPA, article 37)',
  },
  erase: { ko: '정보 지우기', en: 'Erasure' },
  eraseNote: {
    ko: '되돌릴 수 없어요. 10일 안에 (개인정보 보호법 제36조)',
    en: 'Cannot be undone; within 10 days (PIPA, article 36)',
  },
  done: {
    ko: '내려받았어요. 받은 사람과 때가 감사 기록에 남아요.',
    en: 'Downloaded. Who took it, and when, is in the audit log.',
  },
})

/** What a person may ask of the shop about themselves; only where the role may answer it. */
export function Requests({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const [erasing, { open, close }] = useDisclosure(false)
  const [stopping, stop] = useDisclosure(false)
  const taking = useMutation({
    mutationFn: () => exportCustomer(person.id),
    onSuccess: (file) => {
      saveAs(`customer-${person.id}.json`, JSON.stringify(file, null, 2))
      notifications.show({ message: said.done })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  if (!may) return null
  return (
    <>
      <Menu position="bottom-end" width={320} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            variant="default"
            loading={taking.isPending}
            rightSection={<IconChevronDown size={15} />}
          >
            {said.menu}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={18} />} onClick={() => taking.mutate()}>
            <Choice name={said.export} note={said.exportNote} />
          </Menu.Item>
          <Menu.Item leftSection={<IconHandStop size={18} />} onClick={stop.open}>
            <Choice name={said.stop} note={said.stopNote} />
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={18} />} onClick={open}>
            <Choice name={said.erase} note={said.eraseNote} />
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {stopping && <StopMarketing person={person} close={stop.close} />}
      {erasing && <Erase person={person} close={close} />}
    </>
  )
}

function Choice({ name, note }: { readonly name: string; readonly note: string }) {
  return (
    <>
      <span style={{ display: 'block', fontWeight: 600 }}>{name}</span>
      <span style={{ display: 'block', color: 'var(--ink-3)', fontSize: 13, lineHeight: 1.45 }}>
        {note}
      </span>
    </>
  )
}

function saveAs(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
