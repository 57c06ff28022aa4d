import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { createCampaign } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'

const text = words({ make: { ko: '빈 캠페인 만들기', en: 'Begin with an empty one' } })

/** A draft without steps, opened at once. */
export function NewCampaign() {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const making = useMutation({
    mutationFn: () => createCampaign({}),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['campaigns'] })
      go(`/campaigns/${id}`)
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  return (
    <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>
      {said.make}
    </Button>
  )
}
