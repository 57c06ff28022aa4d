import { factAt } from '../facts/catalogue.ts'
import type { Fact } from '../facts/fact.ts'
import { tested as englishTest } from './english-clause.ts'
import type { Filter } from './filter.ts'
import { type Clause, tested as koreanTest, verb } from './korean-clause.ts'
import type { FactCondition } from './person-condition.ts'
import type { TraitTest } from './value-test.ts'

/** What `naming` is asked for a segment's name: `segment:12`. */
export function segmentName(segment: number): string {
  return `segment:${segment}`
}

/** A segment in a sentence: by its name where that is known, else by its number. */
export function segmentCalled(segment: number, naming: (name: string) => string): string {
  const key = segmentName(segment)
  const name = naming(key)
  return name === key ? `#${segment}` : `'${name}'`
}

/** A campaign as a naming is asked for one. */
export function campaignName(campaign: number): string {
  return `campaign:${campaign}`
}

/** The name of the campaign that a filter on what messages did asks for; undefined for other filters and unknown names. */
export function campaignCalled(
  { path, is: test }: Extract<Filter, { readonly kind: 'property' }>,
  naming: (name: string) => string,
): string | undefined {
  if (path !== 'campaign_id' || test.type !== 'number' || test.op !== 'is') return undefined
  if (test.than.op !== '=') return undefined
  const key = campaignName(test.than.value)
  const name = naming(key)
  return name === key ? undefined : `'${name}'`
}

/** A condition on a fact in the words of the catalogue: 장바구니 금액이 50,000 이상인. */
export function koreanFact({ path, is }: FactCondition): Clause {
  const fact = factAt(path)
  const label = fact?.label.ko ?? path
  if (is.type === 'boolean' && is.op === 'is')
    return verb(`${label}에 해당하${is.value ? '' : '지 않'}`, '는')
  return koreanTest(label, inWords(is, fact, 'ko'))
}

/** A condition on a fact in the words of the catalogue: whose 'Value of the cart' is at least 50,000. */
export function englishFact({ path, is }: FactCondition): string {
  const fact = factAt(path)
  const label = `'${fact?.label.en ?? path}'`
  if (is.type === 'boolean' && is.op === 'is') return `for whom ${label} is ${is.value}`
  return `whose ${label} ${englishTest(inWords(is, fact, 'en'))}`
}

/** The test with the labels of a closed list of values in the place of the values. */
function inWords(is: TraitTest, fact: Fact | undefined, language: 'ko' | 'en'): TraitTest {
  const called = (value: string) =>
    fact?.values?.find((one) => one.value === value)?.label[language] ?? value
  if (is.type !== 'text' || is.op === 'exists') return is
  return is.op === 'any-of'
    ? { ...is, values: is.values.map(called) }
    : { ...is, value: called(is.value) }
}
