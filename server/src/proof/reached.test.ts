import { afterAll, beforeAll, expect, test } from 'vitest'
import { Flow } from '../campaigns/campaign.ts'
import type { GoalMetric } from '../campaigns/goal-metric.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import type { CampaignId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { type LivedWorld, openLivedWorld } from '../testing/lived-world.driver.ts'
import type { EffectReport } from './effect-report.ts'
import { effects } from './effects.service.ts'

const people = 48
const windowMs = 72 * hourMs

type Act = { readonly user: string; readonly name: string; readonly at: number }

let world: LivedWorld
/** Everything that people do in this file, as a plain list. */
const acts: Act[] = []
const users = Array.from({ length: people }, (_, at) => `u${at}`)

beforeAll(async () => {
  world = await openLivedWorld()
  for (const user of users) await world.member(user)
})
afterAll(() => world?.close())

/** Said now; `device`: by a device that nobody knows to be theirs yet. */
async function act(user: string, name: string, device?: string): Promise<void> {
  const ids = device ? { anonymous: device, verified: false } : { user, verified: true }
  await world.say({ name, ids, body: { properties: { product_id: 'mug', price: 10_000 } } })
  acts.push({ user, name, at: world.clock.now() })
}

/** A campaign that half of those who do `event` are written to by. */
async function started(event: string, goal: object): Promise<CampaignId> {
  const text = { kind: 'text', text: '다시 만나요' }
  const body = { kind: 'blocks', blocks: [text] }
  const content = { channel: 'email', subject: '안녕하세요', preheader: '', body }
  const draft = Flow.parse({
    trigger: { kind: 'event', event },
    steps: [{ kind: 'message', id: 1, content }],
    goal: { windowHours: windowMs / hourMs, ...goal },
    holdoutShare: 0.5,
  })
  const { id } = await world.room.create(world.actor, {})
  await world.room.change(world.actor, id, { draft })
  await world.room.start(world.actor, id)
  return id
}

async function told(campaign: CampaignId): Promise<EffectReport> {
  await world.past.drain(world.shop)
  await world.warehouse.reloadAliases()
  const kept = keptResults({ db: world.db, clock: world.clock, patienceMs: 60_000 })
  const caused = effects({ ...world, campaigns: world.room, kept })
  const answer = await caused.effect(world.shop, campaign)
  if (answer.state !== 'ready') throw new Error('the report is waited for')
  return answer.result
}

/** The same once more from the plain list: who did it after their decision and within the window. */
async function counted(campaign: CampaignId, timesOf: (user: string) => readonly number[]) {
  const decided = await world.db<{ user: string; arm: 'treatment' | 'holdout'; at: number }[]>`
    select i.value as "user", d.arm, d.at from decisions d
    join identities i on i.shop = d.shop and i.customer = d.customer and i.kind = 'user'
    where d.shop = ${world.shop} and d.campaign = ${campaign} and d.would_send`
  const sides = { treatment: { people: 0, reached: 0 }, holdout: { people: 0, reached: 0 } }
  for (const { user, arm, at } of decided) {
    sides[arm].people++
    if (timesOf(user).some((time) => time > at && time <= at + windowMs)) sides[arm].reached++
  }
  return sides
}

function compare(
  report: EffectReport,
  metric: GoalMetric,
  sides: Awaited<ReturnType<typeof counted>>,
): void {
  const { treatment, holdout } = sides
  expect(treatment.people + holdout.people).toBe(people)
  // Both groups did it, some of each and not all.
  for (const side of [treatment, holdout]) {
    expect(side.reached).toBeGreaterThan(2)
    expect(side.reached).toBeLessThan(side.people)
  }
  const [own] = report.outcomes
  expect(report).toMatchObject({ metric, open: 0, mixed: 0, isMismatched: false })
  expect(own?.metric).toBe(metric)
  expect(own?.effect.people).toEqual({ treatment: treatment.people, holdout: holdout.people })
  const rates = {
    treatment: treatment.reached / treatment.people,
    holdout: holdout.reached / holdout.people,
  }
  expect(own?.effect.means).toEqual(rates)
  expect(own?.effect.difference?.value).toBeCloseTo(rates.treatment - rates.holdout, 12)
  // The last day of the picture says what the sentence says.
  expect(report.days.at(-1)?.difference).toEqual(own?.effect.difference)
}

test('sign-ups of both groups are counted after the decision, within the window, also of a device that is known later', async () => {
  const campaign = await started('Product Viewed', { event: 'Signed Up' })
  for (const user of users.slice(0, 24)) await act(user, 'Product Viewed')
  await world.settle()
  await world.passTo(world.clock.now() + minuteMs)
  // Before their own decision, and after that of others: it was not the message.
  for (const user of users.slice(30, 36)) await act(user, 'Signed Up')
  await world.passTo(world.clock.now() + hourMs)
  for (const user of users.slice(24)) await act(user, 'Product Viewed')
  await world.settle()
  await world.passTo(world.clock.now() + hourMs)
  for (const user of users.slice(6, 26)) await act(user, 'Signed Up')
  for (const user of users.slice(26, 30)) await act(user, 'Signed Up', `device-${user}`)
  await world.settle()
  for (const user of users.slice(26, 30))
    await world.say({
      name: 'Logged In',
      ids: { user, verified: true, anonymous: `device-${user}` },
    })
  await world.passTo(world.clock.now() + windowMs)
  for (const user of users.slice(40)) await act(user, 'Signed Up')
  await world.settle()
  const signedUp = (user: string) =>
    acts.flatMap((one) => (one.user === user && one.name === 'Signed Up' ? one.at : []))
  compare(await told(campaign), 'sign_up', await counted(campaign, signedUp))
})

test('who comes again is who begins another visit after the decision, not who goes on with the same one', async () => {
  const campaign = await started('Product Added', { event: 'Order Completed', metric: 'revisit' })
  await world.passTo(world.clock.now() + 5 * dayMs)
  for (const user of users) await act(user, 'Product Added')
  await world.settle()
  // Twenty minutes later: still the same visit.
  await world.passTo(world.clock.now() + 20 * minuteMs)
  for (const user of users.slice(0, 20)) await act(user, 'Product Viewed')
  await world.settle()
  await world.passTo(world.clock.now() + dayMs)
  for (const user of users.slice(10, 34)) await act(user, 'Product Viewed')
  await world.settle()
  await world.passTo(world.clock.now() + windowMs)
  for (const user of users.slice(36)) await act(user, 'Product Viewed')
  await world.settle()
  const visits = (user: string) => {
    const times = acts.flatMap((one) => (one.user === user ? one.at : [])).toSorted((a, b) => a - b)
    return times.filter((at, index) => at - (times[index - 1] ?? 0) >= 30 * minuteMs)
  }
  compare(await told(campaign), 'revisit', await counted(campaign, visits))
})
