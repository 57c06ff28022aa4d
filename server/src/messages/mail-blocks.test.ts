import { expect, test } from 'vitest'
import type { JsonObject } from '../lib/json.ts'
import { type Brand, brandOf } from './brand.ts'
import { compileEmail } from './compile.driver.ts'
import type { Block, EmailContent } from './content.ts'
import { inkOn } from './look.ts'
import { drawEmail, parseEmail } from './render.ts'

const sender = {
  legalName: '온샵 주식회사',
  fromEmail: 'hello@shop.example',
  contactEmail: 'help@shop.example',
  phone: '02-1234-5678',
  address: '서울특별시 중구 세종대로 110',
}
const brand: Brand = brandOf({
  logo: 'https://shop.example/logo.png',
  color: '#e8590c',
  social: [{ kind: 'instagram', url: 'https://instagram.com/onshop?a=1&b="2' }],
})

function item(name: string) {
  const url = 'https://shop.example/p'
  return { name, price: 19_900, quantity: 1, url, image_url: `${url}.jpg` }
}

async function drawn(
  blocks: readonly Block[],
  more: Partial<EmailContent> = {},
  look: Brand = brand,
  goods: readonly JsonObject[] = ['티셔츠', '<b>양말</b>', '모자'].map(item),
) {
  const content: EmailContent = {
    channel: 'email',
    subject: '새 소식',
    preheader: '',
    body: { kind: 'blocks', blocks: [...blocks] },
    ...more,
  }
  const result = await compileEmail(content, { purpose: 'advertising' }, { sender, brand: look })
  if (result.kind === 'refused') return { problems: result.problems, html: '', text: '' }
  const parsed = parseEmail(result.compiled)
  if (!parsed) throw new Error('damaged')
  const mail = drawEmail(parsed, {
    context: { cart: { items: goods } },
    customer: { name: null },
    shop: {
      name: '온샵',
      url: 'https://shop.example',
      currency: 'KRW',
      timeZone: 'Asia/Seoul',
      sender,
      settings: {},
    },
    at: 0,
    unsubscribeUrl: 'https://danggol.example/u/x',
    linkTo: (url) => `https://danggol.example/c/?${encodeURIComponent(url)}`,
  })
  if (mail.kind === 'failed') throw new Error(mail.message)
  return { problems: [], ...mail }
}

test('the shop’s logo, colour and places stand in its mails', async () => {
  const { html } = await drawn([
    { kind: 'button', label: '보러 가기', url: 'https://shop.example/sale' },
    { kind: 'social' },
  ])
  expect(html).toContain('src="https://shop.example/logo.png"')
  expect(html).toContain('#e8590c')
  expect(html).toContain('Instagram')
  expect(html).toContain(encodeURIComponent('https://instagram.com/onshop?a=1&b="2'))
  const plain = await drawn([{ kind: 'text', text: '안녕하세요' }], {}, brandOf('damaged'))
  expect(plain.html).toContain('온샵')
  expect(plain.html).not.toContain('<img')
})

test('words on a button are readable whatever the shop’s colour', () => {
  expect(inkOn('#111827')).toBe('#ffffff')
  expect(inkOn('#e03131')).toBe('#ffffff')
  expect(inkOn('#ffd43b')).toBe('#111827')
  expect(inkOn('#ffffff')).toBe('#111827')
})

test('a coupon shows its code, and its other words to whoever has none', async () => {
  const coupon = {
    kind: 'coupon',
    title: '첫 구매 5천 원',
    until: '11월 30일까지',
    otherwise: '곧 새 쿠폰을 드릴게요.',
  } as const
  const mine = await drawn([{ ...coupon, code: 'WELCOME5' }])
  expect(mine.text).toContain('WELCOME5')
  expect(mine.text).toContain('11월 30일까지')
  expect(mine.text).not.toContain('곧 새 쿠폰을')
  const nobody = await drawn([{ ...coupon, code: '{% if customer.name %}ONLYYOU{% endif %}' }])
  expect(nobody.text).toContain('곧 새 쿠폰을 드릴게요.')
  expect(nobody.text).not.toContain('11월 30일까지')
})

test('products stand in rows or two a row, and their names stay text', async () => {
  for (const layout of ['rows', 'grid'] as const) {
    const { html, text } = await drawn([{ kind: 'products', list: 'cart.items', limit: 3, layout }])
    expect(html).not.toContain('<b>양말')
    for (const name of ['티셔츠', '모자', '19,900원']) expect(text, layout).toContain(name)
    expect(text.split('양말')).toHaveLength(2)
    expect(html.match(/<tr/g)?.length).toBe(html.match(/<\/tr>/g)?.length)
  }
})

test('a mail says that it is Korean, and a product without a price has nothing before its number', async () => {
  const block = { kind: 'products', list: 'cart.items', limit: 3 } as const
  const { html, text } = await drawn([block], {}, brand, [{ name: '모자', quantity: 2 }])
  expect(html).toContain('<html lang="ko"')
  expect(text).toContain('2개')
  expect(text).not.toMatch(/·\s*2개/)
})

test('two columns stand side by side, and one below the other on a phone', async () => {
  const { html, text } = await drawn([
    { kind: 'heading', text: '위' },
    {
      kind: 'columns',
      left: [{ kind: 'text', text: '왼쪽' }],
      right: [{ kind: 'button', label: '오른쪽', url: 'https://shop.example/b' }],
    },
    { kind: 'space', size: 'large' },
    { kind: 'note', text: '아래' },
  ])
  expect(html).toContain('mj-column-per-50')
  expect(html).toContain('@media only screen and (min-width:480px)')
  const order = ['위', '왼쪽', '오른쪽', '아래'].map((word) => text.indexOf(word))
  expect(order).toEqual([...order].sort((one, other) => one - other))
  expect(order).not.toContain(-1)
})

test('mail programs are told of the dark, and a dark button is turned light there', async () => {
  const dark = await drawn([{ kind: 'text', text: '밤' }], {}, brandOf({ color: '#111827' }))
  expect(dark.html).toContain('<meta name="color-scheme" content="light dark">')
  expect(dark.html).toContain('prefers-color-scheme: dark')
  expect(dark.html).toMatch(/\.d-button a \{ background-color: #f9fafb !important/)
})

test('the marketer’s own plain text goes out with the foot the law wants', async () => {
  const { text, problems } = await drawn([{ kind: 'text', text: '안녕하세요' }], {
    plain: '{{ shop.name }}에서 인사드려요.',
  })
  expect(problems).toEqual([])
  expect(text).toMatch(/^온샵에서 인사드려요\./)
  expect(text).toContain('수신거부(Unsubscribe): https://danggol.example/u/x')
  expect(text).toContain('온샵 주식회사 · help@shop.example · 02-1234-5678')
  const wrong = await drawn([{ kind: 'text', text: 'x' }], { plain: '{{ broken' })
  expect(wrong.problems).toMatchObject([{ code: 'template_wrong', field: 'plain' }])
})
