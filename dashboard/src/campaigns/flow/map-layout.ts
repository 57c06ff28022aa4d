import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { type Lane, lanesOf, type Spot, type Steps } from '../flow-edit.ts'

/** Sizes of the picture, pixels. */
export const mapSizes = {
  card: { width: 224, height: 74 },
  chip: { width: 160, height: 30 },
  plus: { width: 24, height: 24 },
  gapY: 18,
  gapX: 28,
} as const

/** What stands in the picture; `x` and `y` are its upper left corner. */
export type MapNode = {
  readonly id: string
  readonly x: number
  readonly y: number
} & (
  | { readonly kind: 'card'; readonly place: number | 'trigger' | 'goal' }
  /** The head of a path inside a step: the `at`-th of its lanes. */
  | { readonly kind: 'chip'; readonly step: number; readonly at: number }
  | { readonly kind: 'plus'; readonly spot: Spot }
)
/** `back`: a step that leads to another, drawn apart from the way down. */
export type MapEdge = { readonly from: string; readonly to: string; readonly back: boolean }
export type FlowPicture = { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] }

type Drawn = { readonly nodes: MapNode[]; readonly edges: MapEdge[] }

/** The flow from the way in at the top to the goal below, paths side by side, with no two things on one place. */
export function pictureOf(steps: Steps): FlowPicture {
  const drawn: Drawn = { nodes: [], edges: [] }
  const { card, gapY } = mapSizes
  drawn.nodes.push({ id: 'trigger', kind: 'card', place: 'trigger', x: -card.width / 2, y: 0 })
  const below = { middle: 0, y: card.height + gapY, from: ['trigger'] }
  const { y, tails } = lay(drawn, { lane: undefined, steps }, below)
  drawn.nodes.push({ id: 'goal', kind: 'card', place: 'goal', x: -card.width / 2, y })
  join(drawn, tails, 'goal')
  return drawn
}

type Row = { readonly lane: Lane; readonly steps: Steps }
type Start = { readonly middle: number; readonly y: number; readonly from: readonly string[] }
type End = { readonly y: number; readonly tails: readonly string[] }

/** Draws a row of steps downwards from a point; answers where it ends and what leads on from it. */
function lay(drawn: Drawn, { lane, steps }: Row, start: Start): End {
  const { card, plus, gapY } = mapSizes
  let { y } = start
  let tails = start.from
  const addPlus = (at: number) => {
    const id = `plus-${lane ? `${lane.step}-${lane.path}` : 'flow'}-${at}`
    const x = start.middle - plus.width / 2
    drawn.nodes.push({ id, kind: 'plus', spot: { lane, at }, x, y })
    join(drawn, tails, id)
    tails = [id]
    y += plus.height + gapY
  }
  addPlus(0)
  for (const [at, step] of steps.entries()) {
    const id = `step-${step.id}`
    drawn.nodes.push({ id, kind: 'card', place: step.id, x: start.middle - card.width / 2, y })
    join(drawn, tails, id)
    const ended = layPaths(drawn, step, {
      middle: start.middle,
      y: y + card.height + gapY,
      from: [id],
    })
    y = ended.y
    tails = ended.tails
    if (step.kind === 'goto') drawn.edges.push({ from: id, to: `step-${step.to}`, back: true })
    if (step.kind !== 'goto' && step.kind !== 'exit') addPlus(at + 1)
    else tails = []
  }
  return { y, tails }
}

/** The paths inside a step, side by side below it. */
function layPaths(drawn: Drawn, step: Step, start: Start): End {
  const lanes = lanesOf(step)
  if (lanes.length === 0) return { y: start.y, tails: start.from }
  const { chip, gapX, gapY } = mapSizes
  const widths = lanes.map(({ steps }) => widthOf(steps))
  const whole = widths.reduce((sum, width) => sum + width, 0) + gapX * (lanes.length - 1)
  let left = start.middle - whole / 2
  const ends = lanes.map(({ path, steps }, at): End => {
    const middle = left + (widths[at] ?? 0) / 2
    left += (widths[at] ?? 0) + gapX
    const id = `chip-${step.id}-${path}`
    drawn.nodes.push({
      id,
      kind: 'chip',
      step: step.id,
      at,
      x: middle - chip.width / 2,
      y: start.y,
    })
    join(drawn, start.from, id)
    const below = { middle, y: start.y + chip.height + gapY, from: [id] }
    return lay(drawn, { lane: { step: step.id, path }, steps }, below)
  })
  return { y: Math.max(...ends.map(({ y }) => y)), tails: ends.flatMap(({ tails }) => tails) }
}

function widthOf(steps: Steps): number {
  const { card, gapX } = mapSizes
  const each = steps.map((step) => {
    const lanes = lanesOf(step)
    const inside = lanes.reduce((sum, one) => sum + widthOf(one.steps), 0)
    return lanes.length === 0 ? card.width : inside + gapX * (lanes.length - 1)
  })
  return Math.max(card.width, ...each)
}

function join(drawn: Drawn, tails: readonly string[], to: string): void {
  for (const from of tails) drawn.edges.push({ from, to, back: false })
}

/** Where to begin: all of the picture where it stays readable, else its top. */
export function firstView(
  { nodes }: FlowPicture,
  frame: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly zoom: number } {
  const side = Math.max(...nodes.map(({ x }) => Math.abs(x))) + mapSizes.card.width
  const bottom = Math.max(...nodes.map(({ y }) => y)) + mapSizes.card.height
  const margin = 24
  const fits = Math.min(
    (frame.width - 2 * margin) / (2 * side),
    (frame.height - 2 * margin) / bottom,
  )
  return { x: frame.width / 2, y: margin, zoom: Math.min(1, Math.max(0.75, fits)) }
}

/** The card that is reached by an arrow key; undefined where there is none that way. */
export function cardTowards(
  { nodes }: FlowPicture,
  from: string,
  key: string,
): Extract<MapNode, { kind: 'card' }> | undefined {
  const here = nodes.find(({ id }) => id === from)
  const way = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[key]
  if (!here || !way) return undefined
  const [right = 0, down = 0] = way
  const ahead = nodes.flatMap((node) => {
    if (node.kind !== 'card' || node.id === from) return []
    const dx = node.x - here.x
    const dy = node.y - here.y
    const along = dx * right + dy * down
    const aside = Math.abs(dx * down) + Math.abs(dy * right)
    // Sideways means beside, not somewhere far below.
    if (along <= 0 || (right !== 0 && aside > mapSizes.card.height * 3)) return []
    return [{ node, along, aside }]
  })
  // Down is the next row, wherever in it; sideways is the nearest of all.
  const far = ({ along, aside }: (typeof ahead)[number]) =>
    right === 0 ? along * 1_000 + aside : along + aside * 2
  return ahead.toSorted((a, b) => far(a) - far(b))[0]?.node
}
