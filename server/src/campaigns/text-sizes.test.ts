import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactKey } from '../customers/contact.ts'
import { compileSms } from '../messages/sms/compile.ts'
import { SmsContent } from '../messages/sms/content.ts'
import { parseSms } from '../messages/sms/draw.ts'
import { eucKrBytes } from '../messages/sms/euc-kr.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import { MessageStep } from './steps/message.ts'
import { textPricesOf, textSizes } from './text-sizes.service.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld()
  await world.shops.set(world.shop, 'text', {
    optOutNumber: '080-123-4567',
    smsWon: 9.9,
    lmsWon: 28,
    mmsWon: 60,
  })
})
afterAll(() => world?.close())

async function reader(user: string, name: string, phone: string | null) {
  await world.member(user, { name })
  if (phone !== null) {
    await world.say({
      kind: 'identify',
      name: 'Identified',
      ids: { user, verified: true, phone: contactKey(world.vault, 'phone', phone) },
    })
  }
  await world.line.drain(world.shop)
}

async function measured(text: string) {
  const shop = await world.shops.shop(world.shop)
  const content = SmsContent.parse({ channel: 'sms', text })
  const compiled = compileSms(content, { purpose: 'advertising' }, shop)
  if (compiled.kind === 'refused') throw new Error(compiled.problems[0]?.ko)
  const sms = parseSms(compiled.compiled)
  if (!sms) throw new Error('the template was damaged')
  const step = MessageStep.parse({ kind: 'message', id: 1, content })
  return await textSizes(world).measure({
    shop,
    sms,
    step,
    sample: { id: '', lines: [], currency: null, changedAt: 0 },
  })
}

test('the longest name that can be reached decides, and is not told', async () => {
  expect(await measured('{{ customer.name | nim }} 안녕하세요')).toMatchObject({
    people: 0,
    worst: null,
  })
  await reader('short', '김하늘', '+821011110001')
  await reader('long', '남궁 프란체스카 로마노프', '+821011110002')
  await reader('unreachable', '가나다라마바사아자차카타파하가나다라마바사', null)
  await reader('unwritable', '설믜', '+821011110003')
  const sizes = await measured(
    '{{ customer.name | nim }} 장바구니에 담아두신 상품이 아직 기다리고 있어요 {{ cart.url }}',
  )
  expect(sizes).toMatchObject({ people: 3, failed: 0, renamed: 1 })
  expect(sizes.forms).toEqual({ SMS: 0, LMS: 3, MMS: 0 })
  expect(sizes.worst?.text).toContain('남○*○○○○○*○○○○님')
  expect(sizes.worst?.text).not.toContain('로마노프')
  expect(eucKrBytes(sizes.worst?.text ?? '')).toBe(sizes.worst?.bytes)
})

test('short for some and long for others is counted, each at its price', async () => {
  const sizes = await measured('{{ customer.name | nim }} 담아두신 상품이 아직 기다려요')
  expect(sizes.forms.SMS).toBeGreaterThan(0)
  expect(textPricesOf(await world.shops.shop(world.shop))).toEqual({ SMS: 9.9, LMS: 28, MMS: 60 })
})
