import { api } from './client.ts'

/** Hands a picture of the library (its key) to the provider of texts, which names it. */
export const handTextPicture = (image: string) =>
  api.post<{ readonly id: string }>('/api/text/pictures', { image })

/** Where a picture that was handed over is shown. */
export const textPictureAddress = (id: string) => `/api/text/pictures/${encodeURIComponent(id)}`
