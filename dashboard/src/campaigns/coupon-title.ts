export const titleForms = ['won', 'percent', 'delivery', 'free', 'up'] as const
export type TitleForm = (typeof titleForms)[number]

const endings = {
  won: '원 할인 쿠폰',
  percent: '% 할인 쿠폰',
  free: ' 무료 쿠폰',
  up: ' UP 쿠폰',
} as const
const delivery = '배송비 할인 쿠폰'

/** One of Kakao's five coupon titles; commas and spaces of an amount are left out, for Kakao refuses them. */
export function couponTitle(form: TitleForm, word: string): string {
  if (form === 'delivery') return delivery
  const isAmount = form === 'won' || form === 'percent'
  return `${isAmount ? word.replace(/[,\s원%]/g, '') : word}${endings[form]}`
}

/** The form of a title and what the marketer wrote into it. */
export function titleParts(title: string): { readonly form: TitleForm; readonly word: string } {
  if (title === delivery) return { form: 'delivery', word: '' }
  const form = (['won', 'percent', 'free', 'up'] as const).find((one) =>
    title.endsWith(endings[one]),
  )
  return form
    ? { form, word: title.slice(0, -endings[form].length) }
    : { form: 'free', word: title }
}
