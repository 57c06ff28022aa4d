import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { hourMs, minuteMs, secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'

/** A token is not taken so long after it was made; clocks may differ a little. */
const oldestMs = hourMs
const skewMs = 5 * minuteMs

const Head = z.object({ alg: z.literal('HS512') })
const Id = z.string().trim().min(1).max(200)
/** Which of these names Cafe24 uses is not written anywhere; all say the member. */
const Body = z.object({
  member_id: Id.optional(),
  memberId: Id.optional(),
  user_id: Id.optional(),
  sub: Id.optional(),
  iat: z.number().optional(),
  exp: z.number().optional(),
})
const Keys = z.object({ serviceKey: z.string().min(1) })

/**
 * The member that `CAFE24API.getEncryptedMemberId` names: a JWT of HS512, signed with the Service Key of the shop's own app, so no other
 * mall's token fits. undefined: signed otherwise, too old, or no Service Key is known.
 */
export function cafe24MemberOf(
  token: string,
  credentials: JsonObject,
  now: number,
): string | undefined {
  const keys = Keys.safeParse(credentials)
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  if (!keys.success || more.length > 0) return undefined
  if (!Head.safeParse(jsonOf(head)).success) return undefined
  const made = createHmac('sha512', keys.data.serviceKey).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== made.length || !timingSafeEqual(given, made)) return undefined
  const { data: said } = Body.safeParse(jsonOf(body))
  if (!said) return undefined
  const madeAt = said.iat === undefined ? now : said.iat * secondMs
  if (madeAt > now + skewMs || now - madeAt > oldestMs) return undefined
  if (said.exp !== undefined && said.exp * secondMs < now) return undefined
  return said.member_id ?? said.memberId ?? said.user_id ?? said.sub
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}
