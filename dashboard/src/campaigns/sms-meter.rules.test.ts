import { expect, test } from 'vitest'
import { eucKrBytes } from '../../../server/src/messages/sms/euc-kr.ts'
import { mended, roughly, unsendableIn } from './sms-meter.ts'

const sms = (text: string, subject = '') => ({ channel: 'sms' as const, text, subject })
const sample = { shopName: '온샵', isAd: true, link: 'onsh.kr/Ab3dE7x' }

test('a message is measured with somebody’s values before the server has answered', () => {
  const rough = roughly(
    sms('{{ customer.name | nim }} 담아두신 상품이 기다려요 {{ cart.url }}'),
    sample,
  )
  expect(rough).toMatchObject({
    form: 'SMS',
    text: '(광고)온샵 김하늘님 담아두신 상품이 기다려요 onsh.kr/Ab3dE7x\n무료수신거부 080-000-0000',
  })
  expect(rough.bytes).toBe(eucKrBytes(rough.text))
})

test('it goes on with the values the server drew it with, cut where the template cuts', () => {
  const person = { name: null, product: '핸드메이드 머그컵 세트', products: 2, total: 18_000 }
  const { text } = roughly(
    sms(
      '{{ customer.name | nim }} {{ cart.items[0].name | trunc_bytes: 10 }} {{ cart.items.size }} {{ cart.total | krw }} https://shop.example/a?b=1',
    ),
    { ...sample, person },
  )
  expect(text).toContain('고객님 핸드메이… 2 18,000원 onsh.kr/Ab3dE7x')
})

test('a name that ends politely already is not made polite twice', () => {
  const person = { name: '김하늘님', product: '컵', products: 1, total: 18_000 }
  const { text } = roughly(sms('{{ customer.name | nim }}께'), { ...sample, person })
  expect(text).toContain('김하늘님께')
  expect(text).not.toContain('님님')
})

test('what cannot be sent is told once, and stands where it was written', () => {
  const content = sms('🎉 ₩5,000 – ₩9,000', '–')
  expect(unsendableIn(content).map(({ character, by }) => [character, by])).toEqual([
    ['🎉', ''],
    ['₩', '원'],
    ['–', '-'],
  ])
  expect(roughly(content, sample).written).toContain('🎉 ₩5,000 –')
  expect(mended(content.text)).toBe('5,000원 - 9,000원')
})
