import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import type { Campaign } from '../../api/campaigns.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useSources } from '../../segments/sources.ts'
import { begunStep } from '../flow-begin.ts'
import { nextId, type Spot, withChanged, without, withStep } from '../flow-edit.ts'
import { useHistory } from '../mail/use-history.ts'
import { firstMessage } from '../shown-message.ts'
import { type Editing, goTo, type Place } from './editing.ts'
import { usePools } from './pools.ts'
import { type FlowProblem, problemsOf } from './problem-words.ts'

const text = words({
  removed: { ko: '단계를 지웠어요.', en: 'The step is gone.' },
  undo: { ko: '되돌리기', en: 'Undo' },
})

/** A flow under edit, with everything that can be taken back. */
export function useFlow(campaign: Campaign, readOnly: boolean) {
  const said = useWords(text)
  const language = useLanguage()
  const { lists } = useSources()
  const pools = usePools()
  const [flow, setFlow] = useState<Flow>(campaign.draft)
  const history = useHistory<Flow>(flow, setFlow)
  const [open, setOpen] = useState<Place | undefined>(
    () => firstMessage(campaign.draft)?.id ?? 'trigger',
  )
  const [link, pickLink] = useState(0)
  const problems = useMemo<readonly FlowProblem[]>(() => problemsOf(flow), [flow])
  const undo = useRef(history.undo)
  useEffect(() => {
    undo.current = history.undo
  })
  const change = (next: Flow, by = '') => history.change(next, by)
  const select = (place: Place | undefined) => {
    setOpen(place)
    pickLink(0)
  }
  const remove = (id: number) => {
    change(without(flow, id))
    if (open === id) select(undefined)
    const notice = `removed-${id}`
    notifications.show({
      id: notice,
      message: (
        <>
          {said.removed}{' '}
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              undo.current()
              notifications.hide(notice)
            }}
          >
            {said.undo}
          </Button>
        </>
      ),
    })
  }
  const add = (kind: Step['kind'], spot: Spot) => {
    const id = nextId(flow)
    const around = { flow, language, list: lists[0]?.id, pool: pools[0]?.id }
    change(withStep(flow, spot, begunStep(kind, id, around)))
    select(id)
    goTo(id)
  }
  const editing: Omit<Editing, 'counts' | 'refused'> = {
    campaign: campaign.id,
    flow,
    change,
    put: (step) => change(withChanged(flow, step), `step ${step.id}`),
    add,
    remove,
    open,
    select,
    link,
    pickLink,
    problems,
    readOnly,
  }
  return { editing, history }
}
