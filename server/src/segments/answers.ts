import { z } from 'zod'
import { maskName } from '../customers/mask-name.ts'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor } from '../web/page.ts'
import { type Explanation, explainedParts } from './explain.ts'

/** Who may look at segments. */
export const readers = ['marketer', 'developer', 'viewer'] as const
/** Who may change segments. */
export const writers = ['marketer'] as const

/** A path's id of a segment. */
export const SegmentParams = z.object({ id: z.coerce.number().int().positive() })
export const Sentence = z.object({ ko: z.string(), en: z.string() })

export const Person = z.object({
  id: z.number(),
  /** Masked for viewers and developers. */
  name: z.string().nullable(),
  member: z.boolean(),
  lastSeenAt: z.number(),
})
export type Person = z.infer<typeof Person>

const When = z.number().nullable()
/** What is known of the person behind a condition; `none`: the condition itself says all. */
const Found = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('count'), count: z.number(), atLeast: z.boolean(), lastAt: When }),
  z.object({
    kind: z.literal('amount'),
    of: z.enum(['sum', 'avg', 'min', 'max']),
    amount: z.number().nullable(),
    lastAt: When,
  }),
  z.object({ kind: z.literal('distinct'), count: z.number() }),
  z.object({ kind: z.literal('share'), percent: z.number() }),
  z.object({ kind: z.literal('time'), at: When }),
  z.object({
    kind: z.literal('value'),
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
  }),
  z.object({ kind: z.literal('member'), member: z.boolean() }),
  z.object({ kind: z.literal('none') }),
])

/** Why somebody is in or not: the parts of the definition as a list, each before what it is made of. */
export const Why = z.object({
  holds: z.boolean(),
  /** When time alone may next change it, UTC ms; null for never. */
  nextFlipAt: When,
  parts: z.array(
    z.object({
      /** 0 is the whole; a part belongs to the last one before it that is less deep. */
      depth: z.number(),
      kind: z.string(),
      holds: z.boolean(),
      sentence: Sentence,
      /** What was found, in words, such as "3번, 마지막 2026-03-01 09:20"; empty for groups. */
      says: Sentence,
      found: Found,
      nextFlipAt: When,
    }),
  ),
})
export type Why = z.infer<typeof Why>

/** An explanation as the API answers it. */
export function whyOf(one: Explanation): Why {
  return {
    holds: one.holds,
    nextFlipAt: one.nextFlipAt,
    parts: explainedParts(one).map((part) => ({
      ...part,
      found:
        part.found.kind === 'value' && Array.isArray(part.found.value)
          ? { kind: 'value' as const, value: [...part.found.value] }
          : (part.found as Why['parts'][number]['found']),
    })),
  }
}

/** The keys of a list's cursor; anything but so many whole numbers is refused. */
export function cursorKeys(text: string, length: number): readonly number[] {
  const keys = decodeCursor(text)
  if (keys?.length !== length || !keys.every((key) => Number.isSafeInteger(key)))
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  return keys.map(Number)
}

/** A person's row as the role may see it. */
export function personFor(
  role: 'owner' | 'marketer' | 'developer' | 'viewer',
  row: {
    readonly customer: number
    readonly name: string | null
    readonly member: boolean
    readonly last_seen_at: number
  },
): Person {
  const { customer, name, member, last_seen_at: lastSeenAt } = row
  const knowsNames = role === 'owner' || role === 'marketer'
  return { id: customer, name: knowsNames ? name : maskName(name), member, lastSeenAt }
}
