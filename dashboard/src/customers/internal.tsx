import { Button, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemIn } from '../api/client.ts'
import type { CustomerDetail } from '../api/customers.ts'
import { markCustomer } from '../api/own-people.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Tag } from '../design/states.tsx'

const text = words({
  tag: { ko: '내부 직원', en: 'Staff' },
  internal: {
    ko: '직접 표시했어요. 세그먼트, 캠페인, 보고서에서 빠져 있어요.',
    en: 'Marked by hand: left out of segments, campaigns and reports.',
  },
  office: {
    ko: '사무실에서 접속했어요. 세그먼트, 캠페인, 보고서에서 빠져 있어요.',
    en: 'Came from the office: left out of segments, campaigns and reports.',
  },
  address: {
    ko: '주소가 직원 목록에 있어요. 세그먼트, 캠페인, 보고서에서 빠져 있어요.',
    en: 'Has an address of staff: left out of segments, campaigns and reports.',
  },
  mark: { ko: '내부 직원으로 표시하기', en: 'Mark as staff' },
  markNote: {
    ko: '세그먼트, 캠페인, 보고서에서 빼요. 언제든 되돌릴 수 있어요.',
    en: 'Leaves segments, campaigns and reports. Can be undone.',
  },
  unmark: { ko: '내부 직원 표시 풀기', en: 'No longer staff' },
  unmarkNote: {
    ko: '다시 고객으로 세요. 지난 보고서에도 다시 들어와요.',
    en: 'Counts as a customer again, in past reports too.',
  },
  marked: { ko: '내부 직원으로 표시했어요.', en: 'Marked as staff.' },
  unmarked: { ko: '다시 고객으로 세요.', en: 'Counts as a customer again.' },
})

/** Says that this person is one of the shop's own, and why. */
export function InternalTag({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  const { internalSaid } = person
  const why =
    internalSaid === 'internal' || internalSaid === 'office' ? said[internalSaid] : said.address
  return (
    <Tooltip label={why} w={280}>
      <span>
        <Tag meaning="attention">{said.tag}</Tag>
      </span>
    </Tooltip>
  )
}

/** Marks this person as staff, or takes it back. */
export function Marking({ person }: { readonly person: CustomerDetail }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const { id, internal } = person
  const marking = useMutation({
    // A person's word stands before addresses and the office, so that this button does what it says.
    mutationFn: () => markCustomer(id, internal ? 'customer' : 'internal'),
    onSuccess: async () => {
      notifications.show({ message: internal ? said.unmarked : said.marked })
      await queries.invalidateQueries({ queryKey: ['customers'] })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  if (!may) return null
  return (
    <Tooltip label={internal ? said.unmarkNote : said.markNote} w={280}>
      <Button variant="subtle" loading={marking.isPending} onClick={() => marking.mutate()}>
        {internal ? said.unmark : said.mark}
      </Button>
    </Tooltip>
  )
}
