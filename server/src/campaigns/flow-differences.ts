import { canonicalJson, type Json } from '../lib/json.ts'
import type { Flow } from './campaign.ts'
import { type ChangedValue, changedValues } from './changed-values.ts'
import { pathsOf, withSteps } from './flow-map.ts'
import type { Step } from './steps/table.ts'

/** The parts of a flow beside its steps. */
const settings = [
  'trigger',
  'audience',
  'reentry',
  'restartOn',
  'exits',
  'conditions',
  'goal',
  'holdoutShare',
  'learning',
  'precedence',
  'nature',
  'perHour',
  'hours',
] as const satisfies readonly (keyof Flow)[]
export type FlowSetting = (typeof settings)[number]

/** One thing that two versions of a flow do not have in common. */
export type Difference =
  | {
      readonly kind: 'setting'
      readonly setting: FlowSetting
      readonly values: readonly ChangedValue[]
    }
  | {
      readonly kind: 'changed'
      readonly step: number
      readonly stepKind: Step['kind']
      readonly values: readonly ChangedValue[]
    }
  | {
      readonly kind: 'added' | 'removed' | 'moved'
      readonly step: number
      readonly stepKind: Step['kind']
    }

/** What became different between two versions, settings first and then steps in the order of the newer one. */
export function differences(before: Flow, after: Flow): readonly Difference[] {
  const changed = settings
    .filter((name) => textOf(before[name]) !== textOf(after[name]))
    .map((setting): Difference => {
      const values = changedValues(before[setting], after[setting])
      return { kind: 'setting', setting, values }
    })
  const [was, is] = [standing(before), standing(after)]
  const steps = [...is].flatMap(([id, now]): readonly Difference[] => {
    const old = was.get(id)
    const at = { step: id, stepKind: now.kind }
    if (!old || old.kind !== now.kind) return [{ kind: 'added', ...at }]
    return [
      ...(old.text === now.text
        ? []
        : [{ kind: 'changed', ...at, values: changedValues(old.alone, now.alone) } as const]),
      ...(old.behind === now.behind ? [] : [{ kind: 'moved', ...at } as const]),
    ]
  })
  const gone = [...was]
    .filter(([id, old]) => is.get(id)?.kind !== old.kind)
    .map(([id, old]): Difference => ({ kind: 'removed', step: id, stepKind: old.kind }))
  return [...changed, ...steps, ...gone]
}

/** A published flow as the draft it was made from: without the ids of compiled contents. */
export function asDraft(flow: Flow): Flow {
  return withSteps(flow, (step) => {
    if (step.kind === 'webhook') {
      const { contentId: _, ...draft } = step
      return draft
    }
    if (step.kind !== 'message') return step
    const { contentId: _, fallbacks, ...draft } = step
    if (!fallbacks) return draft
    return { ...draft, fallbacks: fallbacks.map(({ content }) => ({ content })) }
  })
}

type Standing = {
  readonly kind: Step['kind']
  /** The step itself, without what stands inside it. */
  readonly alone: Step
  readonly text: string
  /** What it stands behind: a step that both versions have, or the beginning of a path. */
  readonly behind: string
}

function standing(flow: Flow): ReadonlyMap<number, Standing> {
  const draft = asDraft(flow)
  const found = new Map<number, Standing>()
  const walk = (path: readonly Step[], name: string) => {
    for (const [at, step] of path.entries()) {
      const before = path[at - 1]
      const behind = before ? String(before.id) : name
      const alone = hollow(step)
      found.set(step.id, { kind: step.kind, alone, text: textOf(alone), behind })
      for (const [index, inner] of pathsOf(step).entries()) walk(inner, `${step.id}/${index}`)
    }
  }
  walk(draft.steps, '')
  return found
}

/** The step with its paths emptied: names and tests of the paths stay. */
function hollow(step: Step): Step {
  switch (step.kind) {
    case 'branch':
      return { ...step, paths: step.paths.map((one) => ({ ...one, steps: [] })), otherwise: [] }
    case 'split':
      return { ...step, arms: step.arms.map((one) => ({ ...one, steps: [] })) }
    case 'wait_for':
      return { ...step, happened: [], timedOut: [] }
    default:
      return step
  }
}

function textOf(value: unknown): string {
  return canonicalJson((value ?? null) as Json)
}
