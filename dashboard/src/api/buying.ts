import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { Step } from '../../../server/src/campaigns/steps/table.ts'
import type { PairsReport } from '../../../server/src/insight/pairs.ts'
import type { TimingReport, TimingRow } from '../../../server/src/insight/timing.ts'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import { changeCampaign, createCampaign } from './campaigns.ts'
import { api } from './client.ts'

export type { PairsReport, TimingReport, TimingRow }
export type Pair = PairsReport['pairs'][number]

type Asked = { readonly fresh?: '1' }
export const getTiming = (asked: Asked, signal: AbortSignal) =>
  api.get<Kept<TimingReport>>('/api/reports/timing', asked, signal)
export const getPairs = (asked: Asked, signal: AbortSignal) =>
  api.get<Kept<PairsReport>>('/api/reports/pairs', asked, signal)

const ofProduct = (id: string) =>
  ({
    kind: 'products',
    match: 'any',
    where: [{ field: 'product_id', is: { type: 'text', op: 'equals', value: id } }],
  }) as const

/** The playbook's draft with what `change` makes of its flow; answers the campaign's id. */
async function begun(
  playbook: string,
  name: string,
  change: (flow: Flow) => Flow,
): Promise<{ readonly id: number }> {
  const made = await createCampaign({ playbook, name })
  return await changeCampaign(made.id, { draft: change(made.draft) })
}

const dayMinutes = 1_440

/** The playbook of repurchases for one product: who bought it, after its own number of days. */
export const beginRepurchase = (
  product: { readonly id: string; readonly days: number },
  name: string,
) =>
  begun('repurchase_due', name, (flow) => {
    const { trigger } = flow
    const [first, ...rest] = flow.steps
    if (trigger.kind !== 'event' || first?.kind !== 'wait') return flow
    // Everybody bought the one product: nobody waits for another.
    const alone = (step: Step): Step =>
      step.kind === 'wait' ? { ...step, byGoods: undefined } : step
    return {
      ...flow,
      trigger: { ...trigger, filter: ofProduct(product.id) },
      steps: [{ ...first, minutes: product.days * dayMinutes }, ...rest].map(alone),
    }
  })

/** The playbook of companions for one pair: who puts the one in the cart sees the other first. */
export const beginCompanion = (
  pair: { readonly one: string; readonly other: string },
  name: string,
) =>
  begun('cart_companions', name, (flow) => {
    const { trigger } = flow
    const [first, ...rest] = flow.steps
    if (trigger.kind !== 'page' || first?.kind !== 'message') return flow
    const content = first.content
    if (!('recommend' in content) || !content.recommend) return flow
    const recommend = {
      ...content.recommend,
      strategy: 'chosen' as const,
      products: [pair.other],
      fallback: ['bought_together' as const],
    }
    return {
      ...flow,
      trigger: {
        ...trigger,
        when: trigger.when.map((when) =>
          when.kind === 'event' ? { ...when, filter: ofProduct(pair.one) } : when,
        ),
      },
      steps: [{ ...first, content: { ...content, recommend } }, ...rest],
    }
  })
