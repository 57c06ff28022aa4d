/** Most lists of a shop. */
export const listsLimit = 100
/** Most people on one list. */
export const listMembersLimit = 200_000
/** Most lines of one file. */
export const fileRowsLimit = 100_000
/** Largest file, in bytes. */
export const fileBytesLimit = 16 * 1024 * 1024
/** Most refused lines that an answer names; the file to download has them all. */
export const refusedShown = 20
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
  readonly reason: RefusedReason
}

/**
 * Why a line put nobody on a list: nothing in it, an address that is none (`unreadable`), nobody known by it, or more people
 * behind it than one line may mean.
 */
export const refusedReasons = ['empty', 'unreadable', 'not_found', 'too_many'] as const
export type RefusedReason = (typeof refusedReasons)[number]

/** What a file does to a list: `added` puts its people on it, `removed` takes them off. */
export const listChanges = ['added', 'removed'] as const
export type ListChangeKind = (typeof listChanges)[number]

/**
 * How far a file is: somebody looks at it (`looking`), it waits for a word (`looked_at`), it is done to the list (`applying`).
 * `failed` while it was applied may be applied again.
 */
export const uploadStates = [
  'looking',
  'looked_at',
  'applying',
  'done',
  'failed',
  'cancelled',
] as const
export type UploadState = (typeof uploadStates)[number]
