import { type ConsentChannel, type ConsentScope, contactChannel } from '../../consent/consent.ts'
import { isLent, normaliseEmail, normalisePhone } from '../../customers/contact.ts'
import { nameOf } from '../files/cells.ts'
import { addressKind, type ColumnKind, type Columns } from './columns.ts'
import { readRowDate } from './row-date.ts'

/** What a file holds: people's consents, the toll-free number's list, or the refusals another tool took. */
export const importKinds = ['consents', 'optOut080', 'oldTool'] as const
export type ImportKind = (typeof importKinds)[number]

/** Why a line does nothing. */
export const rowFaults = [
  'no_person',
  'unreadable_address',
  'safe_number',
  'no_channel',
  'unknown_channel',
  'unclear_answer',
  'no_date',
  'unreadable_date',
  'future_date',
  'no_source',
  'not_found',
  'several_people',
] as const
export type RowFault = (typeof rowFaults)[number]

/** Everything a line says of who is meant; addresses are normalised. */
export type Who = {
  readonly user?: string
  readonly customer?: string
  readonly email?: string
  readonly phone?: string
}

/** One word of a line: yes or no, to what. `at` is UTC ms; a refusal may have none. */
export type RowWord = {
  readonly channel: ConsentChannel
  readonly granted: boolean
  readonly scope: ConsentScope
  readonly at: number | null
}

export type ReadRow =
  | { readonly line: number; readonly fault: RowFault; readonly cells: readonly string[] }
  | {
      readonly line: number
      readonly who: Who
      /** What the line calls them; undefined where it does not. */
      readonly name: string | undefined
      readonly words: readonly RowWord[]
      readonly evidence: Readonly<Record<string, string>>
      readonly wording: string | undefined
      readonly cells: readonly string[]
    }

/** How a file is read. */
export type Reading = {
  readonly kind: ImportKind
  readonly columns: Columns
  readonly zone: string
  /** UTC ms; what lies after it is not believed. */
  readonly now: number
  /** Where the consents were given, for lines that do not say. */
  readonly from: string
}

/** Reads a line, or says why it says nothing. A refusal needs no date; a consent needs its date and where it was given. */
export function readConsentRow(
  row: { readonly line: number; readonly cells: readonly string[] },
  reading: Reading,
): ReadRow {
  const cell = (kind: ColumnKind) => (row.cells[reading.columns.at.get(kind) ?? -1] ?? '').trim()
  const fault = (why: RowFault): ReadRow => ({ ...row, fault: why })
  const who = whoOf(cell, reading.kind === 'consents' ? [] : row.cells)
  if (typeof who === 'string') return fault(who)
  const words =
    reading.kind === 'consents'
      ? consentWords(cell, reading)
      : refusalWords(cell, reading.kind, who)
  if (typeof words === 'string') return fault(words)
  if (reading.kind === 'consents' && isGivenByLent(who, words)) return fault('safe_number')
  const from = cell('from') || reading.from
  if (words.some((word) => word.granted) && from === '') return fault('no_source')
  return {
    ...row,
    who,
    name: nameOf(cell('name')),
    words,
    wording: cell('wording').slice(0, 200) || undefined,
    evidence: {
      ...(from === '' ? {} : { from: from.slice(0, 200) }),
      ...(cell('ip') === '' ? {} : { ip: cell('ip').slice(0, 60) }),
      ...(cell('agent') === '' ? {} : { user_agent: cell('agent').slice(0, 500) }),
    },
  }
}

type Cell = (kind: ColumnKind) => string

/** A lent number (050) consents to nothing: nobody is found by it, and no text goes there. A refusal closes it all the same. */
function isGivenByLent({ user, customer, email, phone }: Who, words: readonly RowWord[]): boolean {
  if (phone === undefined || !isLent(phone) || (user ?? customer) !== undefined) return false
  return words.some(
    ({ channel, granted }) =>
      granted && (email === undefined || contactChannel(channel) === 'phone'),
  )
}

/** `anywhere`: cells that are looked into where no column of that name holds an address. A refusal must not be lost by its heading. */
function whoOf(cell: Cell, anywhere: readonly string[]): Who | 'no_person' | 'unreadable_address' {
  const [user, customer] = [cell('user'), cell('customer')]
  const found = (kind: 'email' | 'phone') => anywhere.find((one) => addressKind(one) === kind) ?? ''
  const email = normaliseEmail(cell('email') || found('email'))
  const phone = normalisePhone(cell('phone') || found('phone'))?.e164
  if (!user && !customer && !email && !phone)
    return cell('email') || cell('phone') ? 'unreadable_address' : 'no_person'
  return {
    ...(user ? { user: user.slice(0, 255) } : {}),
    ...(customer ? { customer } : {}),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  }
}

/** A phone number on a refusal list gets no advertising of any kind that travels by number. */
const phoneChannels = ['sms', 'kakao'] as const

