import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Mailroom } from '../messages/mailroom.service.ts'
import type { MessageContent } from '../messages/message-content.ts'
import type { Tester, TestGroups } from '../messages/test-groups.service.ts'
import type { Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'
import { type PreviewNeeds, personFor, poolOf, previewContext } from './preview.service.ts'
import { chainOf, type MessageStep } from './steps/message.ts'
import type { TestSent } from './test-sent.ts'

type Needs = Pick<PreviewNeeds, 'db' | 'clock' | 'shops'> & {
  readonly mailroom: Pick<Mailroom, 'testSend'>
  readonly groups: Pick<TestGroups, 'isClosed' | 'left'>
  /** The last look before one leaves: the audit log, with whose data it carries. */
  readonly told: (sent: {
    readonly tester: Tester
    readonly channel: string
    readonly customer: CustomerId | undefined
  }) => Promise<void>
}

type TestAsked = {
  readonly flow: Flow
  /** One message step; all of them unless given. */
  readonly step?: number | undefined
  /** Whose values are shown; a sample unless given. */
  readonly customer?: CustomerId | undefined
  readonly shownName: (name: string | null) => string | null
  readonly testers: readonly Tester[]
}

/**
 * Sends a draft, saved or not, to the shop's own people, drawn as one customer would get it. It passes no door and counts
 * nowhere: no decision, no cap, no coupon. Labels and the way out stand in it as in the real one.
 */
export async function sendTests(
  needs: Needs,
  shopId: ShopId,
  asked: TestAsked,
): Promise<readonly TestSent[]> {
  const { flow, customer, testers } = asked
  const shop = await needs.shops.shop(shopId)
  const steps = stepsOf(flow).filter(
    (one): one is MessageStep =>
      one.kind === 'message' && (asked.step === undefined || one.id === asked.step),
  )
  if (steps.length === 0)
    throw new Refusal('invalid', 'The campaign has no such message yet.', 'step')
  const person = await personFor(needs, shop, asked)
  let left = await needs.groups.left(shopId)
  let place = 0
  const sent: TestSent[] = []
  for (const step of steps) {
    const context = {
      ...previewContext(person.cart, { flow, step, shop }),
      customer: { name: person.name },
    }
    for (const { content } of chainOf(step)) {
      for (const tester of testers) {
        const one = { step: step.id, channel: content.channel, name: tester.name }
        const to = addressOf(tester, content.channel)
        if (to === undefined) {
          sent.push({ ...one, outcome: 'no_address', marked: false, detail: null })
        } else if (left <= 0) {
          sent.push({ ...one, outcome: 'too_many', marked: false, detail: null })
        } else {
          const message = { content, flow, context, coupon: poolOf(flow, step), as: person, to }
          const result = await sendOne(needs, shopId, {
            ...message,
            tester,
            customer,
            place: ++place,
          })
          if (result.left) left -= 1
          sent.push({ ...one, ...result.said })
        }
      }
    }
  }
  return sent
}

/** Where a test of a channel goes; empty where it can only be looked at in the test inbox. */
function addressOf(tester: Tester, channel: MessageContent['channel']): string | undefined {
  if (channel === 'email') return tester.email
  if (channel === 'sms' || channel === 'kakao') return tester.phone
  return ''
}

type Said = Pick<TestSent, 'outcome' | 'marked' | 'detail'>

async function sendOne(
  needs: Needs,
  shop: ShopId,
  test: {
    readonly content: MessageContent
    readonly flow: Flow
    readonly context: JsonObject
    readonly coupon: number | undefined
    readonly as: { readonly name: string | null; readonly facts: JsonObject }
    readonly to: string
    readonly tester: Tester
    readonly customer: CustomerId | undefined
    readonly place: number
  },
): Promise<{ readonly said: Said; readonly left: boolean }> {
  const { content, tester, customer, to } = test
  const { channel } = content
  const said = (outcome: TestSent['outcome'], detail: string | null = null): Said => ({
    outcome,
    marked: false,
    detail,
  })
  if (channel === 'email' || channel === 'sms' || channel === 'kakao') {
    const closed = await needs.groups.isClosed(shop, { channel, address: to })
    if (closed) return { said: said('refused_before'), left: false }
  }
  try {
    const result = await needs.mailroom.testSend(shop, {
      content,
      nature: test.flow.nature,
      context: test.context,
      coupon: test.coupon,
      as: { name: test.as.name, facts: test.as.facts },
      to: { address: to, name: tester.name },
      place: test.place,
      leaving: () => needs.told({ tester, channel, customer }),
    })
    const { outcome, provider, marked, detail } = result
    if (outcome !== 'accepted') return { said: said('not_taken', detail), left: true }
    return {
      said: { outcome: provider === 'inbox' ? 'inbox' : 'sent', marked, detail },
      left: true,
    }
  } catch (error) {
    // One that cannot be made does not keep the others; that all sending is stopped does.
    if (!(error instanceof Refusal) || error.code === 'conflict') throw error
    return { said: said('failed', error.message), left: false }
  }
}
