import { spanned as englishSpan } from './english-clause.ts'
import type { Filter } from './filter.ts'
import { type Clause, did, didNot, spanned as koreanSpan, withParticle } from './korean-clause.ts'
import type { SequenceCondition } from './sequence.ts'

/** An event with its filter as it stands in a sentence: `'Product Viewed' (category is 'Shoes')`. */
type Says = (happened: { readonly event: string; readonly where?: Filter | undefined }) => string

/** 최근 7일 동안 상품 검색을 하고 1시간 안에 상품 보기를 하고 그 뒤 24시간 안에 주문 완료를 하지 않은. */
export function koreanSequence(condition: SequenceCondition, says: Says): Clause {
  const { steps, not, sameProduct, window } = condition
  const when = `최근 ${koreanSpan(window.span)} 동안 ${sameProduct ? '같은 상품을 두고 ' : ''}`
  const done = steps.map((step) => {
    const within = step.within ? `${koreanSpan(step.within)} 안에 ` : ''
    const without = step.without ? `그 사이 ${says(step.without)} 없이 ` : ''
    return `${within}${without}${withParticle(says(step), '을/를')}`
  })
  if (!not) return did(`${when}${done.join(' 하고 ')}`)
  const never = `그 뒤 ${koreanSpan(not.within)} 안에 ${withParticle(says(not), '을/를')}`
  return didNot(`${when}${[...done, never].join(' 하고 ')}`)
}

/** who did 'Products Searched', then 'Product Viewed' within 1 hour, and no 'Order Completed' within 24 hours after it, ... */
export function englishSequence(condition: SequenceCondition, says: Says): string {
  const { steps, not, sameProduct, window } = condition
  const done = steps.map((step) => {
    const within = step.within ? ` within ${englishSpan(step.within)}` : ''
    const without = step.without ? ` and no ${says(step.without)} between` : ''
    return `${says(step)}${within}${without}`
  })
  const never = not ? `, and no ${says(not)} within ${englishSpan(not.within)} after it` : ''
  const product = sameProduct ? ', all with the same product' : ''
  return `who did ${done.join(', then ')}${never}${product}, in the last ${englishSpan(window.span)}`
}
