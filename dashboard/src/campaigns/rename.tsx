import { ActionIcon, Button, Popover, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Campaign, changeCampaign } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'

const text = words({
  rename: { ko: '이름 바꾸기', en: 'Rename' },
  name: { ko: '캠페인 이름', en: 'Name of the campaign' },
})

type Props = {
  readonly campaign: Campaign
  readonly done: (campaign: Campaign) => Promise<void>
}

/** The campaign's name, changed at once; nothing else of it is. */
export function Rename({ campaign, done }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState(campaign.name)
  const renaming = useMutation({
    mutationFn: () => changeCampaign(campaign.id, { name: name.trim() }),
    onSuccess: async (next) => {
      setOpened(false)
      await done(next)
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withArrow>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={said.rename}
          onClick={() => setOpened((open) => !open)}
        >
          <IconPencil size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown w={300}>
        <form
          style={{ display: 'grid', gap: 12 }}
          onSubmit={(event) => {
            event.preventDefault()
            renaming.mutate()
          }}
        >
          <TextInput
            label={said.name}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" loading={renaming.isPending} disabled={!name.trim()}>
            {said.rename}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
