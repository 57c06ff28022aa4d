import { describe, expect, it } from 'vitest'
import { Flow } from './campaign.ts'
import { changedValues } from './changed-values.ts'
import { asDraft, differences } from './flow-differences.ts'
import { cartAbandonment } from './playbooks/cart-abandonment.ts'

const flow = cartAbandonment.flow('ko')
const wait = { kind: 'wait', id: 9, minutes: 5 } as const

describe('two versions of a flow', () => {
  it('that are the same have no differences, compiled contents or not', () => {
    const compiled = {
      ...flow,
      steps: flow.steps.map((step) =>
        step.kind === 'message' ? { ...step, contentId: 'x' } : step,
      ),
    }
    expect(differences(flow, compiled)).toEqual([])
    expect(asDraft(compiled)).toEqual(flow)
  })
  it('name settings, added, changed and removed steps', () => {
    const [first, second] = flow.steps
    const longer = { ...first, minutes: 90 }
    const after = Flow.parse({ ...flow, holdoutShare: 0.2, steps: [longer, second, wait] })
    expect(differences(flow, after)).toEqual([
      {
        kind: 'setting',
        setting: 'holdoutShare',
        values: [{ path: '', was: '0.1', is: '0.2' }],
      },
      {
        kind: 'changed',
        step: 1,
        stepKind: 'wait',
        values: [{ path: 'minutes', was: '60', is: '90' }],
      },
      { kind: 'added', step: 9, stepKind: 'wait' },
    ])
    expect(differences(after, flow)).toContainEqual({ kind: 'removed', step: 9, stepKind: 'wait' })
  })
  it('tell what a message said and says, piece by piece and not without end', () => {
    const [first, second, ...rest] = flow.steps
    if (second?.kind !== 'message' || second.content.channel !== 'email') throw new Error('a mail')
    const content = { ...second.content, subject: '새 제목', preheader: '나' }
    const after = Flow.parse({ ...flow, steps: [first, { ...second, content }, ...rest] })
    const [changed] = differences(flow, after)
    expect(changed).toMatchObject({
      kind: 'changed',
      stepKind: 'message',
      values: [
        { path: 'content.subject', was: second.content.subject, is: '새 제목' },
        { path: 'content.preheader', is: '나' },
      ],
    })
    const long = '가'.repeat(350)
    expect(changedValues([1, long], [1])).toEqual([
      { path: '1', was: `${'가'.repeat(300)}…`, is: null },
    ])
  })
  it('see a step that went into a branch as moved, and the branch as added', () => {
    const [first, second] = flow.steps
    const when = { kind: 'segment', segment: 1 }
    const paths = [{ id: 'a', name: 'A', when, steps: [second] }]
    const after = Flow.parse({ ...flow, steps: [first, { kind: 'branch', id: 5, paths }] })
    expect(differences(flow, after)).toEqual([
      { kind: 'added', step: 5, stepKind: 'branch' },
      { kind: 'moved', step: 2, stepKind: 'message' },
    ])
  })
})
