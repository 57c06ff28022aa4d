import type { Definition } from '../../../server/src/segments/definition.ts'
import { api } from './client.ts'
import type { SegmentRow } from './segments.ts'

type Said = { readonly ko: string; readonly en: string }

/** A segment written for every shop, with this shop's own numbers put in. */
export type ReadySegment = {
  readonly id: string
  readonly group: 'journey' | 'usual'
  readonly name: Said
  readonly purpose: Said
  /** The definition read aloud. */
  readonly sentence: Said
  /** What has to arrive before anybody can be in it. */
  readonly needs: Said | null
  /** What is left to the campaign that uses it. */
  readonly left: Said | null
  /** Where its numbers come from. */
  readonly figure: Said | null
  readonly definition: Definition
  /** The segment made of it. */
  readonly made: number | null
  /** Null until it was counted. */
  readonly count: number | null
}

export const listReady = (query: { readonly count: boolean }, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ReadySegment[] }>('/api/segments/ready', query, signal)

/** Makes it the shop's own, under its name in the language on screen. */
export const makeReady = (one: ReadySegment, language: 'ko' | 'en') =>
  api.post<SegmentRow>('/api/segments', {
    name: one.name[language],
    description: one.purpose[language],
    definition: one.definition,
    ready: one.id,
  })
