import { hourMs } from '../../lib/duration.ts'
import type { AskResult } from '../ask.driver.ts'
import { handoverOfStatus } from '../call-answer.ts'
import type { Handover } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'

/** Certainly not taken: there was no picture to send. */
type Untaken = Extract<Handover, { readonly kind: 'temporary' | 'permanent' }>
export type Handed = { readonly kind: 'handed'; readonly id: string } | Untaken

/** How long a provider's name of a picture is used; NHN Cloud lets them expire after some days. */
const freshMs = 12 * hourMs
/** Pictures remembered at once; a shop sends a handful in a day. */
const mostKnown = 200

/**
 * The pictures of a provider that names what it is handed: each goes there when a message first needs it, once for all messages
 * that need it at the same time, and again when the name has grown old.
 */
export function handedPictures(needs: {
  readonly picture: NonNullable<ProviderWorld['picture']>
  readonly now: () => number
  readonly upload: (bytes: Uint8Array) => Promise<Handed>
}) {
  const known = new Map<string, { readonly handed: Promise<Handed>; readonly until: number }>()

  async function handOver(image: string): Promise<Handed> {
    const bytes = await needs.picture(image)
    const handed = bytes ? await needs.upload(bytes) : noPicture
    // What failed is tried anew with the next message.
    if (handed.kind !== 'handed') known.delete(image)
    return handed
  }

  return {
    handed: (image: string): Promise<Handed> => {
      const before = known.get(image)
      if (before && before.until > needs.now()) return before.handed
      if (known.size >= mostKnown) known.clear()
      const handed = handOver(image).catch((error: unknown) => {
        known.delete(image)
        return { kind: 'temporary', detail: String(error) } as const
      })
      known.set(image, { handed, until: needs.now() + freshMs })
      return handed
    },
    /** The provider no longer knows it by that name. */
    forget: (image: string): void => {
      known.delete(image)
    },
  }
}

/** What a message is told whose picture is not kept here. */
export const noPicture = {
  kind: 'permanent',
  cause: 'other',
  detail: 'The picture is not here any more.',
} as const satisfies Untaken

/** What an answer to handing a picture over means for its messages, where it names no picture: none of them was sent. */
export function unhanded(
  result: AskResult,
  told: { readonly words: string; readonly now: number },
): Untaken {
  if (result.kind !== 'answered') return { kind: 'temporary', detail: result.why }
  const { status, headers } = result
  const answer = { status, retryAfter: headers.get('retry-after'), ...told }
  const handover = handoverOfStatus(answer)
  if (handover.kind === 'temporary' || handover.kind === 'permanent') return handover
  return { kind: 'temporary', detail: told.words }
}
