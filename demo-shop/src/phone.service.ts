import type { DanggolApi } from './danggol.provider.ts'
import type { Member } from './session.ts'

/** A reminder as the phone shows it. */
export type Reminder = {
  readonly id: string
  readonly at: number
  readonly title: string
  readonly text: string
  readonly link: string | undefined
}

/** The newest messages Danggol sent to this member, from its test inbox. */
export async function remindersOf(
  _danggol: DanggolApi,
  _member: Member | undefined,
): Promise<readonly Reminder[]> {
  return []
}
