import { afterAll, beforeAll, expect, test } from 'vitest'
import { maskName } from '../customers/mask-name.ts'
import type { CustomerId } from '../lib/brand.ts'
import { compileMessage } from '../messages/compile-message.driver.ts'
import { gather } from '../messages/facts.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import { Flow } from './campaign.ts'
import { manyPreviews } from './many-previews.service.ts'
import { previewCases } from './preview-cases.ts'

let world: MessageWorld
let people: readonly CustomerId[]

beforeAll(async () => {
  world = await openMessageWorld()
  await world.shops.set(world.shop, 'text', { optOutNumber: '080-123-4567' })
  people = [
    await world.member('u1', { name: '황보 아름다운하늘별빛' }),
    await world.member('u2', { name: '김이' }),
  ]
})
afterAll(() => world?.close())

const flow = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  steps: [
    {
      kind: 'message',
      id: 7,
      content: {
        channel: 'sms',
        text: '{{ customer.name | nim }} {{ cart.items[0].name }} 기다려요',
        subject: '',
      },
    },
  ],
  goal: { event: 'Order Completed', windowHours: 72 },
})

const drawing = () =>
  manyPreviews({
    ...world,
    compile: compileMessage,
    publicUrl: 'https://danggol.example',
    gather: (shop, { now, customers, channel }) =>
      gather(world, world.db, {
        shop: shop.id,
        now,
        asked: customers.map((customer) => ({ customer, channel, products: [] })),
        tradesWith: false,
      }),
  })

test('a message is shown for twenty people at once, each with its size, price and the answer of the one door', async () => {
  const shownName = (name: string | null) => name
  const items = await drawing().draw(world.shop, { flow, step: 7, shownName })
  const of = (code: string) => items.find((one) => one.code === code)
  expect(items.map(({ code }) => code)).toEqual(previewCases)
  expect(of('longest')).toMatchObject({ customer: people[0], verdict: 'refused' })
  expect(of('shortest')).toMatchObject({ customer: people[1] })
  expect(of('longest')?.bytes).toBeGreaterThan(of('shortest')?.bytes ?? 0)
  expect(of('one_product')).toMatchObject({ form: 'SMS', customer: null, verdict: 'send' })
  expect(of('long_product')?.form).toBe('LMS')
  expect(of('night')).toMatchObject({ verdict: 'held' })
  expect(of('no_consent')?.why.ko).toContain('동의하지 않아서')
  expect(of('sold_out')?.why.ko).toContain('품절')
  expect(of('held_out')).toMatchObject({ verdict: 'would_send', at: null })
  expect(of('no_name')?.text).toContain('고객님')
  const masked = await drawing().draw(world.shop, { flow, step: 7, shownName: maskName })
  const [whole, hidden] = [of('longest'), masked.find(({ code }) => code === 'longest')]
  expect(hidden?.name).toBe(maskName(whole?.name ?? null))
  expect(hidden?.text).not.toContain(whole?.name)
  // Whoever is made up hides nothing.
  expect(masked.find(({ code }) => code === 'one_product')).toEqual(of('one_product'))
})

test('the check names the step and the channel of what cannot be published', async () => {
  const [step] = flow.steps
  if (step?.kind !== 'message') throw new Error('the flow has a message')
  const promise = { ...step.content, text: '쿠폰 {{ coupon.code }}' } as typeof step.content
  const draft = { ...flow, steps: [{ ...step, fallbacks: [{ content: promise }] }] }
  const problems = await drawing().check(world.shop, draft)
  expect(problems).toContainEqual(expect.objectContaining({ step: 7, link: 1 }))
  expect(problems.filter(({ link }) => link === 0)).toEqual([])
})

test('nobody stands on the steps of a campaign that nobody entered', async () => {
  expect(await drawing().stepCounts(world.shop, 1)).toEqual([])
})
