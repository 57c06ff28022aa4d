import type { Role } from '../../../server/src/shops/access.ts'
import { api } from './client.ts'

export type Member = {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: Role
}

export type ShopInSession = {
  readonly id: number
  readonly name: string
  readonly timeZone: string
  readonly currency: string
  readonly language: string
  readonly isDemo: boolean
  readonly demoShopUrl?: string | null
}

export type Session = {
  readonly member: Member
  readonly shop: ShopInSession
  readonly publicUrl: string
}

export const getSession = (signal?: AbortSignal) => api.get<Session>('/api/session', {}, signal)
export const signIn = (body: { readonly email: string; readonly password: string }) =>
  api.post<Session>('/api/session', body)
export const signOut = () => api.delete<void>('/api/session')
export const becomeOwner = (body: {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
}) => api.post<Session>('/api/owner', body)
