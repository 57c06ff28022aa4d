import { unreachable } from '../lib/assert.ts'
import type { NumberComparison, Span, TimeComparison } from './comparison.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition, Window } from './event-condition.ts'
import type { Filter } from './filter.ts'
import type { TraitTest } from './value-test.ts'

/** Korean words for Segment's e-commerce events and the properties that conditions use most. */
export const koreanNames: Readonly<Record<string, string>> = {
  'Page Viewed': '페이지 보기',
  'Product Viewed': '상품 보기',
  'Product List Viewed': '상품 목록 보기',
  'Products Searched': '상품 검색',
  'Product Added': '장바구니 담기',
  'Product Removed': '장바구니에서 빼기',
  'Cart Viewed': '장바구니 보기',
  'Checkout Started': '주문서 작성 시작',
  'Order Completed': '주문 완료',
  'Order Refunded': '환불',
  'Order Cancelled': '주문 취소',
  'Signed Up': '회원 가입',
  'Signed In': '로그인',
  'Visit Started': '방문',
  value: '금액',
  quantity: '수량',
  price: '가격',
  product_id: '상품 번호',
  name: '이름',
  category: '카테고리',
  brand: '브랜드',
  query: '검색어',
  order_id: '주문 번호',
  grade: '등급',
}

type Names = (name: string) => string

/** "최근 7일 동안 상품 보기를 2번 이상 했고 주문 완료를 한 번도 하지 않은 고객". */
export function koreanSentence(
  { where }: Definition,
  naming: Names = (name) => (Object.hasOwn(koreanNames, name) ? (koreanNames[name] ?? name) : name),
): string {
  return `${clause(where, naming).being} 고객`
}

/** A predicate in the three forms that joining needs: 했고, 했거나, 한. */
type Clause = { readonly and: string; readonly or: string; readonly being: string }

const is = (text: string): Clause => ({
  and: `${text}이고`,
  or: `${text}이거나`,
  being: `${text}인`,
})
const does = (text: string): Clause => ({
  and: `${text}하고`,
  or: `${text}하거나`,
  being: `${text}하는`,
})
const did = (text: string): Clause => ({
  and: `${text} 했고`,
  or: `${text} 했거나`,
  being: `${text} 한`,
})
const didNot = (text: string): Clause => ({
  and: `${text} 하지 않았고`,
  or: `${text} 하지 않았거나`,
  being: `${text} 하지 않은`,
})
const exists = (text: string): Clause => ({
  and: `${text} 있고`,
  or: `${text} 있거나`,
  being: `${text} 있는`,
})
const isNot = (text: string): Clause => ({
  and: `${text} 아니고`,
  or: `${text} 아니거나`,
  being: `${text} 아닌`,
})

function clause(condition: Condition, names: Names): Clause {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return joined(
        condition.kind,
        condition.of.map((one) => bracketed(one, names)),
      )
    case 'not':
      return isNot(`${clause(condition.of, names).being} 경우가`)
    case 'trait':
    case 'fact':
      return tested(`${names(condition.path)}`, condition.is)
    case 'member':
      return is(condition.is === 'member' ? '회원' : '비회원')
    case 'event':
      return eventClause(condition, names)
    default:
      return unreachable(condition)
  }
}

/** A group within a group reads as one thing. */
function bracketed(condition: Condition, names: Names): Clause {
  const inner = clause(condition, names)
  if (condition.kind !== 'all' && condition.kind !== 'any') return inner
  return condition.of.length > 1 ? is(`(${inner.being}) 경우`) : inner
}

function joined(kind: 'all' | 'any', clauses: readonly Clause[]): Clause {
  const last = clauses.at(-1) ?? is('누구나')
  const before = clauses
    .slice(0, -1)
    .map((one) => `${kind === 'all' ? one.and : one.or} `)
    .join('')
  return { and: before + last.and, or: before + last.or, being: before + last.being }
}

