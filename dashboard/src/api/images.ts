import type { ImageChange } from '../../../server/src/images/image.ts'
import type { ImageAnswer, ImageUseAnswer } from '../../../server/src/images/images.routes.ts'
import { address, api } from './client.ts'

export type { ImageAnswer, ImageUseAnswer }

type ImagesPage = {
  readonly items: readonly ImageAnswer[]
  readonly next: string | null
  readonly tags: readonly string[]
  readonly host: string
  /** Whether readers of mails can reach the host. */
  readonly isPublic: boolean
}

export type ImagesAsked = {
  readonly word?: string
  readonly tag?: string
  readonly deleted?: boolean
  readonly after?: string | undefined
}

export const listImages = ({ word, tag, deleted, after }: ImagesAsked, signal?: AbortSignal) =>
  api.get<ImagesPage>('/api/images', { word, tag, deleted: deleted ?? false, after }, signal)

/** Sends a file as it is; its kind is found out by the server. */
export const uploadImage = (file: File, signal?: AbortSignal) =>
  api.upload<ImageAnswer & { readonly isNew: boolean }>(
    address('/api/images', { name: file.name.slice(0, 300) }),
    { bytes: file, type: 'application/octet-stream' },
    signal,
  )

export const changeImage = (id: number, change: ImageChange) =>
  api.patch<ImageAnswer>(`/api/images/${id}`, change)

export const listImageUses = (id: number, signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ImageUseAnswer[] }>(`/api/images/${id}/uses`, {}, signal)

export const removeImage = (id: number) => api.delete<unknown>(`/api/images/${id}`)

export const restoreImage = (id: number) => api.post<ImageAnswer>(`/api/images/${id}/restore`, {})