function refusalWords(
  cell: Cell,
  kind: ImportKind,
  who: Who,
): readonly RowWord[] | 'unknown_channel' | 'no_channel' {
  const named = kind === 'oldTool' ? channelsIn(cell('channel')) : []
  if (named === undefined) return 'unknown_channel'
  const reached = [
    ...(who.email !== undefined && kind === 'oldTool' ? (['email'] as const) : []),
    ...(who.phone !== undefined ? phoneChannels : []),
  ]
  const channels = named.length > 0 ? named : reached
  if (channels.length === 0) return 'no_channel'
  // The list says no today, whatever day it writes: it outlives every consent that is here already.
  return channels.map((channel) => ({ channel, granted: false, scope: 'ad_day', at: null }))
}

function consentWords(cell: Cell, reading: Reading): readonly RowWord[] | RowFault {
  const answers = answersOf(cell)
  if (typeof answers === 'string') return answers
  const date = readDate(cell('date'), reading)
  if (typeof date === 'string') return date
  if (date === null && answers.some((one) => one.granted)) return 'no_date'
  const at = date?.at ?? null
  // A day without a time: a consent counts from its first instant, a refusal to its last.
  const last =
    date === null ? null : Math.min(date.at + (date.dayOnly ? 86_399_999 : 0), reading.now)
  const more = ['night', 'personal'] as const
  const extra: Partial<Record<(typeof more)[number], boolean>> = {}
  for (const kind of more) {
    const text = cell(kind)
    if (text === '') continue
    const said = yesOrNo(text)
    if (said === undefined) return 'unclear_answer'
    extra[kind] = said
  }
  return answers.flatMap(({ channel, granted }): readonly RowWord[] => [
    { channel, granted, scope: 'ad_day', at: granted ? at : last },
    ...(extra.night === undefined || !granted || channel === 'email'
      ? []
      : [{ channel, granted: extra.night, scope: 'ad_night' as const, at }]),
    ...(extra.personal === undefined || (extra.personal && at === null)
      ? []
      : [{ channel, granted: extra.personal, scope: 'personal_data_marketing' as const, at }]),
  ])
}

type Answer = { readonly channel: ConsentChannel; readonly granted: boolean }

/** One column of answers and one of channels, or a column of answers for each channel. */
function answersOf(cell: Cell): readonly Answer[] | RowFault {
  const wide = (['email', 'sms', 'kakao'] as const).flatMap((channel) => {
    const text = cell(`answer_${channel}`)
    return text === '' ? [] : [{ channel, granted: yesOrNo(text) }]
  })
  if (wide.length > 0) {
    if (wide.some((one) => one.granted === undefined)) return 'unclear_answer'
    return wide.map(({ channel, granted }) => ({ channel, granted: granted === true }))
  }
  const channels = channelsIn(cell('channel'))
  if (channels === undefined) return 'unknown_channel'
  if (channels.length === 0) return 'no_channel'
  const text = cell('answer')
  const granted = text === '' ? true : yesOrNo(text)
  if (granted === undefined) return 'unclear_answer'
  return channels.map((channel) => ({ channel, granted }))
}

function readDate(text: string, reading: Reading) {
  if (text === '') return null
  const date = readRowDate(text, reading.zone)
  if (!date) return 'unreadable_date' as const
  return date.at > reading.now ? ('future_date' as const) : date
}

const channelNames: Readonly<Record<string, ConsentChannel>> = {
  email: 'email',
  mail: 'email',
  이메일: 'email',
  메일: 'email',
  sms: 'sms',
  lms: 'sms',
  문자: 'sms',
  문자메시지: 'sms',
  kakao: 'kakao',
  카카오: 'kakao',
  카카오톡: 'kakao',
  알림톡: 'kakao',
  브랜드메시지: 'kakao',
  webpush: 'web_push',
  웹푸시: 'web_push',
  apppush: 'app_push',
  앱푸시: 'app_push',
  push: 'app_push',
  phone: 'phone',
  전화: 'phone',
}

/** `email`, `문자, 카카오톡`; empty names none, a word that is no channel gives undefined. */
function channelsIn(text: string): readonly ConsentChannel[] | undefined {
  const parts = text.split(/[,/·|;+]/).map((part) => part.toLowerCase().replace(/[\s_-]/g, ''))
  const named = parts.filter((part) => part !== '')
  const channels = named.map((part) => channelNames[part])
  if (channels.some((one) => one === undefined)) return undefined
  return [...new Set(channels.flatMap((one) => one ?? []))]
}

const yes = new Set(
  't true y yes 1 o 동의 동의함 수신 수신함 수신동의 허용 grant granted agree agreed subscribed'.split(
    ' ',
  ),
)
const no = new Set(
  'f false n no 0 x 거부 거절 미동의 동의안함 수신안함 수신거부 철회 비동의 refuse refused withdraw withdrawn unsubscribed'.split(
    ' ',
  ),
)

function yesOrNo(text: string): boolean | undefined {
  const word = text.toLowerCase().replace(/\s/g, '')
  if (yes.has(word)) return true
  return no.has(word) ? false : undefined
}
