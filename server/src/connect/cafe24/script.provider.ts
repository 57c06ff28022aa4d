import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import type { PlatformSession } from '../platform/call.ts'
import { rowsIn } from './answers.driver.ts'
import { Cafe24Keys } from './connect.ts'

/** The script that our server gives Cafe24 shops. */
const file = '/cafe24.js'
const ScriptTag = z.object({
  script_no: z.union([z.string(), z.number()]).transform(String),
  src: z.string(),
})
type Ours = { readonly scriptUrl: (file: string) => string }

/**
 * Puts our script on every page of the shop, once: it carries the shop's public key and the app it may ask as. A tag of ours with
 * another address (a new key, a new place of this server) is taken away.
 */
export async function putScript(
  session: PlatformSession,
  ours: Ours & { readonly credentials: JsonObject },
): Promise<JsonObject> {
  const { clientId } = Cafe24Keys.parse(ours.credentials)
  const src = `${ours.scriptUrl(file)}&app=${encodeURIComponent(clientId)}`
  const there = await tagsOf(session, ours)
  for (const tag of there.filter((one) => one.src !== src)) await takeAway(session, tag.script_no)
  if (!there.some((one) => one.src === src)) {
    await session.call({
      method: 'post',
      path: '/admin/scripttags',
      body: { shop_no: 1, request: { src, display_location: ['all'] } },
    })
  }
  return { script: src }
}

/** Takes our script from the shop's pages; asked once, for somebody waits for it. */
export async function takeScript(session: PlatformSession, ours: Ours): Promise<void> {
  for (const { script_no: no } of await tagsOf(session, ours)) await takeAway(session, no)
}

async function tagsOf(session: PlatformSession, { scriptUrl }: Ours) {
  const answer = await session.call({ method: 'get', path: '/admin/scripttags', once: true })
  const place = scriptUrl(file).split('?')[0] ?? ''
  return rowsIn(answer, 'scripttags').flatMap((told) => {
    const { data } = ScriptTag.safeParse(told)
    return data?.src.startsWith(`${place}?`) ? [data] : []
  })
}

async function takeAway(session: PlatformSession, no: string): Promise<void> {
  const path = `/admin/scripttags/${encodeURIComponent(no)}`
  await session.call({ method: 'delete', path, once: true })
}
