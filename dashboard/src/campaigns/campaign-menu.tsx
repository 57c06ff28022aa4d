import { Autocomplete, Button, Menu, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconFolder,
  IconHistory,
  IconNotebook,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { copyCampaign, listFolders, placeCampaign } from '../api/campaign-shelf.ts'
import type { CampaignRow } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { MoreMenu } from '../design/more-menu.tsx'
import { problemSentence } from '../design/problem-words.ts'

const text = words({
  more: { ko: (name: string) => `${name}: 더 하기`, en: (name: string) => `More for ${name}` },
  copy: { ko: '복제하기', en: 'Duplicate' },
  copyOf: {
    ko: (name: string) => `${name} (복제)`.slice(0, 100),
    en: (name: string) => `${name} (copy)`.slice(0, 100),
  },
  copied: { ko: '복제했어요. 초안이라 아무에게도 보내지 않아요.', en: 'Duplicated, as a draft.' },
  folder: { ko: '폴더에 넣기', en: 'Put in a folder' },
  folderName: { ko: '폴더 이름', en: 'Folder' },
  folderHint: {
    ko: '새 이름을 쓰면 폴더가 만들어져요. 비우면 폴더에서 꺼내요.',
    en: 'A new name makes a new folder; empty takes it out of any.',
  },
  put: { ko: '넣기', en: 'Put' },
  cancel: { ko: '취소', en: 'Cancel' },
  placed: { ko: '옮겼어요.', en: 'Moved.' },
  archive: { ko: '보관하기', en: 'Archive' },
  unarchive: { ko: '보관함에서 꺼내기', en: 'Take out of the archive' },
  archived: { ko: '보관했어요. 보관함에서 언제든 꺼낼 수 있어요.', en: 'Archived.' },
  unarchived: { ko: '보관함에서 꺼냈어요.', en: 'Taken out of the archive.' },
  challenge: { ko: '가설 노트와 검증 보고서', en: 'Hypothesis and proof' },
  history: { ko: '바뀐 기록', en: 'Versions' },
})

/** What else can be done with a campaign of the list. */
export function CampaignMenu({ campaign }: { readonly campaign: CampaignRow }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const [choosing, setChoosing] = useState(false)
  const { copy, place } = useShelf(campaign)
  const away = campaign.archivedAt !== null
  const canArchive = away || campaign.state === 'draft' || campaign.state === 'stopped'
  return (
    <>
      <MoreMenu
        label={said.more(campaign.name)}
        size="lg"
        style={{ position: 'relative', zIndex: 1 }}
      >
        <Menu.Item
          component={Link}
          href={`/campaigns/${campaign.id}/challenge`}
          leftSection={<IconNotebook size={16} />}
        >
          {said.challenge}
        </Menu.Item>
        {campaign.version > 0 && (
          <Menu.Item
            component={Link}
            href={`/campaigns/${campaign.id}/versions`}
            leftSection={<IconHistory size={16} />}
          >
            {said.history}
          </Menu.Item>
        )}
        {may && (
          <>
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy.mutate()}>
              {said.copy}
            </Menu.Item>
            <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => setChoosing(true)}>
              {said.folder}
            </Menu.Item>
            {canArchive && (
              <Menu.Item
                leftSection={away ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
                onClick={() => place.mutate({ archived: !away })}
              >
                {away ? said.unarchive : said.archive}
              </Menu.Item>
            )}
          </>
        )}
      </MoreMenu>
      {choosing && (
        <FolderChoice
          campaign={campaign}
          close={() => setChoosing(false)}
          choose={(folder) => place.mutate({ folder })}
        />
      )}
    </>
  )
}

function useShelf(campaign: CampaignRow) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const onError = (error: unknown) =>
    notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) })
  const again = () => queries.invalidateQueries({ queryKey: ['campaigns'] })
  const copy = useMutation({
    mutationFn: () => copyCampaign(campaign.id, said.copyOf(campaign.name)),
    onSuccess: async ({ id }) => {
      await again()
      notifications.show({ message: said.copied })
      go(`/campaigns/${id}`)
    },
    onError,
  })
  const place = useMutation({
    mutationFn: (to: { readonly folder?: string | null; readonly archived?: boolean }) =>
      placeCampaign(campaign.id, to),
    onSuccess: async (_, { archived }) => {
      await again()
      const message =
        archived === undefined ? said.placed : archived ? said.archived : said.unarchived
      notifications.show({ message })
    },
    onError,
  })
  return { copy, place }
}

function FolderChoice(props: {
  readonly campaign: CampaignRow
  readonly close: () => void
  readonly choose: (folder: string | null) => void
}) {
  const said = useWords(text)
  const [folder, setFolder] = useState(props.campaign.folder ?? '')
  const folders = useQuery({
    queryKey: ['campaigns', 'folders'],
    queryFn: ({ signal }) => listFolders(signal),
  })
  return (
    <Modal opened onClose={props.close} title={said.folder}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.choose(folder.trim() || null)
          props.close()
        }}
      >
        <Autocomplete
          label={said.folderName}
          description={said.folderHint}
          maxLength={60}
          data={folders.data?.items.map(({ name }) => name) ?? []}
          value={folder}
          onChange={setFolder}
          data-autofocus
        />
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end', marginTop: 20 }}>
          <Button variant="default" onClick={props.close}>
            {said.cancel}
          </Button>
          <Button type="submit">{said.put}</Button>
        </div>
      </form>
    </Modal>
  )
}
