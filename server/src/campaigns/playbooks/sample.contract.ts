import type { Made, Playbook } from './playbook.ts'

/** What would be made for a shop with every channel, for tests: segments are numbered from 1. */
export function madeFor(playbook: Playbook): Made {
  const keys = (playbook.segments ?? []).map(({ key }, at) => [key, at + 1] as const)
  return {
    channels: { sms: true, kakao: 'pf-onshop' },
    segments: Object.fromEntries(keys),
    pool: playbook.coupon ? 1 : 'none',
    repurchaseDays: 30,
    answers: {
      event: { title: '온샵 가을 나들이', from: '2026-03-20', to: '2026-03-27' },
      season: {
        name: { ko: '어린이날', en: 'Children’s Day' },
        theme: { ko: '어린이날', en: 'Children’s Day' },
        days: { from: '2026-05-05', to: '2026-05-05' },
        times: {
          kind: 'day',
          teaser: '2026-04-21',
          main: '2026-04-28',
          lastOrder: '2026-05-03',
          day: '2026-05-05',
          stop: '2026-05-06',
        },
        orderByTime: '14:00',
        lastYear: { from: '2025-04-21', to: '2025-05-05' },
      },
      kakaoChannel: 'https://pf.kakao.com/_onshop',
      today: '2026-03-02',
    },
  }
}
