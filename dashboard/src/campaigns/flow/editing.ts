import { createContext, useContext } from 'react'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { assert } from '../../../../server/src/lib/assert.ts'
import type { MessageProblem } from '../../api/previews.ts'
import { useLanguage } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { useSources } from '../../segments/sources.ts'
import type { Spot } from '../flow-edit.ts'
import { usePools } from './pools.ts'
import type { FlowProblem } from './problem-words.ts'
import type { Voice } from './step-words.ts'

/** What of the flow stands open: a step by its id, how people get in, what it is for, or the rules around it. */
export type Place = number | 'trigger' | 'goal' | 'rules'

/** Everything the list and the picture of a flow share. */
export type Editing = {
  readonly campaign: number
  readonly flow: Flow
  /** `by` names the hand: keystrokes of one hand are taken back together. */
  readonly change: (flow: Flow, by?: string) => void
  readonly put: (step: Step) => void
  readonly add: (kind: Step['kind'], spot: Spot) => void
  readonly remove: (id: number) => void
  readonly open: Place | undefined
  /** Opens a place, or closes what is open. */
  readonly select: (place: Place | undefined) => void
  /** Which content of a channel chain is written and looked at. */
  readonly link: number
  readonly pickLink: (link: number) => void
  readonly problems: readonly FlowProblem[]
  /** What keeps messages from being published. */
  readonly refused: readonly MessageProblem[]
  readonly readOnly: boolean
  /** People who stand on each step now. */
  readonly counts: ReadonlyMap<number, number>
}

const EditingContext = createContext<Editing | undefined>(undefined)
export const EditingProvider = EditingContext.Provider

/** The flow that is being edited. */
export function useEditing(): Editing {
  const editing = useContext(EditingContext)
  assert(editing, 'a flow is edited')
  return editing
}

/** In whose words steps are said. */
export function useVoice(): Voice {
  const language = useLanguage()
  const sources = useSources()
  const { timeZone } = useSession().shop
  return { language, sources, pools: usePools(), zone: timeZone }
}

/** The name of a place as an element's id, so that links and keys can lead there. */
export function elementOf(place: Place): string {
  return `flow-${place}`
}

/** Brings a place into view and the keyboard to it, once it is drawn. */
export function goTo(place: Place): void {
  setTimeout(() => {
    const element = document.getElementById(elementOf(place))
    element?.scrollIntoView({ block: 'center' })
    element?.focus({ preventScroll: true })
  })
}
