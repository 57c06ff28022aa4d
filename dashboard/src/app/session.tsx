import { createContext, useContext } from 'react'
import type { Role } from '../../../server/src/shops/access.ts'
import type { Session } from '../api/session.ts'

const SessionContext = createContext<Session | undefined>(undefined)
export const SessionProvider = SessionContext.Provider

/** Who is signed in, to which shop. Only inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for pages inside the shell')
  return session
}

/** Whether the member may do what these roles may; an owner may do everything. */
export function useMay(...roles: readonly Role[]): boolean {
  const { role } = useSession().member
  return role === 'owner' || roles.includes(role)
}
