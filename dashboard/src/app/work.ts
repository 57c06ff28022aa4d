import type { UploadState } from '../../../server/src/segments/lists/list.ts'
import type { ConsentImport } from '../api/consents.ts'
import type { DroppedFile } from '../api/dropped-files.ts'
import type { ListFile } from '../api/lists.ts'

const dayMs = 86_400_000

/** A file that a worker has in hand, that waits for a word, or that ended a short while ago. */
export type FileWork = {
  readonly kind: 'lists' | 'consents' | 'dropped'
  readonly id: number
  readonly name: string
  readonly state: UploadState
  /** Of 100. */
  readonly percent: number
  /** The page that shows it. */
  readonly to: string
}

/** Whether a worker has it in hand. */
export const isRunning = ({ state }: FileWork) => state === 'looking' || state === 'applying'

/** What is to be told of files at this instant: what ended more than a day ago is not, nor what a page itself said had failed at its first look. */
export function fileWork(
  lists: readonly ListFile[],
  consents: readonly ConsentImport[],
  now: number,
): readonly FileWork[] {
  const isRecent = (endedAt: number | null) => endedAt === null || endedAt > now - dayMs
  const percent = ({ done, total }: { readonly done: number; readonly total: number | null }) =>
    Math.floor((done / Math.max(1, total ?? 100)) * 100)
  return [
    ...lists
      .filter(({ endedAt }) => isRecent(endedAt))
      .map(
        (file): FileWork => ({
          kind: 'lists',
          id: file.id,
          name: file.listName ?? file.fileName,
          state: file.state,
          percent: percent(file),
          to: `/segments/lists?file=${file.id}`,
        }),
      ),
    ...consents
      .filter(({ appliedAt }) => isRecent(appliedAt))
      .map(
        (file): FileWork => ({
          kind: 'consents',
          id: file.id,
          name: file.fileName,
          state: file.state,
          percent: percent(file),
          to: `/settings/consent?file=${file.id}`,
        }),
      ),
  ]
}

/** The same of files of orders, members and products. */
export function droppedWork(files: readonly DroppedFile[], now: number): readonly FileWork[] {
  return files
    .filter(({ endedAt }) => endedAt === null || endedAt > now - dayMs)
    .map(({ id, fileName, state, done, total }) => ({
      ...{ kind: 'dropped', id, name: fileName, state },
      percent: Math.floor((done / Math.max(1, total ?? 1)) * 100),
      to: `/connect/files?file=${id}`,
    }))
}
