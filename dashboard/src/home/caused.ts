import { inLanguage, type Language, words } from '../app/language.ts'
import { count, moneyChange, shortMoney } from '../design/format.ts'

const text = words({
  none: {
    ko: '캠페인이 켜져 있는 동안 대조군과 비교해 알려드려요',
    en: 'While a campaign is live it is compared with its hold-out',
  },
  early: {
    ko: '비교할 사람이 모이는 중이에요',
    en: 'Collecting people to compare',
  },
  unsure: { ko: '아직 확실하지 않아요', en: 'Not certain yet' },
  needs: { ko: (n: string) => `${n}명 더 필요해요`, en: (n: string) => `needs ${n} more people` },
  mismatched: {
    ko: (n: string) => `캠페인 ${n}개는 대조군 비율이 맞지 않아 뺐어요`,
    en: (n: string) => `${n} left out: groups are not as their shares were set`,
  },
  off: {
    ko: '나눔이 어긋나서 말할 수 없어요',
    en: 'Cannot be told: the split is off',
  },
  range: {
    ko: (low: string, high: string) => `구간 ${low} ~ ${high}`,
    en: (low: string, high: string) => `interval ${low} to ${high}`,
  },
})

export type Caused = {
  readonly now: number | null
  readonly low: number | null
  readonly high: number | null
  readonly needed?: number | null
  /** Campaigns that are not added, because their groups are not as set. */
  readonly leftOut?: readonly unknown[]
  /** Messages are going out, so a comparison is under way. */
  readonly isRunning?: boolean
  /** It is one campaign, whose groups are not as large as set. */
  readonly isMismatched?: boolean
  /** The campaign's own verdict is still open: no colour says otherwise. */
  readonly isOpen?: boolean
}

/**
 * Caused revenue as a big number: an amount with its interval; green only above zero, red only below, never a number
 * without a comparison.
 */
export function causedSays(
  caused: Caused,
  { currency, language }: { readonly currency: string; readonly language: Language },
): {
  readonly value: string
  readonly note: string
  readonly meaning: 'caused' | 'broken' | 'held'
} {
  const said = inLanguage(text, language)
  const { now, low, high } = caused
  const leftOut = caused.leftOut?.length ?? 0
  if (caused.isMismatched) return { value: '–', note: said.off, meaning: 'held' }
  if (now === null || low === null || high === null) {
    const note = caused.needed
      ? said.needs(count(caused.needed, language))
      : leftOut > 0
        ? said.mismatched(count(leftOut, language))
        : caused.isRunning
          ? said.early
          : said.none
    return { value: '–', note, meaning: 'held' }
  }
  const short = (amount: number) =>
    `${amount > 0 ? '+' : ''}${shortMoney(amount, currency, language)}`
  const range = said.range(short(low), short(high))
  const left = leftOut > 0 ? ` · ${said.mismatched(count(leftOut, language))}` : ''
  const certain = (low > 0 || high < 0) && !caused.isOpen
  return {
    value: Math.abs(now) < 10_000 ? moneyChange(now, currency, language) : short(now),
    note: `${certain ? range : `${range} · ${said.unsure}`}${left}`,
    meaning: !certain ? 'held' : low > 0 ? 'caused' : 'broken',
  }
}
