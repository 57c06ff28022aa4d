import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { type MessageProblem, stepCounts } from '../../api/previews.ts'
import { useWords, words } from '../../app/language.ts'
import { Bone } from '../../design/states.tsx'
import style from '../campaigns.module.css'
import { useMail } from '../mail-view.tsx'
import { MessageView } from '../message-view.tsx'
import { SampleContext } from '../rough-text.ts'
import { shownMessage } from '../shown-message.ts'
import { type Editing, EditingProvider } from './editing.ts'
import { FlowList } from './flow-list.tsx'
import { LiquidCompletions } from './liquid-completions.tsx'
import { Panel } from './panel.tsx'
import { PreviewTools } from './preview-tools.tsx'
import own from './workbench.module.css'

const FlowMap = lazy(async () => ({ default: (await import('./flow-map.tsx')).FlowMap }))

const text = words({
  title: { ko: '흐름', en: 'Flow' },
  view: { ko: '보는 방법', en: 'View' },
  list: { ko: '목록', en: 'List' },
  map: { ko: '그림', en: 'Picture' },
  undo: { ko: '흐름 되돌리기', en: 'Undo in the flow' },
  redo: { ko: '흐름 다시 하기', en: 'Redo in the flow' },
  nothing: {
    ko: '메시지 단계를 더하면 받는 사람이 보는 모습이 여기에 보여요.',
    en: 'Add a message step to see it here as its reader does.',
  },
})

type History = {
  readonly undo: () => void
  readonly redo: () => void
  readonly canUndo: boolean
  readonly canRedo: boolean
}
type Props = {
  readonly editing: Omit<Editing, 'counts' | 'refused'>
  readonly history: History
  readonly refused: readonly MessageProblem[]
  /** The checklist beside it. */
  readonly children: ReactNode
}

/** The flow as a list or a picture, the message that stands open beside it. */
export function Workbench({ editing, history, refused, children }: Props) {
  const [view, setView] = useLocalStorage<'list' | 'map'>({
    key: 'campaign-view',
    defaultValue: 'list',
    getInitialValueInEffect: false,
  })
  const [customer, setCustomer] = useState<number>()
  const counts = useCounts(editing.campaign)
  const { flow, open, link } = editing
  const message = shownMessage(flow, { step: typeof open === 'number' ? open : undefined, link })
  const mail = useMail(editing.campaign, { flow, message, customer })
  const said = useWords(text)
  const head = <Head view={view} setView={setView} history={history} />
  const preview = (
    <div className={style.sticky}>
      {message ? (
        <>
          <PreviewTools
            campaign={editing.campaign}
            flow={flow}
            message={message}
            customer={customer}
            pick={setCustomer}
          />
          <MessageView
            key={message.content.channel}
            mail={mail}
            flow={flow}
            content={message.content}
          />
        </>
      ) : (
        <p className={own.nothing}>{said.nothing}</p>
      )}
    </div>
  )
  const isMap = view === 'map'
  return (
    <EditingProvider value={{ ...editing, counts, refused }}>
      <SampleContext value={mail.data?.sms?.sample}>
        <LiquidCompletions>
          <div className={isMap ? style.editorMap : style.editor}>
            <section aria-label={said.title} className={own.side}>
              {head}
              {isMap ? (
                <Suspense fallback={<Bone height={520} />}>
                  <FlowMap />
                </Suspense>
              ) : (
                <FlowList />
              )}
              {isMap && preview}
            </section>
            {isMap ? <Panel /> : preview}
            <div>
              <div className={`${style.sticky} ${style.stack}`}>{children}</div>
            </div>
          </div>
        </LiquidCompletions>
      </SampleContext>
    </EditingProvider>
  )
}

function Head({
  view,
  setView,
  history,
}: {
  readonly view: 'list' | 'map'
  readonly setView: (view: 'list' | 'map') => void
  readonly history: History
}) {
  const said = useWords(text)
  return (
    <div className={own.bar}>
      <h2 className={own.title}>{said.title}</h2>
      <span className={style.inline}>
        <Tooltip label={said.undo}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={said.undo}
            disabled={!history.canUndo}
            onClick={history.undo}
          >
            <IconArrowBackUp size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={said.redo}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={said.redo}
            disabled={!history.canRedo}
            onClick={history.redo}
          >
            <IconArrowForwardUp size={18} />
          </ActionIcon>
        </Tooltip>
        <SegmentedControl
          size="xs"
          aria-label={said.view}
          data={(['list', 'map'] as const).map((value) => ({ value, label: said[value] }))}
          value={view}
          onChange={(value) => setView(value === 'map' ? 'map' : 'list')}
        />
      </span>
    </div>
  )
}

function useCounts(campaign: number): ReadonlyMap<number, number> {
  const counts = useQuery({
    queryKey: ['campaigns', 'steps', campaign],
    queryFn: ({ signal }) => stepCounts(campaign, signal),
    refetchInterval: 30_000,
    retry: false,
  })
  const items = counts.data?.items
  return useMemo(() => new Map(items?.map(({ step, people }) => [step, people])), [items])
}
