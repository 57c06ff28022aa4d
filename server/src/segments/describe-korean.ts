import { unreachable } from '../lib/assert.ts'
import type { Condition, Definition } from './definition.ts'
import { campaignCalled, koreanFact, segmentCalled } from './describe-person.ts'
import { koreanSequence } from './describe-sequence.ts'
import type { EventCondition, Window } from './event-condition.ts'
import type { Filter } from './filter.ts'
import {
  type Clause,
  compared,
  did,
  didNot,
  exists,
  is,
  isNot,
  joined,
  moment,
  spanned,
  tested,
  timed,
  verb,
  withParticle,
} from './korean-clause.ts'

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
  'Order Shipped': '배송 시작',
  'Order Delivered': '배송 완료',
  'Order Cancelled': '주문 취소',
  'Signed Up': '회원 가입',
  'Signed In': '로그인',
  'Points Changed': '적립금 변동',
  'Coupon Issued': '쇼핑몰 쿠폰 받기',
  'Coupon Used': '쇼핑몰 쿠폰 사용',
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
  coupon_name: '쿠폰 이름',
  points: '적립금',
  points_change: '바뀐 적립금',
  points_balance: '남은 적립금',
}

type Names = (name: string) => string

/** "최근 7일 동안 상품 보기를 2번 이상 했고 주문 완료를 한 번도 하지 않은 고객". */
export function koreanSentence(
  { where }: Definition,
  naming: (name: string) => string | undefined,
): string {
  const own = (name: string) => (Object.hasOwn(koreanNames, name) ? koreanNames[name] : undefined)
  return `${clause(where, (name) => naming(name) ?? own(name) ?? name).being} 고객`
}

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
      return tested(`${names(condition.path)}`, condition.is)
    case 'fact':
      return koreanFact(condition)
    case 'random':
      return verb(`무작위 ${condition.from}~${condition.to}%('${condition.seed}')에 드`, '는')
    case 'segment':
      return verb(`세그먼트 ${segmentCalled(condition.segment, names)}에 속하`, '는')
    case 'member':
      return is(condition.is === 'member' ? '회원' : '비회원')
    case 'event':
      return eventClause(condition, names)
    case 'sequence':
      return koreanSequence(condition, (one) => happened(one, names))
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

function happened(
  { event, where }: { readonly event: string; readonly where?: Filter | undefined },
  names: Names,
): string {
  return `${where ? `${filtered(where, names)} ` : ''}${names(event)}`
}

function eventClause({ event, where, window, measure }: EventCondition, names: Names): Clause {
  const when = within(window)
  const what = happened({ event, where }, names)
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
    case 'sum':
    case 'avg':
    case 'min':
    case 'max': {
      const unit = measure.currency === 'KRW' ? '원' : (measure.currency ?? '')
      const kind = { sum: '합계가', avg: '평균이', min: '최솟값이', max: '최댓값이' }[measure.of]
      return is(`${when}${what}의 ${names(measure.path)} ${kind} ${compared(measure.is, unit)}`)
    }
    case 'distinct': {
      const values = withParticle(names(measure.path), '이/가')
      return is(`${when}${what}의 서로 다른 ${values} ${compared(measure.is, '가지')}`)
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
      case 'property': {
        const campaign = campaignCalled(one, names)
        return campaign
          ? is(`${withParticle(names(one.path), '이/가')} ${campaign}`)
          : tested(names(one.path), one.is)
      }
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

const calendarWords = {
  this: { day: '오늘', week: '이번 주에', month: '이번 달에' },
  last: { day: '어제', week: '지난주에', month: '지난달에' },
}

function within(window: Window): string {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'rolling':
      return window.until
        ? `${spanned(window.span)} 전부터 ${spanned(window.until)} 전까지 `
        : `최근 ${spanned(window.span)} 동안 `
    case 'between':
      return `${moment(window.from)}부터 ${moment(window.to)} 전까지 `
    case 'before':
      return `${moment(window.at)} 전에 `
    case 'after':
      return `${moment(window.at)} 이후에 `
    case 'calendar':
      return `${calendarWords[window.which][window.unit]} `
    default:
      return unreachable(window)
  }
}
