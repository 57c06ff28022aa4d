import type { Flow } from '../campaign.ts'

/** A sentence in both languages of the dashboard. */
export type Said = { readonly ko: string; readonly en: string }

/** A ready-made campaign: what it is called, whom it is for, and the draft it starts from. */
export type Playbook = {
  readonly id: string
  readonly name: Said
  /** One sentence: what it does for the shop. */
  readonly about: Said
  /** Who enters, in words. */
  readonly enters: Said
  /** The flow drawn small: one entry a step. */
  readonly sketch: readonly {
    readonly kind: 'trigger' | 'wait' | 'message' | 'goal'
    readonly text: Said
  }[]
  /** The draft in the shop's language. */
  readonly flow: (language: 'ko' | 'en') => Flow
}
