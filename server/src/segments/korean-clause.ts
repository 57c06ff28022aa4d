import { unreachable } from '../lib/assert.ts'
import type { AnniversaryTest } from './anniversary.ts'
import type { NumberComparison, Span, TimeComparison } from './comparison.ts'
import type { ListTest, TraitTest } from './value-test.ts'

/** A predicate in the three forms that joining needs: 했고, 했거나, 한. */
export type Clause = { readonly and: string; readonly or: string; readonly being: string }

/** 회원인. */
export const is = (text: string): Clause => ({
  and: `${text}이고`,
  or: `${text}이거나`,
  being: `${text}인`,
})
/** 포함하는. */
export const does = (text: string): Clause => ({
  and: `${text}하고`,
  or: `${text}하거나`,
  being: `${text}하는`,
})
/** 2번 이상 한. */
export const did = (text: string): Clause => ({
  and: `${text} 했고`,
  or: `${text} 했거나`,
  being: `${text} 한`,
})
/** 한 번도 하지 않은. */
export const didNot = (text: string): Clause => ({
  and: `${text} 하지 않았고`,
  or: `${text} 하지 않았거나`,
  being: `${text} 하지 않은`,
})
/** 상품이 있는. */
export const exists = (text: string): Clause => ({
  and: `${text} 있고`,
  or: `${text} 있거나`,
  being: `${text} 있는`,
})
/** 경우가 아닌. */
export const isNot = (text: string): Clause => ({
  and: `${text} 아니고`,
  or: `${text} 아니거나`,
  being: `${text} 아닌`,
})

/** Clauses after each other, all but the last with 고 or 거나. */
export function joined(kind: 'all' | 'any', clauses: readonly Clause[]): Clause {
  const last = clauses.at(-1) ?? is('누구나')
  const before = clauses
    .slice(0, -1)
    .map((one) => `${kind === 'all' ? one.and : one.or} `)
    .join('')
  return { and: before + last.and, or: before + last.or, being: before + last.being }
}

/** What is said of a value: 등급이 'VIP'인. */
export function tested(name: string, test: TraitTest): Clause {
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
      return test.op === 'anniversary' ? returns(subject, test) : timed(subject, test.than)
    case 'list':
      return holding(name, test)
    default:
      return unreachable(test)
  }
}

/** 3번 이상. */
export function compared(than: NumberComparison, unit: string): string {
  if (than.op === 'between') return `${figure(than.from)}~${figure(than.to)}${unit}`
  const words = { '=': '', '>=': ' 이상', '<=': ' 이하', '>': ' 초과', '<': ' 미만' }
  return `${figure(than.value)}${unit}${words[than.op]}`
}

function returns(subject: string, { inDays: { from, to } }: AnniversaryTest): Clause {
  const day = (days: number): string => {
    if (days === 0) return '오늘'
    return days < 0 ? `${-days}일 전` : `${days}일 뒤`
  }
  const when = from === to ? day(from) : `${day(from)}부터 ${day(to)}까지`
  return verb(`${subject} ${when} 돌아오`, '는')
}

function holding(name: string, test: Exclude<ListTest, { readonly op: 'exists' }>): Clause {
  const values = test.values.map(quoted).join(', ')
  switch (test.op) {
    case 'has-any':
      return exists(`${name}에 ${values} 중 하나라도`)
    case 'has-all':
      return exists(`${name}에 ${withParticle(values, '이/가')} 모두`)
    case 'has-none':
      return verb(`${name}에 ${withParticle(values, '이/가')} 없`, '는')
    default:
      return unreachable(test.op)
  }
}

/** A stem with its endings: 속하고, 속하거나, 속하는. */
export const verb = (stem: string, being: '는' | '은' = '는'): Clause => ({
  and: `${stem}고`,
  or: `${stem}거나`,
  being: `${stem}${being}`,
})

/** 최근 30일 안인. */
export function timed(subject: string, than: TimeComparison): Clause {
  switch (than.op) {
    case 'before':
      return is(`${subject} ${moment(than.at)} 전`)
    case 'after':
      return is(`${subject} ${moment(than.at)} 이후`)
    case 'between':
      return is(`${subject} ${moment(than.from)}부터 ${moment(than.to)} 전까지`)
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

/** 2026년 1월 1일, with the time of day unless it is midnight, and the zone unless it is Korea's. */
export function moment(instant: string): string {
  const [date = '', rest = ''] = instant.split(/[Tt ]/)
  const [year, month, day] = date.split('-').map(Number)
  const time = rest.slice(0, 5)
  const zone = rest.replace(/^[\d:.]*/, '')
  const shown = time === '' || time === '00:00' ? '' : ` ${time}`
  const apart = zone === '' || zone === '+09:00' ? '' : `(${/^z$/i.test(zone) ? 'UTC' : zone})`
  return `${year}년 ${month}월 ${day}일${shown}${apart}`
}

/** 30일. */
export function spanned({ amount, unit }: Span): string {
  return `${figure(amount)}${{ minutes: '분', hours: '시간', days: '일' }[unit]}`
}

/** A number with its thousands apart. */
export function figure(value: number): string {
  return value.toLocaleString('en')
}

/** A value as it stands in a sentence. */
export function quoted(text: string): string {
  return `'${text}'`
}

/** 을/를 and 이/가 by the last syllable; both for what is not Hangul. */
export function withParticle(word: string, pair: '을/를' | '이/가'): string {
  const [closed = '', open = ''] = pair.split('/')
  const code = (word.replace(/['")]+$/, '').at(-1) ?? '').charCodeAt(0)
  if (code < 0xac00 || code > 0xd7a3) return `${word}${closed}(${open})`
  return `${word}${(code - 0xac00) % 28 === 0 ? open : closed}`
}
