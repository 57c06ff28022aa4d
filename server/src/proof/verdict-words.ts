import type { GoalMetric } from '../campaigns/goal-metric.ts'
import type { Language } from '../shops/shop.ts'

type Words = {
  readonly gain: string
  readonly loss: string
  /** What people of a share did; undefined for amounts. */
  readonly did: string | undefined
}

type Said = { readonly [L in Language]: Words }

const bought: Said = {
  ko: {
    gain: '메시지 덕분에 더 많이 샀어요.',
    loss: '메시지를 받은 쪽이 오히려 덜 샀어요.',
    did: '샀어요',
  },
  en: {
    gain: 'The message made more people buy.',
    loss: 'People who were messaged bought less.',
    did: 'bought',
  },
}

const said: { readonly [M in GoalMetric]: Said } = {
  purchase: bought,
  completion: bought,
  sign_up: {
    ko: {
      gain: '메시지 덕분에 더 많이 가입했어요.',
      loss: '메시지를 받은 쪽이 오히려 덜 가입했어요.',
      did: '가입했어요',
    },
    en: {
      gain: 'The message made more people sign up.',
      loss: 'People who were messaged signed up less.',
      did: 'signed up',
    },
  },
  revisit: {
    ko: {
      gain: '메시지 덕분에 더 많이 다시 왔어요.',
      loss: '메시지를 받은 쪽이 오히려 덜 왔어요.',
      did: '다시 왔어요',
    },
    en: {
      gain: 'The message made more people come back.',
      loss: 'People who were messaged came back less.',
      did: 'came back',
    },
  },
  orders: {
    ko: {
      gain: '메시지 덕분에 더 여러 번 샀어요.',
      loss: '메시지를 받은 쪽이 오히려 덜 자주 샀어요.',
      did: undefined,
    },
    en: {
      gain: 'The message made people order more often.',
      loss: 'People who were messaged ordered less often.',
      did: undefined,
    },
  },
  revenue: {
    ko: {
      gain: '메시지 덕분에 매출이 늘었어요.',
      loss: '메시지를 받은 쪽의 매출이 오히려 적어요.',
      did: undefined,
    },
    en: {
      gain: 'The message brought more revenue.',
      loss: 'People who were messaged brought less revenue.',
      did: undefined,
    },
  },
  profit: {
    ko: {
      gain: '메시지 덕분에 이익이 늘었어요.',
      loss: '메시지를 받은 쪽의 이익이 오히려 적어요.',
      did: undefined,
    },
    en: {
      gain: 'The message brought more profit.',
      loss: 'The message cost more than it brought.',
      did: undefined,
    },
  },
}

/** What a gain or loss of this outcome is called; profit is so called only where the margin is known. */
export function gains(metric: GoalMetric, isMarginKnown: boolean, language: Language): Words {
  return (metric === 'profit' && !isMarginKnown ? net : said[metric])[language]
}

const net: Said = {
  ko: {
    gain: '쿠폰·발송비를 빼고도 매출이 늘었어요.',
    loss: '쿠폰·발송비를 빼면 매출이 오히려 적어요.',
    did: undefined,
  },
  en: {
    gain: 'The message brought more revenue, coupons and sending taken off.',
    loss: 'Net of coupons and sending, people who were messaged brought less.',
    did: undefined,
  },
}
