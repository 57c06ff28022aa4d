import { describe, expect, test } from 'vitest'
import { parseEmail } from './render.ts'
import { isSteady } from './steady.ts'

const mail = (html: string, subject = '(광고) {{ customer.name | nim }}, 소식이 있어요') => ({
  subject,
  html,
  text: '{{ customer.name | nim }}, 안녕하세요\n{{ link.unsubscribe }}',
})

describe('a mail is steady', () => {
  test.each([
    '<p>{{ customer.name | nim }}, 안녕하세요</p><a href="https://shop.example/">보러 가기</a>',
    '<p>{{customer.favorite.category|default:"옷"}}</p>'.replaceAll('"', "'"),
    '<p>{{ cart.items[0].name | trunc_bytes: 40 | josa: "을/를" }}</p>'.replaceAll('"', "'"),
    '<a href="{{ link.unsubscribe }}">수신거부</a><td title="a>b">{{ shop.name }}</td>',
    '<!--[if mso]><table width="600"><![endif]--><p>{{ customer.name }}</p>',
  ])('whose values stand in its text: %s', (html) => {
    expect(isSteady(mail(html))).toBe(true)
  })
})

describe('a mail is drawn for each person to know', () => {
  test.each([
    ['an address of theirs', '<a href="{{ cart.url }}">보기</a>'],
    ['an address behind a quoted bracket', '<a title="a>b" href="{{ cart.url }}">보기</a>'],
    ['the shop’s own address, which may change', '<a href="{{ link.shop }}">보기</a>'],
    ['something decided', '{% if customer.name %}<a href="https://shop.example/">a</a>{% endif %}'],
    ['something repeated', '{% for item in cart.items %}{{ item.name }}{% endfor %}'],
    ['a filter that may fail', "<p>{{ customer.name | split: ',' }}</p>"],
    ['markup in a fallback', "<p>{{ customer.name | default: '<b' }}</p>"],
    ['a path known only when it is drawn', '<p>{{ customer[name] }}</p>'],
    ['an attribute of theirs', '<p title="{{ customer.name }}">a</p>'],
  ])('that has %s', (_, html) => {
    expect(isSteady(mail(html))).toBe(false)
  })

  test('whose subject could be empty', () => {
    const html = '<p>안녕하세요</p>'
    expect(isSteady(mail(html, '(광고) {{ customer.name }}'))).toBe(false)
    expect(isSteady(mail(html, '{{ customer.name | nim }}'))).toBe(false)
    expect(isSteady(mail(html, '소식'))).toBe(true)
  })
})

test('a steady mail tells its addresses when it is parsed, without its way out', () => {
  const html =
    '<a href="https://shop.example/a">a</a><img src="https://shop.example/p.jpg"><a href="https://shop.example/b">b</a><a href="{{ link.unsubscribe }}">나가기</a><a href="mailto:a@b.example">c</a>'
  const parsed = parseEmail({
    ...mail(html),
    channel: 'email',
    format: 1,
    nature: { purpose: 'advertising' },
  })
  expect(parsed?.steadyLinks).toEqual(['https://shop.example/a', 'https://shop.example/b'])
})
