import { api } from './client.ts'

/** Hands a JPEG (base64, at most 200 KB) to the provider of texts, which names it. */
export const uploadTextPicture = (body: { readonly name: string; readonly data: string }) =>
  api.post<{ readonly id: string }>('/api/text/pictures', body)

/** Where a picture that was handed over is shown. */
export const textPictureAddress = (id: string) => `/api/text/pictures/${encodeURIComponent(id)}`
