import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Problem } from '../messages/compose.ts'
import type { MessageContent } from '../messages/message-content.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Flow } from './campaign.ts'
import { carriesCoupon } from './coupon-carried.ts'
import { stepsOf } from './flow-map.ts'
import { type NamedThingsNeeds, namedProblems } from './named-things.service.ts'
import type { PreviewNeeds } from './preview.service.ts'
import { chainOf } from './steps/message.ts'

type Needs = NamedThingsNeeds & {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly compile: PreviewNeeds['compile']
}

/** What keeps a step from being published; `link` counts the contents of its channel chain from 0. */
type StepProblem = Pick<Problem, 'ko' | 'en' | 'rule'> & {
  readonly step: number
  readonly link: number
  readonly code: string
  readonly field: string
}

/** Mails looked at lately: while somebody writes one, the others of the flow (200 at most) are not laid out again at every key. */
const rememberedMails = 500

/** Looks for everything that keeps the steps of a flow from being published: their words, and what they name. */
export function flowCheck(needs: Needs) {
  const mails = new Map<string, readonly Problem[]>()

  async function problemsOf(
    content: MessageContent,
    flow: Flow,
    asked: { shop: Shop; carries: boolean },
  ) {
    const { shop, carries } = asked
    const as = { ...flow.nature, carriesCoupon: carries }
    const compiled = async () => {
      const found = await needs.compile(content, as, shop)
      return found.kind === 'ok' ? [] : found.problems
    }
    // Only a mail takes long, and what comes of it follows from these alone.
    if (content.channel !== 'email') return await compiled()
    const { name, url, sender, settings } = shop
    const key = JSON.stringify([shop.id, content, as, name, url, sender, settings])
    const before = mails.get(key) ?? (await compiled())
    mails.delete(key)
    mails.set(key, before)
    const [oldest] = mails.keys()
    if (mails.size > rememberedMails && oldest !== undefined) mails.delete(oldest)
    return before
  }

  return async (shopId: ShopId, flow: Flow): Promise<readonly StepProblem[]> => {
    const shop = await needs.shops.shop(shopId)
    const found: StepProblem[] = []
    for (const step of stepsOf(flow)) {
      if (step.kind !== 'message' && step.kind !== 'webhook') continue
      const contents = step.kind === 'webhook' ? [step] : chainOf(step)
      for (const [link, { content }] of contents.entries()) {
        const carries = carriesCoupon(flow, step.kind === 'message' ? step : {}, content)
        const problems = await problemsOf(content, flow, { shop, carries })
        found.push(...problems.map((one) => ({ ...one, step: step.id, link })))
      }
    }
    const named = await namedProblems(needs, shopId, { flow, now: needs.clock.now() })
    return [...found, ...named.map((one) => ({ ...one, link: 0, field: 'step' }))]
  }
}
