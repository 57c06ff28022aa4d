import { unreachable } from '../lib/assert.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import type { Failing } from './failing.ts'
import { propertyNouns } from './property-nouns.ts'
import type { NumberTest, PropertyTest } from './value-test.ts'

type Language = 'ko' | 'en'
type Said = { readonly ko: string; readonly en: string }

/**
 * A condition that did not hold, short, with what was found: `조건 가격 50,000 이상 · 실제 12,000`. Undefined for what cannot
 * be told of one value.
 */
export function failingWords(stored: Json | undefined): Said | undefined {
  const one = failingOf(stored)
  if (one?.kind !== 'property') return undefined
  const said = (language: Language) => {
    const wanted = `${noun(one.path, language)} ${tested(one.is, language)}`
    const was = one.was === null ? none[language] : shown(one.was, language)
    return language === 'ko'
      ? `조건 ${wanted}${one.not ? ' 아님' : ''} · 실제 ${was}`
      : `wanted ${one.not ? 'not ' : ''}${wanted} · was ${was}`
  }
  return { ko: said('ko'), en: said('en') }
}

const none = { ko: '없음', en: 'none' } as const

/** It was written by failing.ts; only its outline is looked at. */
function failingOf(stored: Json | undefined): Failing | undefined {
  if (!isJsonObject(stored) || (stored.kind !== 'property' && stored.kind !== 'products'))
    return undefined
  return stored as unknown as Failing
}

function noun(path: string, language: Language): string {
  const nouns: Readonly<Record<string, Said>> = propertyNouns
  return Object.hasOwn(nouns, path) ? (nouns[path]?.[language] ?? path) : path
}

function shown(value: string | number | boolean, language: Language): string {
  switch (typeof value) {
    case 'number':
      return value.toLocaleString('en-US')
    case 'boolean':
      return language === 'ko' ? (value ? '예' : '아니요') : value ? 'yes' : 'no'
    default:
      return `‘${value}’`
  }
}

function tested(is: PropertyTest, language: Language): string {
  const ko = language === 'ko'
  if (is.op === 'exists') return ko ? '있음' : 'present'
  switch (is.type) {
    case 'text':
      return textTested(is, language)
    case 'number':
      return numberTested(is, language)
    case 'boolean':
      return shown(is.value, language)
    case 'date': {
      if (is.than.op === 'between') return `${is.than.from} – ${is.than.to}`
      const before = is.than.op === 'before'
      return ko
        ? `${is.than.at} ${before ? '이전' : '이후'}`
        : `${before ? 'before' : 'from'} ${is.than.at}`
    }
    default:
      return unreachable(is)
  }
}

type TextTested = Exclude<
  Extract<PropertyTest, { readonly type: 'text' }>,
  { readonly op: 'exists' }
>

function textTested(is: TextTested, language: Language): string {
  const ko = language === 'ko'
  switch (is.op) {
    case 'any-of': {
      const some = is.values.slice(0, 3).map((one) => `‘${one}’`)
      const more = is.values.length > some.length ? ' …' : ''
      return `${some.join(', ')}${more} ${ko ? '중 하나' : '(one of)'}`
    }
    case 'equals':
      return `‘${is.value}’`
    case 'contains':
      return ko ? `‘${is.value}’ 포함` : `containing ‘${is.value}’`
    case 'starts-with':
      return ko ? `‘${is.value}’로 시작` : `beginning with ‘${is.value}’`
    default:
      return unreachable(is)
  }
}

const comparisons = {
  '=': { ko: '', en: '' },
  '>=': { ko: ' 이상', en: 'at least ' },
  '<=': { ko: ' 이하', en: 'at most ' },
  '>': { ko: ' 초과', en: 'over ' },
  '<': { ko: ' 미만', en: 'under ' },
} as const

function numberTested(is: Exclude<NumberTest, { readonly op: 'exists' }>, language: Language) {
  const number = (value: number) => value.toLocaleString('en-US')
  if (is.op === 'any-of') return is.values.slice(0, 3).map(number).join(', ')
  if (is.than.op === 'between') return `${number(is.than.from)}–${number(is.than.to)}`
  const word = comparisons[is.than.op][language]
  return language === 'ko' ? `${number(is.than.value)}${word}` : `${word}${number(is.than.value)}`
}
