import { createHash } from 'node:crypto'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { compileEmail } from './compile.driver.ts'
import type { Problem } from './compose.ts'
import { CompiledEmail, type EmailContent, type Nature } from './content.ts'
import { insertContent, readContents } from './contents.store.ts'
import { type ParsedEmail, parseEmail } from './render.ts'

/** Parsed contents kept in memory; each is some tens of kilobytes. */
const parsedLimit = 500

/** What campaigns say: compiled and checked once, kept for ever under its hash, parsed once a process. */
export function contents(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
}) {
  const { db, clock, shops } = needs
  // Undefined marks content that was asked for and cannot be used.
  const known = new Map<string, ParsedEmail | undefined>()

  function remember(key: string, email: ParsedEmail | undefined): void {
    const oldest = known.size >= parsedLimit ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    known.set(key, email)
  }

  return {
    /** Everything that keeps this from being published; empty when nothing does. */
    check: async (
      shop: ShopId,
      content: EmailContent,
      nature: Nature,
    ): Promise<readonly Problem[]> => {
      const { sender } = await shops.shop(shop)
      const compiled = await compileEmail(content, nature, sender)
      return compiled.kind === 'ok' ? [] : compiled.problems
    },
    /** Compiles, checks and keeps the content; answers its id. Throws the first problem as a Refusal. */
    publish: async (
      shop: ShopId,
      content: EmailContent,
      nature: Nature,
    ): Promise<{ readonly id: string }> => {
      const { sender, language } = await shops.shop(shop)
      const result = await compileEmail(content, nature, sender)
      if (result.kind === 'refused') {
        const [first] = result.problems
        const sentence = result.problems.map((problem) => problem[language]).join(' ')
        throw new Refusal('invalid', sentence, first?.field)
      }
      const body = canonicalJson(result.compiled)
      const id = createHash('sha256').update(body).digest('base64url').slice(0, 22)
      await insertContent(db, shop, {
        id,
        channel: content.channel,
        purpose: nature.purpose,
        body,
        createdAt: clock.now(),
      })
      return { id }
    },
    /** The contents ready to be drawn, by id; missing or damaged ones are not in the answer. */
    load: async (
      source: Database | Tx,
      shop: ShopId,
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, ParsedEmail>> => {
      const missing = [...new Set(ids)].filter((id) => known.get(`${shop}:${id}`) === undefined)
      for (const [id, body] of await readContents(source, shop, missing)) {
        const compiled = CompiledEmail.safeParse(JSON.parse(body))
        remember(`${shop}:${id}`, compiled.success ? parseEmail(compiled.data) : undefined)
      }
      const loaded = new Map<string, ParsedEmail>()
      for (const id of ids) {
        const email = known.get(`${shop}:${id}`)
        if (email) loaded.set(id, email)
      }
      return loaded
    },
  }
}
export type Contents = ReturnType<typeof contents>
