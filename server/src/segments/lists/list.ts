/** Most lists of a shop. */
export const listsLimit = 100
/** Most people on one list. */
export const listMembersLimit = 200_000
/** Most lines of one file. */
export const fileRowsLimit = 100_000
/** Largest file, in bytes. */
export const fileBytesLimit = 16 * 1024 * 1024
/** Most refused lines that an answer names. */
export const refusedLimit = 1_000
/** Most customers changed by one request that names their ids. */
export const changesLimit = 1_000

/** A list as the dashboard and the API see one. */
export type List = {
  readonly id: number
  readonly name: string
  readonly members: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** A line of a file that put nobody on the list: its number in the file, from 1, what it says, and why not. */
export type RefusedLine = {
  readonly line: number
  readonly value: string
  readonly reason: 'empty' | 'not_found' | 'too_many'
}
