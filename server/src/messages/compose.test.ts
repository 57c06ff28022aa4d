import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { brandOf } from './brand.ts'
import { compileEmail } from './compile.driver.ts'
import type { EmailContent, Nature } from './content.ts'
import { drawEmail, parseEmail } from './render.ts'
import type { Draft } from './scope.ts'

const sender = {
  legalName: '온샵 주식회사',
  fromEmail: 'hello@shop.example',
  contactEmail: 'help@shop.example',
  phone: '02-1234-5678',
  address: '서울특별시 중구 세종대로 110',
}
const brand = brandOf(undefined)
const advertising: Nature = { purpose: 'advertising' }
const mail = (more: Partial<EmailContent> = {}): EmailContent => ({
  channel: 'email',
  subject: '{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name }}',
  preheader: '{{ customer.name | nim }}께',
  body: {
    kind: 'blocks',
    blocks: [
      { kind: 'heading', text: '{{ customer.name | nim }} <안녕하세요>' },
      {
        kind: 'text',
        text: '{% if cart.items.size > 1 %}여러 개{% else %}하나{% endif %}를 담으셨어요.\n어서 오세요.',
      },
      { kind: 'products', list: 'cart.items', limit: 5 },
      { kind: 'button', label: '{{ customer.name | nim }}의 장바구니', url: '{{ cart.url }}' },
      { kind: 'image', url: 'https://shop.example/a.png', alt: '{{ customer.name }}' },
      { kind: 'divider' },
    ],
  },
  ...more,
})
const codesOf = async (content: EmailContent, nature: Nature = advertising, who = sender) => {
  const result = await compileEmail(content, nature, { sender: who, brand })
  return result.kind === 'ok' ? [] : result.problems.map((problem) => problem.code)
}
const item = (name: string, url = 'https://shop.example/p1') => ({
  name,
  price: 1_000,
  quantity: 1,
  url,
  image_url: url,
})

const compiled = compileEmail(mail(), advertising, { sender, brand })

async function drawn(typed: string, url?: string) {
  const result = await compiled
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems))
  parsed ??= parseEmail(result.compiled)
  if (!parsed) throw new Error('not parsed')
  const draft: Draft = {
    context: { cart: { url: url ?? 'https://shop.example/cart', items: [item(typed, url)] } },
    customer: { name: typed },
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
    linkTo: (to) => to,
  }
  return drawEmail(parsed, draft)
}
let parsed: ReturnType<typeof parseEmail>

describe('publishing an advertisement is refused', () => {
  test.each(Object.keys(sender))('while the sender has no %s', async (field) => {
    expect(await codesOf(mail(), advertising, { ...sender, [field]: '' })).toEqual([
      'sender_missing',
    ])
  })
  test.each([
    '[광고] 세일',
    '(광 고) 세일',
    '"광고" 세일',
    '(광/고) 세일',
    '<광고> 세일',
    '(AD) sale',
    '（광고）세일',
  ])('when the subject imitates the label: %s', async (subject) =>
    expect(await codesOf(mail({ subject }))).toEqual(['label_imitated']),
  )
  test('when the body hides the footer in a comment', async () => {
    const mjml =
      '<mjml><mj-body><mj-section><mj-column><mj-text>hi <!-- </mj-text></mj-column></mj-section></mj-body></mjml>'
    expect(await codesOf(mail({ body: { kind: 'mjml', mjml } }))).toEqual([
      'opt_out_missing',
      'sender_hidden',
    ])
  })
  test('when the layout or a template is wrong, with its place', async () => {
    expect(await codesOf(mail({ body: { kind: 'mjml', mjml: '<p>no</p>' } }))).toEqual([
      'layout_wrong',
    ])
    const result = await compileEmail(mail({ subject: '{{ name | nope }}' }), advertising, {
      sender,
      brand,
    })
    expect(result).toMatchObject({ problems: [{ code: 'template_wrong', field: 'subject' }] })
  })
})

test('an informational mail needs no label and no opt-out, and must not advertise', async () => {
  const nature: Nature = { purpose: 'informational', because: 'order' }
  const result = await compileEmail(mail({ subject: '주문이 접수됐어요' }), nature, {
    sender,
    brand,
  })
  expect(result).toMatchObject({ kind: 'ok', compiled: { subject: '주문이 접수됐어요' } })
  if (result.kind === 'ok') expect(result.compiled.html).not.toContain('수신거부')
  expect(await codesOf(mail({ subject: '주문 완료! 다음엔 할인쿠폰' }), nature)).toEqual([
    'looks_like_advertising',
  ])
})

test('the label stands first exactly once, also when the marketer wrote it', async () => {
  for (const subject of ['오늘의 소식', '(광고) 오늘의 소식', '(광고)오늘의 소식']) {
    const result = await compileEmail(mail({ subject }), advertising, { sender, brand })
    expect(result).toMatchObject({ compiled: { subject: '(광고) 오늘의 소식' } })
  }
})

test('a mail shows what the law wants in both of its parts', async () => {
  const result = await drawn('김하늘')
  if (result.kind !== 'ok') throw new Error(result.message)
  expect(result.subject).toBe('(광고) 김하늘님, 담아두신 김하늘')
  expect(result.text).toContain(
    '온샵 주식회사 · help@shop.example · 02-1234-5678 · 서울특별시 중구 세종대로 110',
  )
  expect(result.text).toContain('수신거부(Unsubscribe) <https://danggol.example/u/x>')
  expect(result.text).toContain('하나를 담으셨어요.\n어서 오세요.')
  expect(result.html).toContain('href="https://danggol.example/u/x"')
  expect(result.links).not.toContain('https://danggol.example/u/x')
  expect(result.html).not.toMatch(/\{\{|\{%|lqd\d/)
})

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'file:///etc/passwd',
  '//evil.example',
  ' JaVaScRiPt:alert(1)',
])('an address like %s never becomes a link', async (url) => {
  const result = await drawn('x', url)
  if (result.kind !== 'ok') throw new Error(result.message)
  expect(result.links.every((link) => link.startsWith('https://shop.example'))).toBe(true)
  expect(result.html).not.toMatch(/(href|src)="(?!https:\/\/(shop|danggol)\.example|#|")/)
})

const naughty = new URL('../../../../shared/data/naughty-strings.json', import.meta.url)
const strings: readonly string[] = existsSync(naughty)
  ? JSON.parse(readFileSync(naughty, 'utf8'))
  : []

test.skipIf(strings.length === 0)(
  'naughty strings stay inert in every part of a mail (shared data present)',
  async () => {
    const clean = await drawn('김하늘')
    if (clean.kind !== 'ok') throw new Error(clean.message)
    const tagsOf = (html: string) => html.match(/<\/?[a-z!][^\s>]*/gi)?.length
    const marks = tagsOf(clean.html)
    for (const typed of strings) {
      const result = await drawn(typed)
      if (result.kind !== 'ok') throw new Error(`${typed}: ${result.message}`)
      expect(result.subject.startsWith('(광고) '), typed).toBe(true)
      expect(/[\r\n]/.test(result.subject), typed).toBe(false)
      expect(tagsOf(result.html), typed).toBe(marks)
    }
  },
)
