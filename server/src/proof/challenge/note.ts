import { z } from 'zod'

const Text = z.string().trim().max(3_000)
const Line = z.string().trim().max(300)

/** What is proposed, and what success is measured by: fixed once the campaign starts. */
export const Proposal = z.object({
  hypothesis: Text,
  /** The difference to the hold-out that is hoped for, in percentage points or currency units a person; null: none was set. */
  target: z.number().min(0).max(1_000_000_000).nullable(),
})
export type Proposal = z.infer<typeof Proposal>

/** The notes of a campaign's hypothesis in the five steps of seed 2, and who stands behind it. */
export const Note = Proposal.extend({
  /** What one saw shopping oneself. */
  experience: Text,
  /** What the data say of it. */
  data: Text,
  /** What to do next. */
  next: Text,
  company: Line,
  person: Line,
  contact: Line,
  solution: Line,
  participation: Line,
})
export type Note = z.infer<typeof Note>

export const emptyNote: Note = {
  hypothesis: '',
  target: null,
  experience: '',
  data: '',
  next: '',
  company: '',
  person: '',
  contact: '',
  solution: '',
  participation: '',
}

/** When the proposal was last written and when the campaign began, UTC ms. */
export type Fixed = { readonly proposedAt: number | null; readonly startedAt: number | null }

/** Whether the proposal stands as it stood before anybody was messaged. */
export function isFixedBefore({ proposedAt, startedAt }: Fixed): boolean {
  return proposedAt !== null && (startedAt === null || proposedAt <= startedAt)
}

/** Whether the proposal may still be written: before the start, or once after it where none was written before. */
export function mayPropose({ proposedAt, startedAt }: Fixed): boolean {
  return startedAt === null || proposedAt === null
}

/** Days and people after which a result may be told (the challenge's own rule); either is enough. */
export const exposureDays = 7
export const exposurePeople = 100

export type Exposure = { readonly days: number; readonly people: number }

export function isExposed({ days, people }: Exposure): boolean {
  return days >= exposureDays || people >= exposurePeople
}

/** Fewer people than this are not told to strangers. */
export const fewestTold = 10

/** People who did the same thing in a period, were followed equally long, and how many of them bought in it, and more than once. */
export type Cohort = {
  readonly people: number
  readonly buyers: number
  readonly repeaters: number
}
