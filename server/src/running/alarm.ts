import { dayMs, minuteMs } from '../lib/duration.ts'
import type { Morning } from '../reports/morning/morning.ts'
import { checkSentence } from './check-words.ts'
import type { Finding } from './checks.ts'

/** A trouble as it is kept; UTC ms. */
export type Trouble = {
  readonly finding: Finding
  readonly since: number
  readonly isOver: boolean
  /** How often every place was told. */
  readonly rounds: number
  readonly nextAt: number
}
/** A trouble that was kept, and whether any place heard of it: others may still be out of reach. */
type KnownTrouble = Trouble & { readonly isHeard: boolean }

/** What is bad for a moment is no trouble yet. */
const settleMs = 2 * minuteMs
/** A trouble that goes on is told again. */
const againMs = dayMs

/** What becomes of a known trouble, or of a check that was well, when it is looked at: kept, or forgotten. */
export function after(
  known: KnownTrouble | undefined,
  finding: Finding,
  now: number,
): Trouble | undefined {
  if (finding.state === 'bad') {
    if (!known) return { finding, since: now, isOver: false, rounds: 0, nextAt: now + settleMs }
    // It came back before anybody was told that it was over: the same trouble.
    const nextAt = known.isOver ? now + settleMs : known.nextAt
    return { ...known, finding, isOver: false, nextAt }
  }
  // Nobody heard of it, so nobody need hear that it is over.
  if (!known?.isHeard) return undefined
  return known.isOver ? known : { ...known, finding, isOver: true, nextAt: now }
}

/** When a trouble is told the next time, after everybody was told now; undefined: never again, it is over. */
export const nextRound = (trouble: Trouble, now: number): number | undefined =>
  trouble.isOver ? undefined : now + againMs

type ShopOf = {
  readonly name: string
  readonly language: 'ko' | 'en'
  readonly timeZone: string
}

const words = {
  ko: {
    begun: (title: string) => `${title} 문제가 생겼어요`,
    still: (title: string) => `${title} 문제가 아직 있어요`,
    over: (title: string) => `${title} 문제가 풀렸어요`,
    open: '서버 상태 보기',
    found: '무슨 일인가요',
    since: (minutes: number) => `${minutes}분째예요.`,
    lasted: (minutes: number) => `${minutes}분 동안 이어졌어요.`,
    todo: '할 일',
  },
  en: {
    begun: (title: string) => `Trouble: ${title}`,
    still: (title: string) => `Still in trouble: ${title}`,
    over: (title: string) => `Over: ${title}`,
    open: 'Open the state of the server',
    found: 'What happens',
    since: (minutes: number) => `For ${minutes} min.`,
    lasted: (minutes: number) => `It lasted ${minutes} min.`,
    todo: 'What to do',
  },
} as const

/** The message of a trouble that begins, goes on or is over, in the shop's language. */
export function alarmOf(trouble: Trouble, shop: ShopOf, now: number): Morning {
  const said = words[shop.language]
  const { title, says, todo } = checkSentence(trouble.finding, shop)
  const which = trouble.isOver ? 'over' : trouble.rounds === 0 ? 'begun' : 'still'
  const minutes = Math.max(1, Math.round((now - trouble.since) / minuteMs))
  // What waits says itself for how long, and that is longer than the trouble has been known.
  const lasts = { begun: [], still: [said.since(minutes)], over: [said.lasted(minutes)] }[which]
  return {
    subject: `[${shop.name}] ${said[which](title)}`,
    parts: [
      { title: said.found, lines: [says, ...lasts] },
      ...(todo === null ? [] : [{ title: said.todo, lines: [todo] }]),
    ],
    leadsTo: { path: '/settings/running', says: said.open },
  }
}
