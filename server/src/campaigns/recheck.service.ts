import type { Tx } from '../database/connection.store.ts'
import { sectionReader } from '../events/turn-people.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import type { ClaimedMessage, Recheck, RecheckAll } from '../messages/intent.ts'
import { failedCondition } from './conditions.ts'
import type { EndReason } from './end-reason.ts'
import {
  type EnrolmentRow,
  enrolmentsById,
  internalNow,
  membersNow,
  rememberedSections,
  runningCampaigns,
  unsellable,
} from './enrolments.store.ts'
import type { Flows } from './flows.service.ts'
import { refusalFor } from './last-word.ts'
import { type Memory, readMemory } from './memory.ts'
import { withPace } from './pace.service.ts'
import { factsFor } from './person-turn.ts'

/** A message of a paused campaign is looked at again this much later. */
const pausedLookMs = minuteMs

/**
 * The campaign's last word on messages about to be handed over: is it still running, is the person still in, do its conditions
 * hold now? Runs in the sender's transaction, on what is committed at that moment.
 */
export function recheck(needs: { readonly flows: Flows; readonly clock: Clock }): RecheckAll<Tx> {
  return async (tx, shop, messages) => {
    const ids = messages.flatMap((message) => message.enrolment ?? [])
    if (ids.length === 0) return messages.map(() => ({ kind: 'ok' }))
    const desk = await openDesk(needs, tx, { shop, messages, ids })
    const now = needs.clock.now()
    const words = messages.map((message) => lastWord(desk, message, now))
    return await withPace(tx, shop, { messages, words, flowOf: desk.currentFlow, now })
  }
}

type LastDesk = Awaited<ReturnType<typeof openDesk>>

async function openDesk(
  needs: { readonly flows: Flows },
  tx: Tx,
  asked: {
    readonly shop: ShopId
    readonly messages: readonly ClaimedMessage[]
    readonly ids: readonly number[]
  },
) {
  const { shop } = asked
  // One connection answers one after another; asked together they cost one round trip.
  const [enrolments, running, sections, members, internal] = await Promise.all([
    enrolmentsById(tx, shop, asked.ids),
    runningCampaigns(tx, shop),
    rememberedSections(
      tx,
      shop,
      asked.messages.map((message) => message.customer),
    ),
    membersNow(tx, shop, asked.messages),
    internalNow(tx, shop, asked.messages),
  ])
  const stateOf = new Map(running.map((one) => [one.id, one.state]))
  const flowOf = await needs.flows.load(tx, shop, [
    ...[...enrolments.values()].filter((row) => stateOf.has(row.campaign)),
    ...running.map(({ id: campaign, version }) => ({ campaign, version })),
  ])
  const versionOf = new Map(running.map((one) => [one.id, one.version]))
  // How fast it may send is what the newest version says, whichever a person is on.
  const currentFlow = (campaign: CampaignId) => {
    const version = versionOf.get(campaign)
    return version === undefined ? undefined : flowOf(campaign, version)
  }
  const memories = new Map<number, Memory>()
  for (const [customer, text] of sections)
    memories.set(customer, readMemory(sectionReader(text)('campaigns')))
  const products = [...memories.values()].flatMap((memory) =>
    memory.carts.flatMap((cart) => cart.lines.map((line) => line.productId)),
  )
  const gone = await unsellable(tx, shop, [...new Set(products)])
  const isMember = (customer: number, segment: number) => members.has(`${customer}:${segment}`)
  return { enrolments, stateOf, flowOf, currentFlow, memories, gone, isMember, internal }
}

function lastWord(desk: LastDesk, message: ClaimedMessage, now: number): Recheck {
  if (message.enrolment === null) return { kind: 'ok' }
  const row = desk.enrolments.get(message.enrolment)
  const state = row && desk.stateOf.get(row.campaign)
  if (!row || state === undefined) return { kind: 'refused', reason: 'campaign_stopped' }
  // A flow that went on or is done still means its message; one that the person left does not.
  if (row.state === 'exited') return refusedFor(row.endReason)
  if (desk.internal.has(message.customer)) return refusedFor('internal')
  const failed = failedNow(desk, row, message)
  if (failed) return refusedFor(failed)
  if (state === 'paused') return { kind: 'held', until: now + pausedLookMs }
  const { conditions } = desk.flowOf(row.campaign, row.version)
  return { kind: 'ok', asksCart: conditions.includes('cart_not_empty') }
}

function failedNow(
  desk: LastDesk,
  row: EnrolmentRow,
  message: ClaimedMessage,
): EndReason | undefined {
  const memory = desk.memories.get(message.customer) ?? readMemory(undefined)
  const { conditions } = desk.flowOf(row.campaign, row.version)
  const subject = {
    customer: message.customer,
    traits: {},
    assignmentKey: '',
  }
  const facts = factsFor(
    {
      sellable: (product) => !desk.gone.has(product),
      isMember: (customer, segment) => desk.isMember(customer, segment),
      // Conditions ask neither for time nor for chance.
      timeZone: 'UTC',
      sharesOf: () => undefined,
    },
    { subject, memory, enrolment: row, paused: false },
  )
  return failedCondition(conditions, facts, row.since)
}

function refusedFor(reason: EndReason | null): Recheck {
  return { kind: 'refused', reason: refusalFor(reason) }
}
