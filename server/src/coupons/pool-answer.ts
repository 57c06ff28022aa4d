import { z } from 'zod'
import { codeKinds, type Discount, type Pool } from './coupon.ts'
import { poolSentence, type Wording } from './sentence.ts'

const When = z.number().nullable()

/** A pool as the API answers it: amounts in currency units, times in UTC ms. */
export const PoolAnswer = z.object({
  id: z.number(),
  name: z.string(),
  /** All of it in a sentence. */
  sentence: z.object({ ko: z.string(), en: z.string() }),
  discount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('amount'), amount: z.number() }),
    z.object({ kind: z.literal('percent'), percent: z.number(), most: z.number() }),
    z.object({ kind: z.literal('shipping'), worth: z.number() }),
  ]),
  minOrder: z.number(),
  validHours: z.number().nullable(),
  endsAt: When,
  total: z.number().nullable(),
  /** Pieces that nobody has; null: as many as asked for. */
  remaining: z.number().nullable(),
  perPerson: z.object({ count: z.number(), days: z.number() }).nullable(),
  firstOrderOnly: z.boolean(),
  scope: z
    .object({
      categories: z.array(z.string()).readonly(),
      products: z.array(z.string()).readonly(),
    })
    .nullable(),
  codes: z.enum(codeKinds),
  prefix: z.string(),
  sharedCode: z.string().nullable(),
  /** The platform at which it lies; null: none. */
  connection: z.number().nullable(),
  /** What the platform said against it. */
  platformError: z.string().nullable(),
  /** Codes of the uploaded list, given or not. */
  uploaded: z.number(),
  givesBack: z.boolean(),
  notes: z.string(),
  state: z.enum(['open', 'archived']),
  /** What became of its pieces; `takenOff` is what they took off orders. */
  use: z.object({
    reserved: z.number(),
    issued: z.number(),
    redeemed: z.number(),
    expired: z.number(),
    takenOff: z.number(),
  }),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type PoolAnswer = z.infer<typeof PoolAnswer>

type Answered = Pool & {
  readonly notes: string
  readonly uploaded: number
  readonly platformError: string | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly remaining: number | null
  readonly use: PoolAnswer['use']
}

/** A pool with its use as the API answers it. */
export function poolAnswer(pool: Answered, wording: Omit<Wording, 'language'>): PoolAnswer {
  const { use, perPerson, codeChars: _, ...same } = pool
  return {
    ...same,
    connection: pool.connection ?? null,
    perPerson: perPerson && { ...perPerson },
    sentence: {
      ko: poolSentence(pool, { ...wording, language: 'ko' }),
      en: poolSentence(pool, { ...wording, language: 'en' }),
    },
    discount: inUnits(pool.discount),
    minOrder: units(pool.minOrder),
    use: { ...use, takenOff: units(use.takenOff) },
  }
}

function inUnits(discount: Discount): PoolAnswer['discount'] {
  switch (discount.kind) {
    case 'amount':
      return { kind: 'amount', amount: units(discount.amount) }
    case 'percent':
      return { ...discount, most: units(discount.most) }
    case 'shipping':
      return { kind: 'shipping', worth: units(discount.worth) }
  }
}

function units(tenThousandths: number): number {
  return tenThousandths / 10_000
}
