import { Button, Group, Modal } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { Campaign } from '../api/campaigns.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useLeaving } from '../app/leaving.ts'
import { useSession } from '../app/session.tsx'
import { dayAndTime } from '../design/format.ts'
import style from './campaigns.module.css'
import { useKeptDraft } from './kept-draft.ts'

const text = words({
  left: {
    ko: (at: string) => `${at}에 쓰다가 저장하지 않은 내용이 남아 있어요.`,
    en: (at: string) => `What you wrote on ${at} was not saved; it is still here.`,
  },
  since: {
    ko: '그 뒤에 이 캠페인이 다시 저장됐어요. 이어서 쓰면 그때 내용으로 바뀌어요.',
    en: 'The campaign was saved since then: going on puts back what you wrote.',
  },
  goOn: { ko: '이어서 쓰기', en: 'Go on with it' },
  drop: { ko: '버리기', en: 'Discard it' },
  title: { ko: '저장하지 않은 내용이 있어요', en: 'There are unsaved changes' },
  ask: {
    ko: '이 페이지를 나가면 바뀐 내용이 캠페인에 남지 않아요.',
    en: 'The campaign does not keep them when you leave this page.',
  },
  blank: {
    ko: '빈칸이 있어서 아직 저장할 수 없어요.',
    en: 'There are blanks, so they cannot be saved yet.',
  },
  save: { ko: '저장하고 나가기', en: 'Save and leave' },
  leave: { ko: '저장하지 않고 나가기', en: 'Leave without saving' },
  stay: { ko: '계속 쓰기', en: 'Stay here' },
})

type Props = {
  readonly campaign: Campaign
  readonly flow: Flow
  readonly changed: boolean
  /** Undefined while it cannot be saved. */
  readonly save: (() => Promise<unknown>) | undefined
  readonly put: (flow: Flow) => void
}

/** Nothing written is lost: leaving asks first, and what an earlier visit left is offered. */
export function Unsaved({ campaign, flow, changed, save, put }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [go, setGo] = useState<() => void>()
  const { left, settle, forget } = useKeptDraft(campaign, flow, changed)
  useLeaving(
    changed,
    useCallback((way: () => void) => setGo(() => way), []),
  )
  const stay = () => setGo(undefined)
  return (
    <>
      {left && (
        <div role="status" className={style.leftOver}>
          <span>
            {said.left(dayAndTime(left.at, { timeZone: shop.timeZone, language }, Date.now()))}
            {campaign.updatedAt > left.seen && ` ${said.since}`}
          </span>
          <Group gap={8}>
            <Button
              size="xs"
              onClick={() => {
                put(left.flow)
                settle()
              }}
            >
              {said.goOn}
            </Button>
            <Button size="xs" variant="default" onClick={settle}>
              {said.drop}
            </Button>
          </Group>
        </div>
      )}
      <Modal opened={go !== undefined} onClose={stay} title={said.title}>
        <p className={style.stepNote}>{save ? said.ask : said.blank}</p>
        <Group justify="flex-end" gap={8} mt={16}>
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              go?.()
              forget()
            }}
          >
            {said.leave}
          </Button>
          <Button variant="default" onClick={stay}>
            {said.stay}
          </Button>
          {save && (
            <Button data-autofocus onClick={() => void save().then(go, stay)}>
              {said.save}
            </Button>
          )}
        </Group>
      </Modal>
    </>
  )
}
