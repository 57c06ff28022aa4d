import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eucKrBytes } from './sms/euc-kr.ts'
import { parseTemplate, renderTemplate } from './template.ts'

const globals = { zone: 'Asia/Seoul', now: Date.UTC(2026, 10, 22, 3) }

function draw(source: string, scope: object = {}, medium: 'html' | 'text' = 'text'): string {
  const parsed = parseTemplate(source, medium)
  if (parsed.kind === 'wrong') return `wrong ${parsed.fault.line}:${parsed.fault.column}`
  const rendered = renderTemplate(parsed.template, scope as never, globals)
  return rendered.kind === 'ok' ? rendered.text : `failed ${rendered.message}`
}

describe('Korean filters', () => {
  test.each([
    ['{{ 12345 | krw }}', '12,345원'],
    ["{{ '12345.5' | krw }}", '12,346원'],
    ['{{ 0 | krw }}', '0원'],
    ["{{ 'x' | krw }}", ''],
    ["{{ 12.3 | money: 'GBP' }}", '£12.30'],
    ["{{ 12300 | money: 'KRW' }}", '12,300원'],
    ["{{ '김하늘' | nim }}", '김하늘님'],
    ["{{ '김하늘 님' | nim }}", '김하늘님'],
    ["{{ '김하늘님 님' | nim }}", '김하늘님'],
    ["{{ 'Alex' | nim }}", 'Alex님'],
    ["{{ '-' | nim }}{{ missing | nim }}{{ ' 미입력 ' | nim }}", '고객님고객님고객님'],
    ["{{ '사과' | josa: '을/를' }} {{ '귤' | josa: '을/를' }}", '사과를 귤을'],
    ["{{ '서울' | josa: '으로/로' }} {{ '부산' | josa: '으로/로' }}", '서울로 부산으로'],
    ["{{ 'iPhone 7' | josa: '이/가' }} {{ 'TV 2' | josa: '이/가' }}", 'iPhone 7이 TV 2가'],
    ["{{ 'XL' | josa: '은/는' }} {{ '티셔츠(화이트)' | josa: '은/는' }}", 'XL은 티셔츠(화이트)는'],
    ["{{ '★' | josa: '을/를' }}", '★을(를)'],
    ["{{ '2026-11-25T15:00:00Z' | kdate: 'M/D HH시 (ddd)' }}", '11/26 00시 (목)'],
    ["{{ '2026-11-22T20:00:00Z' | days_left }}", '1'],
    ["{{ 'soon' | kdate }}", ''],
    ["{{ name | default: '고객' }}", '고객'],
    ["{{ 'javascript:alert(1)' | web_url: 'https://shop.example' }}", 'https://shop.example/'],
  ])('%s', (source, expected) => expect(draw(source)).toBe(expected))

  test('trunc_bytes never exceeds its bytes nor cuts a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 90 }),
        (text, bytes) => {
          const cut = draw(`{{ text | trunc_bytes: ${bytes} }}`, {
            text: `가${text}`.replace(/\p{Cc}/gu, ''),
          })
          expect(eucKrBytes(cut)).toBeLessThanOrEqual(Math.max(bytes, 2))
          expect(cut.isWellFormed()).toBe(true)
        },
      ),
    )
  })
})

describe('a template has no way out', () => {
  test.each([
    ["{{ 'now' | date: '%Y' }}", 'wrong'],
    ['{{ list | sample }}', 'wrong'],
    ['{{ name | raw }}', 'wrong'],
    ["{% include '/etc/passwd' %}", 'wrong'],
    ["{% render 'x' %}", 'wrong'],
    ["{% layout 'x' %}", 'wrong'],
  ])('%s is not part of the language', (source, expected) =>
    expect(draw(source)).toContain(expected),
  )

  test('prototypes, functions and constructors are not there', () => {
    const scope = { customer: { name: '하늘' }, list: ['a'] }
    expect(
      draw(
        '{{ customer.constructor }}{{ customer.__proto__ }}{{ list.map }}{{ customer.toString }}',
        scope,
      ),
    ).toBe('')
    expect(draw('{{ constructor }}{{ __proto__ }}{{ hasOwnProperty }}', scope)).toBe('')
  })

  test('an endless loop, a giant range and a giant text end in a refusal', () => {
    expect(draw('{% for i in (1..100000000) %}x{% endfor %}')).toContain('failed')
    expect(
      draw(
        '{% for a in l %}{% for b in l %}{% for c in l %}{% for d in l %}{{ a }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}',
        { l: Array.from({ length: 80 }, () => 'aaaaaaaaaa') },
      ),
    ).toContain('failed')
    expect(draw(`${'x'.repeat(300_001)}`)).toContain('wrong')
  })

  test('a fault names its line and column', () => {
    expect(draw('첫 줄\n둘째 {% if %} 줄')).toBe('wrong 2:9')
    expect(draw('{{ name | nope }}')).toBe('wrong 1:1')
  })
})

test('whatever a shopper typed stays text in HTML', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const html = draw('<p title="{{ typed }}">{{ typed }}</p>', { typed }, 'html')
      expect(html.match(/[<>"']/g)?.join('')).toBe('<""><>')
    }),
  )
})

test('the same template, scope and time give the same text', () => {
  const source = "{{ customer.name | nim }} {{ at | kdate: 'M/D HH:mm' }} {{ at | days_left }}"
  const scope = { customer: { name: '하늘' }, at: Date.UTC(2026, 11, 1) }
  expect(draw(source, scope)).toBe(draw(source, scope))
  expect(draw(source, scope)).toBe('하늘님 12/1 09:00 9')
})
