import { josa as korean } from 'es-hangul'
import { dayMs } from '../lib/duration.ts'
import { localTime, startOfLocalDay } from '../lib/zone.ts'
import { eucKrBytes } from './sms/euc-kr.ts'

/** What a render is told about the world: the shop's zone and the time the message speaks from. */
export type RenderGlobals = {
  /** IANA name. */
  readonly zone: string
  /** UTC ms. */
  readonly now: number
}

type FilterContext = { readonly context: { readonly globals: object } }

/** Liquid filters for Korean commerce (docs/guide/templates.md). Wrong input gives empty text, never an error. */
export const koreanFilters = {
  krw,
  money,
  nim,
  josa,
  trunc_bytes: truncateBytes,
  web_url: webUrl,
  escape: (value: unknown) => value, // Every value is escaped already; the familiar word does no harm.
  kdate(this: FilterContext, value: unknown, format: unknown) {
    return koreanDate(value, format, globalsOf(this))
  },
  days_left(this: FilterContext, value: unknown) {
    return daysLeft(value, globalsOf(this))
  },
}

function globalsOf(filter: FilterContext): RenderGlobals {
  return filter.context.globals as RenderGlobals
}

/** 12345 to `12,345원`; halves away from zero. */
export function krw(value: unknown): string {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return ''
  const rounded = Math.sign(amount) * Math.round(Math.abs(amount))
  return `${rounded.toLocaleString('en-US').replace(/^-0$/, '0')}원`
}

/** An amount in the shop's currency: `12,345원`, `£12.34`. */
export function money(value: unknown, currency: unknown): string {
  const code = typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : 'KRW'
  if (code === 'KRW') return krw(value)
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return ''
  return amount.toLocaleString('en-US', { style: 'currency', currency: code })
}

const placeholders = new Set(['', '-', '.', '미입력', '없음', 'test', 'null', 'undefined', '고객'])

/** A name to its polite form: `김하늘` and `김하늘 님` to `김하늘님`; nobody or a placeholder to `고객님`. */
export function nim(value: unknown): string {
  const name = typeof value === 'string' ? value.replace(/(\s*님)+\s*$/u, '').trim() : ''
  return placeholders.has(name.toLowerCase()) ? '고객님' : `${name}님`
}

// How a last digit or Latin letter is read, so that the particle fits (L is 엘, 7 is 칠).
const readings: Readonly<Record<string, string>> = {
  0: '영', 1: '일', 2: '이', 3: '삼', 4: '사', 5: '오', 6: '육', 7: '칠', 8: '팔', 9: '구',
  l: '엘', m: '엠', n: '엔', r: '알',
} // biome-ignore format: a table
const particles = [
  '이/가',
  '을/를',
  '은/는',
  '으로/로',
  '와/과',
  '이나/나',
  '이란/란',
  '이랑/랑',
  '이라/라',
] as const

/** Appends the Korean particle that fits the last sound: `사과 | josa: '을/를'`; unknown sounds give `을(를)`. */
export function josa(value: unknown, option: unknown): string {
  const word = value === null || value === undefined ? '' : String(value)
  const pair = String(option ?? '')
  const wanted = pair === '과/와' ? '와/과' : pair === '로/으로' ? '으로/로' : pair
  const particle = particles.find((candidate) => {
    const [one, other] = candidate.split('/')
    return wanted === candidate || wanted === `${other}/${one}`
  })
  if (!particle || word === '') return word
  const spoken = word.replace(/[\s)\]}>'"’”」』.,!?]+$/u, '')
  const last = spoken.slice(-1)
  const syllable = /[가-힣]/u.test(last)
    ? last
    : (readings[last.toLowerCase()] ?? vowelLetter(last))
  if (syllable === undefined) {
    const [one, other] = particle.split('/')
    return `${word}${one}(${other})`
  }
  return word + korean.pick(syllable, particle)
}

function vowelLetter(letter: string): string | undefined {
  return /[a-z]/i.test(letter) ? '이' : undefined
}

/** Shortens to at most `limit` bytes of EUC-KR, ending in `…` when something was cut; never cuts a character in half. */
export function truncateBytes(value: unknown, limit: unknown): string {
  const text = value === null || value === undefined ? '' : String(value).normalize('NFC')
  const most = Number(limit)
  if (!Number.isFinite(most) || eucKrBytes(text) <= most) return text
  let kept = ''
  let bytes = 2
  for (const character of text) {
    bytes += eucKrBytes(character)
    if (bytes > most) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

/** An http or https address, or else the fallback (which must be one too), or else empty: no script ever becomes a link. */
export function webUrl(value: unknown, fallback: unknown = ''): string {
  for (const candidate of [value, fallback]) {
    const text = typeof candidate === 'string' ? candidate.trim() : ''
    if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).href
  }
  return ''
}

/** UTC ms or RFC 3339 text as ms; undefined for anything else. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e15) return value
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/.test(value))
    return undefined
  const parsed = Date.parse(value)
  return Number.isNaN(parsed) ? undefined : parsed
}

const weekdays = ['일', '월', '화', '수', '목', '금', '토']

/**
 * A time in the shop's zone by the tokens YYYY YY MM M DD D HH H mm and ddd (weekday): `YYYY년 M월 D일`, `M/D HH:mm`.
 * Takes UTC ms or RFC 3339 text.
 */
export function koreanDate(value: unknown, format: unknown, globals: RenderGlobals): string {
  const at = timeOf(value)
  if (at === undefined) return ''
  const wall = new Date(localTime(at, globals.zone))
  const two = (number: number) => String(number).padStart(2, '0')
  const tokens: Readonly<Record<string, string>> = {
    YYYY: String(wall.getUTCFullYear()),
    YY: two(wall.getUTCFullYear() % 100),
    MM: two(wall.getUTCMonth() + 1),
    M: String(wall.getUTCMonth() + 1),
    DD: two(wall.getUTCDate()),
    D: String(wall.getUTCDate()),
    HH: two(wall.getUTCHours()),
    H: String(wall.getUTCHours()),
    mm: two(wall.getUTCMinutes()),
    ddd: weekdays[wall.getUTCDay()] ?? '',
  }
  const pattern = typeof format === 'string' && format !== '' ? format : 'YYYY년 M월 D일'
  return pattern.replace(/YYYY|YY|MM|M|DD|D|HH|H|mm|ddd/g, (token) => tokens[token] ?? token)
}

/** Whole calendar days from now to the time, in the shop's zone; never below 0. */
export function daysLeft(value: unknown, globals: RenderGlobals): number | string {
  const at = timeOf(value)
  if (at === undefined) return ''
  const day = (ms: number) => localTime(startOfLocalDay(ms, globals.zone), globals.zone) / dayMs
  return Math.max(0, day(at) - day(globals.now))
}
