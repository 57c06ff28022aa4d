import { api } from './client.ts'

export type PushState = { readonly publicKey: string | null; readonly subject: string | null }

export const getPush = (signal?: AbortSignal) => api.get<PushState>('/api/shop/push', {}, signal)
export const switchPushOn = () => api.post<PushState>('/api/shop/push', {})
export const switchPushOff = () => api.delete<PushState>('/api/shop/push')

export const getCallSecret = (signal?: AbortSignal) =>
  api.get<{ readonly isSet: boolean }>('/api/shop/webhook-secret', {}, signal)
/** Makes a new secret; it is told this once. */
export const makeCallSecret = () =>
  api.post<{ readonly secret: string }>('/api/shop/webhook-secret', {})
