/** Name of the session cookie of the dashboard. */
export const sessionCookie = 'danggol_session'

/** The session token of a request's Cookie header, or undefined. */
export function sessionOf(cookieHeader: string | null): string | undefined {
  for (const part of (cookieHeader ?? '').split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === sessionCookie && value) return value
  }
  return undefined
}

/** A Set-Cookie header: httpOnly, same-site, sent over TLS only where the server is reached by TLS. */
export function sessionHeader(
  token: string,
  options: { readonly secure: boolean; readonly maxAgeSeconds: number },
): string {
  const secure = options.secure ? '; Secure' : ''
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${options.maxAgeSeconds}${secure}`
}
