import { dayMs } from '../lib/duration.ts'
import { monthsLater } from './calendar.ts'
import type { ConsentKind, ConsentScope, ConsentSource, ConsentState } from './consent.ts'

/** One entry of the ledger, as far as the projection looks at it. */
export type LedgerEntry = {
  readonly kind: ConsentKind | 'reconfirm_sent' | 'result_notice_sent'
  readonly scope: ConsentScope
  /** When the person said so, UTC ms. */
  readonly at: number
  /** In the log; of a `result_notice_sent` that of the last word it tells of. */
  readonly position: number
  /** `notice` where Danggol itself told the person something. */
  readonly source: ConsentSource | 'notice'
}

/** What a channel of a person allows, and what the law makes due. */
export type Projection = ConsentState & {
  /** Two years after the last grant or reconfirmation (Article 50(8)); null while nothing is granted. */
  readonly reconfirmDueAt: number | null
  /** 14 days after the first standing word of the person that we still have to tell of (Article 50(7)); null once all are told. */
  readonly resultNoticeDueAt: number | null
}

/** How long the result of a consent or refusal may wait to be told (Article 50(7) of the Network Act). */
const resultNoticeMs = 14 * dayMs
/** Two years, after which a consent is confirmed again (Article 50(8)). */
const reconfirmMonths = 24

/**
 * Folds the ledger of one channel of one person. The last word by time of each scope counts; of two at the same time the
 * refusal counts. Refusing advertising refuses it at night too.
 */
export function projectConsents(ledger: readonly LedgerEntry[]): Projection {
  const said = saidIn(ledger)
  let adDay = false
  let adNight = false
  let personalDataMarketing = false
  let grantedAt: number | null = null
  let refusedAt: number | null = null
  for (const entry of said) {
    const granted = entry.kind === 'grant'
    switch (entry.scope) {
      case 'ad_day':
        adDay = granted
        if (granted) grantedAt = entry.at
        else {
          adNight = false
          refusedAt = entry.at
        }
        break
      case 'ad_night':
        adNight = granted
        break
      case 'personal_data_marketing':
        personalDataMarketing = granted
        break
    }
  }
  const confirmedAt = lastOf(ledger, 'reconfirm_sent')
  const untold = untoldWords(ledger)
  return {
    adDay,
    adNight,
    personalDataMarketing,
    grantedAt,
    refusedAt,
    reconfirmDueAt:
      adDay && grantedAt !== null
        ? monthsLater(Math.max(grantedAt, confirmedAt), reconfirmMonths)
        : null,
    resultNoticeDueAt: untold.length === 0 ? null : Math.min(...untold.map(resultDueAt)),
  }
}

/**
 * The words that stand and of which no notice told. A notice stands at the position of the last word it tells of: one that was on
 * its way while another word was said tells nothing of it, whenever it arrives.
 */
export function untoldWords(ledger: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const told = ledger.reduce(
    (last, { kind, position }) => (kind === 'result_notice_sent' ? Math.max(last, position) : last),
    -Infinity,
  )
  const standing = (scope: ConsentScope) =>
    saidIn(ledger.filter((entry) => entry.scope === scope))
      .filter(isToldOf)
      .at(-1)
  const words = [standing('ad_day'), standing('ad_night')]
  return words.flatMap((word) => (word && word.position > told ? [word] : []))
}

/** The last day on which the result of a word may be told, UTC ms. */
export function resultDueAt({ at }: Pick<LedgerEntry, 'at'>): number {
  return at + resultNoticeMs
}

/** What the person said, in the order in which it counts. */
function saidIn(ledger: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return ledger
    .filter(
      (entry) => entry.kind === 'grant' || entry.kind === 'refuse' || entry.kind === 'withdraw',
    )
    .sort((a, b) => a.at - b.at || weight(a) - weight(b) || a.position - b.position)
}

/**
 * Whether the person is told the result of this word: of advertising by day and by night. What a file brought was said
 * elsewhere and told there; the platform tells what it records itself.
 */
function isToldOf({ scope, source }: Pick<LedgerEntry, 'scope' | 'source'>): boolean {
  return scope !== 'personal_data_marketing' && !toldElsewhere.has(source)
}

const toldElsewhere: ReadonlySet<LedgerEntry['source']> = new Set([
  'cafe24_sync',
  'platform_sync',
  'csv',
  'import_080',
  'old_tool',
  'demo',
])

function weight(entry: LedgerEntry): number {
  return entry.kind === 'grant' ? 0 : 1
}

function lastOf(ledger: readonly LedgerEntry[], kind: LedgerEntry['kind']): number {
  return ledger.reduce(
    (last, entry) => (entry.kind === kind ? Math.max(last, entry.at) : last),
    -Infinity,
  )
}
