import type { ConsentChannel, ConsentSource } from '../../consent/consent.ts'
import { reconfirmFrom, resultTriedMs } from '../../consent/due.ts'
import { type LedgerEntry, resultDueAt, untoldWords } from '../../consent/project.ts'
import type { ConsentSettings } from '../../consent/settings.ts'
import { dayMs, epochDay } from '../../lib/duration.ts'
import type { Notice } from '../intent.ts'
import { type Carrier, noticeDay, type Said, saidSentence, type Tongue } from './texts.ts'

/** What one channel of a person owes them, and what they said there. */
export type Owed = {
  readonly channel: ConsentChannel
  readonly grantedAt: number | null
  readonly reconfirmDueAt: number | null
  readonly resultNoticeDueAt: number | null
  readonly ledger: readonly LedgerEntry[]
}

/** A notice that should go out. */
export type Wish = {
  readonly notice: Notice
  readonly carrier: Carrier
  readonly channels: readonly ConsentChannel[]
  /** What it tells, in words. */
  readonly text: string
  /** Up to which word, or which day, it tells: another that tells no more is not needed. */
  readonly upTo: number
  /** UTC ms of the last day. */
  readonly dueAt: number
}

/** Channels whose result a page has shown, so that no message is needed. */
type Shown = {
  readonly channels: readonly ConsentChannel[]
  /** Log position of the last word it is about. */
  readonly position: number
}

export type Look = {
  readonly wishes: readonly Wish[]
  readonly shown: Shown
  /** When to look at this person again, UTC ms; Infinity for never. */
  readonly next: number
}

/** What was due before this was due elsewhere: it is confirmed only where the shop asks for it, spread over a month. */
const reconfirmTriedMs = 16 * dayMs
const spreadDays = 30
/** Between two tries. */
export const retryMs = 2 * dayMs
/** A dormant account is looked at again so often; it is confirmed once its owner is back. */
const dormantMs = 30 * dayMs

/** By which channel a person is told about another. Kakao goes by text until there is a template for it. */
export function carrierOf(channel: ConsentChannel): Carrier {
  switch (channel) {
    case 'email':
    case 'web_push':
    case 'app_push':
      return 'email'
    case 'sms':
    case 'kakao':
    case 'phone':
      return 'sms'
  }
}

/** What must be told to a person at `now` (UTC ms), and when to look again. */
export function lookAt(
  owed: readonly Owed[],
  about: {
    readonly settings: ConsentSettings
    readonly now: number
    readonly tongue: Tongue
    readonly isDormant: boolean
    /** Spreads what was due long ago. */
    readonly customer: number
  },
): Look {
  const { settings, now, tongue } = about
  const results = settings.resultNotices
    ? owed.filter(({ ledger }) =>
        untoldWords(ledger).some((word) => now < resultDueAt(word) + resultTriedMs),
      )
    : []
  const shown = results.filter(isShown)
  const told = results.filter((one) => !isShown(one))
  const confirms = settings.reconfirms ? owed.filter((one) => one.reconfirmDueAt !== null) : []
  const due = confirms.filter(({ reconfirmDueAt: at }) => now >= reconfirmFrom(at ?? 0))
  const overdue = due.filter(({ reconfirmDueAt: at }) => now >= (at ?? 0) + reconfirmTriedMs)
  const today = epochDay(now) % spreadDays === about.customer % spreadDays
  const ripe = due.filter((one) => !overdue.includes(one) || (settings.reconfirmOverdue && today))
  const later = confirms.map(({ reconfirmDueAt: due }) => reconfirmFrom(due ?? 0))
  return {
    wishes: [
      ...byCarrier(told).map(([carrier, some]) => resultWish(carrier, some, tongue)),
      ...(about.isDormant ? [] : byCarrier(ripe)).map(([carrier, some]) =>
        reconfirmWish(carrier, some, tongue),
      ),
    ],
    shown: {
      channels: shown.map((one) => one.channel),
      position: lastPosition(shown),
    },
    next: Math.min(
      told.length > 0 ? now + retryMs : Infinity,
      ripe.length > 0 ? now + (about.isDormant ? dormantMs : retryMs) : Infinity,
      // Its own day of the month, whether or not the shop asks for it by then.
      overdue.length > 0 ? nextOwnDay(about.customer, now) : Infinity,
      ...later.filter((at) => at > now),
    ),
  }
}

