import type { RfmGroup } from '../../../server/src/insight/rfm.ts'
import { words } from '../app/language.ts'

/** What the groups of RFM are called. */
export const groupNames = words({
  champions: { ko: '최우수 단골', en: 'Champions' },
  loyal: { ko: '단골', en: 'Loyal' },
  potential: { ko: '단골 후보', en: 'Potential regulars' },
  new: { ko: '새 구매 고객', en: 'New buyers' },
  attention: { ko: '챙겨야 할 고객', en: 'Need attention' },
  cooling: { ko: '식어가는 첫 구매', en: 'Cooling newcomers' },
  at_risk: { ko: '놓치면 아까운 단골', en: 'Regulars at risk' },
  hibernating: { ko: '잠든 고객', en: 'Hibernating' },
  lost: { ko: '떠난 고객', en: 'Lost' },
})

/** Who they are, in a sentence. */
export const groupMeanings = words({
  champions: {
    ko: '최근에도 샀고 가장 자주 사요. 할인보다 먼저 알려주고 고마움을 전하는 게 어울려요.',
    en: 'Bought lately and most often. Early news and thanks suit them better than discounts.',
  },
  loyal: {
    ko: '자주 사지만 요즘은 조금 뜸해요. 잊히기 전에 소식을 보내요.',
    en: 'Buy often, a little less lately. Send word before you are forgotten.',
  },
  potential: {
    ko: '최근에 샀고 횟수가 늘고 있어요. 다음 구매가 단골을 만들어요.',
    en: 'Bought lately and begin to repeat. The next order makes regulars of them.',
  },
  new: {
    ko: '최근에 처음 샀어요. 두 번째 구매까지 이어지는지가 중요해요.',
    en: 'Bought lately, few times so far. What counts is the second order.',
  },
  attention: {
    ko: '몇 번 샀지만 조금 지났어요. 필요한 때를 알려주면 돌아와요.',
    en: 'Bought a few times, some while ago. A reminder at the right time helps.',
  },
  cooling: {
    ko: '적게 샀고 시간이 지나고 있어요. 지금이 다시 말을 걸 때예요.',
    en: 'Bought little, and time goes by. Now is the moment to speak.',
  },
  at_risk: {
    ko: '예전에는 자주 샀는데 오래 안 왔어요. 되돌리면 가장 값진 고객이에요.',
    en: 'Used to buy often and have not come for long. Worth the most if they return.',
  },
  hibernating: {
    ko: '몇 번 샀지만 오래됐어요. 가볍게 소식을 전해요.',
    en: 'Bought a few times, long ago. Send light news.',
  },
  lost: {
    ko: '오래전에 적게 샀어요. 비용을 많이 들이지 마세요.',
    en: 'Bought little, long ago. Do not spend much on them.',
  },
})

type Suited = { readonly playbook: string; readonly takesAudience: boolean }

/** The playbook to begin with; those that send on a schedule take the group as their audience. */
export const groupPlaybooks = {
  champions: { playbook: 'members_price', takesAudience: true },
  loyal: { playbook: 'members_price', takesAudience: true },
  potential: { playbook: 'repurchase_special_price', takesAudience: false },
  new: { playbook: 'promo_repurchase', takesAudience: false },
  attention: { playbook: 'repurchase_due', takesAudience: false },
  cooling: { playbook: 'repurchase_due', takesAudience: false },
  at_risk: { playbook: 'members_price', takesAudience: true },
  hibernating: { playbook: 'weekly_digest', takesAudience: true },
  lost: { playbook: 'weekly_digest', takesAudience: true },
} as const satisfies Record<RfmGroup, Suited>
