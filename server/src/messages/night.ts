import type { ConsentState } from '../consent/consent.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { hash32 } from '../lib/random.ts'
import type { MessageChannel, Purpose } from './intent.ts'

/** What a message and its reader have to do with the night. */
export type NightAsked = {
  readonly channel: MessageChannel
  readonly purpose: Purpose
  readonly consent: Pick<ConsentState, 'adNight'> | undefined
  /** Nothing is handed over in the last minutes before it is forbidden, so that nothing arrives too late. */
  readonly marginMinutes: number
  /** Releases in the morning are spread over so long. */
  readonly spreadMinutes: number
  /** Whose place in the morning it is: the same person always has the same one on the same day. */
  readonly seed: string
}

export type Night = {
  /** `channel_hours`: the person agreed to the night, the channel itself does not take it. */
  readonly reason: 'night' | 'channel_hours'
  /** UTC ms: when it may go, spread over the first minutes of the morning. */
  readonly until: number
}

/** Korea has one clock and has not moved it since 1988; the law's night is there, wherever the shop is. */
const seoulOffsetMs = 9 * hourMs
const startMs = 21 * hourMs
const endMs = 8 * hourMs
/** A mail wakes nobody, a page is looked at by who is awake. */
const nightless: ReadonlySet<MessageChannel> = new Set(['email', 'webhook', 'onsite'])
/** Kakao takes Brand Messages until 20:50 and leaves it to nobody's consent; 20:45 keeps five minutes. */
const kakaoStartMs = 20 * hourMs + 45 * minuteMs

/**
 * Whether `at` (UTC ms) falls in the night that binds this message, and until when. Article 50(3) of the Network Act and
 * article 61(2) of its decree: 21:00 to 08:00 needs a consent of its own, e-mail excepted; 08:00:00 is allowed, 21:00:00 is not.
 */
export function nightAt(at: number, asked: NightAsked): Night | undefined {
  if (asked.purpose === 'informational') return undefined
  if (nightless.has(asked.channel)) return undefined
  const byLaw = asked.consent?.adNight !== true
  const lawful = startMs - marginMs(asked.marginMinutes)
  const starts = asked.channel === 'kakao' ? Math.min(kakaoStartMs, lawful) : lawful
  if (!byLaw && asked.channel !== 'kakao') return undefined
  const seoul = at + seoulOffsetMs
  const midnight = Math.floor(seoul / dayMs) * dayMs
  const timeOfDay = seoul - midnight
  if (timeOfDay >= endMs && timeOfDay < starts) return undefined
  const morning = (timeOfDay >= starts ? midnight + dayMs : midnight) + endMs - seoulOffsetMs
  return {
    reason: byLaw ? 'night' : 'channel_hours',
    until: morning + placeIn(morning, asked),
  }
}

/** A hand-over may take two minutes from the look under lock to the provider; a shop may ask for more, not for less. */
function marginMs(minutes: number): number {
  return Math.max(2, minutes) * minuteMs
}

function placeIn(morning: number, { seed, spreadMinutes }: NightAsked): number {
  return Math.floor((hash32(`${seed}:${morning}`) / 4_294_967_296) * spreadMinutes * minuteMs)
}

/** How long (ms) messages of this channel may still be handed over today; 0 in the night. For "so many fit today". */
export function leftToday(
  at: number,
  asked: Pick<NightAsked, 'channel' | 'purpose' | 'marginMinutes'>,
): number | null {
  const someone = { ...asked, consent: undefined, spreadMinutes: 0, seed: '' }
  const seoul = at + seoulOffsetMs
  const midnight = Math.floor(seoul / dayMs) * dayMs
  const noon = midnight + 12 * hourMs - seoulOffsetMs
  // Channels that the night does not bind are free at midnight too.
  if (nightAt(noon + 12 * hourMs, someone) === undefined) return null
  if (nightAt(at, someone) !== undefined) return 0
  const lawful = startMs - marginMs(asked.marginMinutes)
  const starts = asked.channel === 'kakao' ? Math.min(kakaoStartMs, lawful) : lawful
  return midnight + starts - seoul
}
