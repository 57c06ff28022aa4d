import type { Acts } from '../../../../sdk/src/onsite/acts.ts'
import type { Language } from '../../app/language.ts'

const said = {
  ko: '5,000원 할인, 7일 동안',
  en: '5,000 won off, for 7 days',
} as const

/** What can be done with a message that is only looked at: a coupon shows a made-up code, a form is taken, the rest does nothing. */
export function quietActs(language: Language): Acts {
  const nothing = () => undefined
  return {
    now: () => Date.now(),
    clicked: nothing,
    placed: nothing,
    closed: nothing,
    coupon: async () => ({
      kind: 'issued',
      code: 'SAMPLE-1234',
      words: said[language],
      expiresAt: null,
      url: null,
    }),
    submit: async () => ({ kind: 'taken' }),
  }
}
