import '@xyflow/react/dist/base.css'
import { useReducedMotion } from '@mantine/hooks'
import {
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { people } from '../../design/format.ts'
import { stepAt } from '../flow-edit.ts'
import { StepMark, type StepMarkKind } from '../step-mark.tsx'
import { AddStep } from './add-step.tsx'
import { goTo, type Place, useEditing, useVoice } from './editing.ts'
import style from './flow-map.module.css'
import { goalSentence } from './goal-words.ts'
import { cardTowards, firstView, type MapNode, mapSizes, pictureOf } from './map-layout.ts'
import { problemsIn } from './problem-words.ts'
import { kindNames, laneNames, stepSentence, triggerSentence } from './step-words.ts'

const text = words({
  map: {
    ko: '흐름 그림. 화살표로 옮겨 다니고 Enter로 열어요. 같은 내용이 목록에도 있어요.',
    en: 'The flow as a picture. Arrow keys move, Enter opens. The list holds the same.',
  },
  start: { ko: '시작', en: 'Start' },
  goal: { ko: '목표', en: 'Goal' },
  here: { ko: (n: string) => `지금 ${n}`, en: (n: string) => `${n} now` },
  wrong: { ko: '고칠 곳이 있어요', en: 'needs a look' },
})

type Of<K extends MapNode['kind']> = Node<{ readonly node: Extract<MapNode, { kind: K }> }, K>

const nodeTypes = { card: CardNode, chip: ChipNode, plus: PlusNode }

/** The flow as a picture, laid out from its tree. */
export function FlowMap() {
  return (
    <ReactFlowProvider>
      <Picture />
    </ReactFlowProvider>
  )
}

function Picture() {
  const said = useWords(text)
  const { flow, open, select } = useEditing()
  const still = useReducedMotion()
  const frame = useRef<HTMLElement>(null)
  const { setCenter, getZoom } = useReactFlow()
  const picture = useMemo(() => pictureOf(flow.steps), [flow.steps])
  const nodes = useMemo<Node[]>(
    () =>
      picture.nodes.map((node) => ({
        id: node.id,
        type: node.kind,
        position: { x: node.x, y: node.y },
        data: { node },
        ...mapSizes[node.kind],
      })),
    [picture],
  )
  const edges = useMemo<Edge[]>(
    () =>
      picture.edges.map(({ from, to, back }) => ({
        id: `${from} ${to}`,
        source: from,
        target: to,
        type: 'smoothstep',
        className: (back ? style.back : style.edge) ?? '',
        animated: false,
      })),
    [picture],
  )
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-card]')?.dataset.card
    const next = from && cardTowards(picture, from, event.key)
    if (!next) return
    event.preventDefault()
    document.querySelector<HTMLElement>(`[data-card="${next.id}"]`)?.focus({ preventScroll: true })
    const { width, height } = mapSizes.card
    const duration = still ? 0 : 160
    void setCenter(next.x + width / 2, next.y + height / 2, { zoom: getZoom(), duration })
  }
  return (
    <section ref={frame} className={style.map} aria-label={said.map} onKeyDown={keys}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onInit={(made) => {
          const box = frame.current?.getBoundingClientRect()
          if (box) void made.setViewport(firstView(picture, box))
        }}
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.15}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        zoomActivationKeyCode="Control"
        onNodeClick={(_, { data }) => {
          const { node } = data as { readonly node: MapNode }
          if (node.kind === 'card' && node.place !== open) select(node.place)
        }}
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  )
}

function CardNode({ id, data: { node } }: NodeProps<Of<'card'>>) {
  const said = useWords(text)
  const names = useWords(kindNames)
  const language = useLanguage()
  const voice = useVoice()
  const { flow, open, select, problems, refused, counts } = useEditing()
  const { place } = node
  const step = typeof place === 'number' ? stepAt(flow, place) : undefined
  if (typeof place === 'number' && !step) return null
  const mark: StepMarkKind = step?.kind ?? (place === 'goal' ? 'goal' : 'trigger')
  const name = step ? names[step.kind] : place === 'goal' ? said.goal : said.start
  const says = step
    ? stepSentence(step, flow, voice)
    : place === 'goal'
      ? goalSentence(flow, language)
      : triggerSentence(flow, voice)
  const isWrong =
    problemsIn(problems, step ? `steps.${step.id}` : String(place)).length > 0 ||
    refused.some((one) => one.step === place)
  const here = typeof place === 'number' ? (counts.get(place) ?? 0) : 0
  const go = (to: Place) => {
    select(to)
    goTo(to)
  }
  return (
    <>
      <Ends into={place !== 'trigger'} out={place !== 'goal'} />
      <button
        type="button"
        data-card={id}
        className={`nodrag nopan ${style.card} ${open === place ? style.open : ''} ${isWrong ? style.wrong : ''}`}
        aria-current={open === place ? 'step' : undefined}
        onClick={() => go(place)}
      >
        <StepMark kind={mark} />
        <span className={style.words}>
          <span className={style.name}>
            {name}
            {here > 0 && <b>{said.here(people(here, language))}</b>}
            {isWrong && <span className={style.alarm}>{said.wrong}</span>}
          </span>
          <span className={style.says}>{says}</span>
        </span>
      </button>
    </>
  )
}

function ChipNode({ data: { node } }: NodeProps<Of<'chip'>>) {
  const voice = useVoice()
  const { flow } = useEditing()
  const step = stepAt(flow, node.step)
  return (
    <>
      <Ends into out />
      <div className={style.chip}>{step && laneNames(step, voice)[node.at]}</div>
    </>
  )
}

function PlusNode({ data: { node } }: NodeProps<Of<'plus'>>) {
  return (
    <>
      <Ends into out />
      <div className={`nodrag nopan ${style.plus}`}>
        <AddStep spot={node.spot} />
      </div>
    </>
  )
}

/** Where edges touch a node. */
function Ends({ into, out }: { readonly into: boolean; readonly out: boolean }) {
  return (
    <>
      {into && <Handle type="target" position={Position.Top} className={style.end ?? ''} />}
      {out && <Handle type="source" position={Position.Bottom} className={style.end ?? ''} />}
    </>
  )
}
