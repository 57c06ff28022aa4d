import type { Language } from '../app/language.ts'
import { count, people } from '../design/format.ts'

/** About how many, in nineteen cases of twenty from `low` to `high`, of so many customers in all. */
export type About = {
  readonly count: number
  readonly low: number
  readonly high: number
  readonly of: number
}

/** A shop of more customers than this is told about how many while it waits. */
const manyCustomers = 200_000
/** So is whoever waited longer than this for the last exact answer, ms. */
const longWaitMs = 700

/** What is known of how long a count takes: how many customers there are, and how long the last one took. */
export type Pace = { readonly customers: number | undefined; readonly lastMs: number }

/** Whether to ask about how many; also while nothing is known of the shop. */
export function asksAbout({ customers, lastMs }: Pace): boolean {
  return customers === undefined || customers > manyCustomers || lastMs > longWaitMs
}

/** Whether to show it: somebody whose shop is small and quick never sees an estimate. */
export function showsAbout({ customers = 0, lastMs }: Pace): boolean {
  return customers > manyCustomers || lastMs > longWaitMs
}

/**
 * `약 12,300명` / `about 12,300 people`, in as many digits as the range allows; `90명 이하` / `at most 90 people` where these
 * would say 0, and the number itself where it is exact.
 */
export function aboutPeople(about: About, language: Language): string {
  if (about.low === about.high) return people(about.count, language)
  const step = stepOf(about)
  const rounded = Math.round(about.count / step) * step
  if (rounded === 0) {
    const most = people(upTo(about), language)
    return language === 'ko' ? `${most} 이하` : `at most ${most}`
  }
  return `${language === 'ko' ? '약' : 'about'} ${people(rounded, language)}`
}

/** `11,800~12,800명` / `11,800 to 12,800 people`. */
export function rangeOfPeople(about: About, language: Language): string {
  const from = count(Math.floor(about.low / stepOf(about)) * stepOf(about), language)
  return `${from}${language === 'ko' ? '~' : ' to '}${people(upTo(about), language)}`
}

function upTo(about: About): number {
  return Math.min(about.of, Math.ceil(about.high / stepOf(about)) * stepOf(about))
}

/** A power of ten not above half the range: digits below it would say more than is known. */
function stepOf({ low, high }: About): number {
  return 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, (high - low) / 2))))
}
