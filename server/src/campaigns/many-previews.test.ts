import { afterAll, beforeAll, expect, test } from 'vitest'
import { coupons } from '../coupons/coupons.service.ts'
import { maskName } from '../customers/mask-name.ts'
import type { CustomerId } from '../lib/brand.ts'
import { compileMessage } from '../messages/compile-message.driver.ts'
import { gather } from '../messages/facts.service.ts'
import { listActs } from '../segments/lists/list-acts.service.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import { Flow } from './campaign.ts'
import { flowCheck } from './flow-check.service.ts'
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

const checking = () =>
  flowCheck({
    ...world,
    compile: compileMessage,
    coupons: coupons(),
    lists: listActs(),
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
  // Without a condition on the cart an empty one keeps nobody from it.
  expect(of('empty_cart')).toMatchObject({ verdict: 'send' })
  const careful = { ...flow, conditions: ['cart_not_empty' as const] }
  const kept = await drawing().draw(world.shop, { flow: careful, step: 7, shownName })
  expect(kept.find(({ code }) => code === 'empty_cart')).toMatchObject({
    ...{ verdict: 'refused', at: null },
    why: { ko: '장바구니가 비어서 보내지 않아요.' },
  })
  expect(kept.find(({ code }) => code === 'one_product')).toMatchObject({ verdict: 'send' })
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
  const problems = await checking()(world.shop, draft)
  expect(problems).toContainEqual(expect.objectContaining({ step: 7, link: 1 }))
  expect(problems.filter(({ link }) => link === 0)).toEqual([])
})

test('the check names the step whose coupon, list or day does not exist', async () => {
  const [message] = flow.steps
  const until = (date: string) => ({ kind: 'date', date, time: '10:00', zone: 'shop' })
  const draft = Flow.parse({
    ...flow,
    steps: [
      { kind: 'coupon', id: 1, pool: 999 },
      { kind: 'list', id: 2, list: 999, does: 'add' },
      { kind: 'wait_until', id: 3, until: until('9999-12-31') },
      { kind: 'wait_until', id: 4, until: until('2027-12-31') },
      message,
    ],
  })
  const found = await checking()(world.shop, draft)
  expect(found.map(({ step, code }) => `${step} ${code}`)).toEqual([
    '1 pool_gone',
    '2 list_gone',
    '3 wait_too_far',
  ])
})

test('a real person of 13 is shown as refused, as the one door would', async () => {
  const child = await world.member('u3', { name: '이' })
  await world.db`
    update customers set traits = ${JSON.stringify({ name: '이', birthday: '2014-01-01' })}
    where shop = ${world.shop} and id = ${child}`
  const content = {
    channel: 'email',
    subject: '안녕하세요',
    body: { kind: 'blocks', blocks: [{ kind: 'text', text: '반가워요' }] },
  }
  const mail = Flow.parse({ ...flow, steps: [{ kind: 'message', id: 7, content }] })
  const items = await drawing().draw(world.shop, { flow: mail, step: 7, shownName: (name) => name })
  const of = (code: string) => items.find((one) => one.code === code)
  expect(of('one_product')).toMatchObject({ customer: null, verdict: 'send' })
  expect(of('latest')).toMatchObject({ customer: child, verdict: 'refused' })
  expect(of('latest')?.why.ko).toContain('14세')
})

test('nobody stands on the steps of a campaign that nobody entered', async () => {
  expect(await drawing().stepCounts(world.shop, 1)).toEqual([])
})

test('a message on the page is shown as the page draws it, with the products that it would recommend', async () => {
  const content = {
    channel: 'onsite',
    form: 'slide',
    recommend: { strategy: 'popular' },
    parts: [
      { kind: 'heading', id: 'p1', text: '{{ customer.name | nim }} 반가워요' },
      { kind: 'cards', id: 'p2', from: { kind: 'recommended' }, limit: 2 },
    ],
  }
  const onPage = Flow.parse({
    ...flow,
    trigger: { kind: 'page' },
    steps: [{ kind: 'message', id: 7, content }],
  })
  const shownName = (name: string | null) => name
  const items = await drawing().draw(world.shop, { flow: onPage, step: 7, shownName })
  const parts = (code: string) => items.find((one) => one.code === code)?.view?.parts
  expect(items.map(({ code }) => code)).toEqual(previewCases)
  expect(parts('no_name')).toMatchObject([{ text: '고객님 반가워요' }, { cards: [{}, {}] }])
  expect(items.find(({ code }) => code === 'no_consent')).toMatchObject({ verdict: 'send' })
})