function eventClause({ event, where, window, measure }: EventCondition, names: Names): Clause {
  const when = within(window)
  const what = `${where ? `${filtered(where, names)} ` : ''}${names(event)}`
  switch (measure.of) {
    case 'count': {
      const { is: than } = measure
      const never =
        than.op !== 'between' &&
        ((than.op === '=' && than.value === 0) || (than.op === '<' && than.value === 1))
      const object = withParticle(what, '을/를')
      return never
        ? didNot(`${when}${object} 한 번도`)
        : did(`${when}${object} ${compared(than, '번')}`)
    }
    case 'sum': {
      const unit = measure.currency === 'KRW' ? '원' : (measure.currency ?? '')
      return is(`${when}${what}의 ${names(measure.path)} 합계가 ${compared(measure.is, unit)}`)
    }
    case 'first':
    case 'last':
      return timed(
        `${when}${measure.of === 'first' ? '처음' : '마지막'} ${withParticle(what, '이/가')}`,
        measure.is,
      )
    default:
      return unreachable(measure)
  }
}

function filtered(filter: Filter, names: Names): string {
  const walk = (one: Filter): Clause => {
    switch (one.kind) {
      case 'all':
      case 'any':
        return joined(one.kind, one.of.map(walk))
      case 'not':
        return isNot(`${walk(one.of).being} 것이`)
      case 'property':
        return tested(names(one.path), one.is)
      case 'products': {
        const lines = joined(
          'all',
          one.where.map(({ field, is: test }) => tested(names(field), test)),
        )
        return one.match === 'any'
          ? exists(`${lines.being} 상품이`)
          : is(`모든 상품이 ${lines.being} 것`)
      }
      default:
        return unreachable(one)
    }
  }
  return walk(filter).being
}

function tested(name: string, test: TraitTest): Clause {
  const subject = withParticle(name, '이/가')
  if (test.op === 'exists') return exists(subject)
  switch (test.type) {
    case 'text':
      if (test.op === 'any-of')
        return is(`${subject} ${test.values.map(quoted).join(', ')} 중 하나`)
      if (test.op === 'equals') return is(`${subject} ${quoted(test.value)}`)
      if (test.op === 'contains')
        return does(`${subject} ${withParticle(quoted(test.value), '을/를')} 포함`)
      return does(`${subject} ${quoted(test.value)}(으)로 시작`)
    case 'number':
      if (test.op === 'any-of')
        return is(`${subject} ${test.values.map(figure).join(', ')} 중 하나`)
      return is(`${subject} ${compared(test.than, '')}`)
    case 'boolean':
      return is(`${subject} ${test.value ? "'예'" : "'아니요'"}`)
    case 'date':
      return timed(subject, test.than)
    default:
      return unreachable(test)
  }
}

function compared(than: NumberComparison, unit: string): string {
  if (than.op === 'between') return `${figure(than.from)}~${figure(than.to)}${unit}`
  const words = { '=': '', '>=': ' 이상', '<=': ' 이하', '>': ' 초과', '<': ' 미만' }
  return `${figure(than.value)}${unit}${words[than.op]}`
}

function timed(subject: string, than: TimeComparison): Clause {
  switch (than.op) {
    case 'before':
      return is(`${subject} ${than.at} 전`)
    case 'after':
      return is(`${subject} ${than.at} 이후`)
    case 'between':
      return is(`${subject} ${than.from}부터 ${than.to} 전까지`)
    case 'within-last':
      return is(`${subject} 최근 ${spanned(than.span)} 안`)
    case 'within-next':
      return is(`${subject} 앞으로 ${spanned(than.span)} 안`)
    case 'at-least-ago':
      return is(`${subject} ${spanned(than.span)}보다 오래전`)
    default:
      return unreachable(than)
  }
}

function within(window: Window): string {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'rolling':
      return `최근 ${spanned(window.span)} 동안 `
    case 'between':
      return `${window.from}부터 ${window.to} 전까지 `
    default:
      return unreachable(window)
  }
}

function spanned({ amount, unit }: Span): string {
  return `${figure(amount)}${{ minutes: '분', hours: '시간', days: '일' }[unit]}`
}

function figure(value: number): string {
  return value.toLocaleString('en')
}

function quoted(text: string): string {
  return `'${text}'`
}

/** 을/를 and 이/가 by the last syllable; both for what is not Hangul. */
function withParticle(word: string, pair: '을/를' | '이/가'): string {
  const [closed = '', open = ''] = pair.split('/')
  const code = (word.replace(/['")]+$/, '').at(-1) ?? '').charCodeAt(0)
  if (code < 0xac00 || code > 0xd7a3) return `${word}${closed}(${open})`
  return `${word}${(code - 0xac00) % 28 === 0 ? open : closed}`
}