/** The next day that is this person's among those over which old confirmations are spread, UTC ms. */
function nextOwnDay(customer: number, now: number): number {
  const today = epochDay(now)
  const ahead = (customer - today) % spreadDays
  return (today + (ahead > 0 ? ahead : ahead + spreadDays)) * dayMs
}

/** One cause a day: what failed is tried again another day, and nothing twice on one. */
export function causeOf(customer: number, wish: Wish, now: number): string {
  return ['notice', wish.notice, customer, wish.carrier, wish.upTo, epochDay(now)].join(':')
}

function byCarrier(owed: readonly Owed[]): readonly (readonly [Carrier, readonly Owed[]])[] {
  return [...Map.groupBy(owed, (one) => carrierOf(one.channel))]
}

const pages: ReadonlySet<LedgerEntry['source']> = new Set<ConsentSource>([
  'push_permission',
  'preference_centre',
])

/** A browser's notifications have no address of their own: the page that asked has said what came of it. */
function isShown(owed: Owed): boolean {
  return (
    owed.channel === 'web_push' && untoldWords(owed.ledger).every(({ source }) => pages.has(source))
  )
}

function resultWish(carrier: Carrier, owed: readonly Owed[], tongue: Tongue): Wish {
  const last = owed.flatMap(({ channel, ledger }) =>
    untoldWords(ledger).map((word) => ({ channel, word })),
  )
  const together = Map.groupBy(
    last,
    ({ word }) => `${noticeDay(word.at, tongue)}:${word.scope}:${word.kind === 'grant'}`,
  )
  const said = [...together.values()].flatMap((some): readonly Said[] => {
    const [first] = some
    if (!first) return []
    const { at, scope, kind } = first.word
    return [{ at, scope, granted: kind === 'grant', channels: some.map((one) => one.channel) }]
  })
  return {
    notice: 'consent_result',
    carrier,
    channels: owed.map((one) => one.channel),
    text: said
      .map((one) => saidSentence(one, tongue))
      .join(tongue.language === 'ko' ? ' 또한 ' : ' '),
    upTo: lastPosition(owed),
    dueAt: Math.min(...owed.map((one) => one.resultNoticeDueAt ?? Infinity)),
  }
}

function lastPosition(owed: readonly Owed[]): number {
  const words = owed.flatMap(({ ledger }) => untoldWords(ledger))
  return Math.max(0, ...words.map(({ position }) => position))
}

function reconfirmWish(carrier: Carrier, owed: readonly Owed[], tongue: Tongue): Wish {
  const { language } = tongue
  const byDay = Map.groupBy(owed, (one) => noticeDay(one.grantedAt ?? 0, tongue))
  const said = [...byDay.values()].map((some) =>
    agreedSentence(
      some[0]?.grantedAt ?? 0,
      some.map((one) => one.channel),
      tongue,
    ),
  )
  const dueAt = Math.min(...owed.map((one) => one.reconfirmDueAt ?? Infinity))
  return {
    notice: 'consent_reconfirm',
    carrier,
    channels: owed.map((one) => one.channel),
    text: said.join(language === 'ko' ? ' 또한 ' : ' '),
    upTo: dueAt,
    dueAt,
  }
}

function agreedSentence(at: number, channels: readonly ConsentChannel[], tongue: Tongue): string {
  const sentence = saidSentence({ at, channels, scope: 'ad_day', granted: true }, tongue)
  // What was confirmed then needs no word on its processing now.
  return tongue.language === 'ko'
    ? sentence.replace('동의하셨고, 정상 처리되었습니다.', '동의하셨습니다.')
    : sentence.replace(' This is now in effect.', '')
}
