import { createHash } from 'node:crypto'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Compiled, compileMessage } from './compile-message.driver.ts'
import type { Problem } from './compose.ts'
import { insertContent, readContents } from './contents.store.ts'
import type { Publishing } from './coupon-words.ts'
import { type ParsedMessage, parseMessage } from './draw.ts'
import { templateFor } from './kakao/templates.store.ts'
import { CompiledMessage, type MessageContent } from './message-content.ts'

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
  const known = new Map<string, ParsedMessage | undefined>()

  function remember(key: string, content: ParsedMessage | undefined): void {
    const oldest = known.size >= parsedLimit ? known.keys().next().value : undefined
    if (oldest !== undefined) known.delete(oldest)
    known.set(key, content)
  }

  async function compile(
    content: MessageContent,
    as: Publishing,
    shop: Pick<Shop, 'id' | 'name' | 'url' | 'sender' | 'settings'>,
  ): Promise<Compiled> {
    const isAlimtalk = content.channel === 'kakao' && content.kind === 'alimtalk'
    const kakaoTemplate = isAlimtalk ? await templateFor(db, shop, content) : undefined
    return await compileMessage(content, as, { ...shop, kakaoTemplate })
  }

  return {
    /** Compiles with what is known of the shop's accounts, and keeps nothing. */
    compile,
    /** Everything that keeps this from being published; empty when nothing does. */
    check: async (
      shop: ShopId,
      content: MessageContent,
      as: Publishing,
    ): Promise<readonly Problem[]> => {
      const compiled = await compile(content, as, await shops.shop(shop))
      return compiled.kind === 'ok' ? [] : compiled.problems
    },
    /** Compiles, checks and keeps the content; answers its id. Throws the first problem as a Refusal. */
    publish: async (
      shop: ShopId,
      content: MessageContent,
      as: Publishing,
    ): Promise<{ readonly id: string }> => {
      const about = await shops.shop(shop)
      const result = await compile(content, as, about)
      if (result.kind === 'refused') {
        const [first] = result.problems
        const sentence = result.problems
          .map((problem) => withArticle(problem, about.language))
          .join(' ')
        throw new Refusal('invalid', sentence, first?.field)
      }
      const body = canonicalJson(result.compiled)
      const id = createHash('sha256').update(body).digest('base64url').slice(0, 22)
      await insertContent(db, shop, {
        id,
        channel: content.channel,
        purpose: as.purpose,
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
    ): Promise<ReadonlyMap<string, ParsedMessage>> => {
      const missing = [...new Set(ids)].filter((id) => known.get(`${shop}:${id}`) === undefined)
      for (const [id, body] of await readContents(source, shop, missing)) {
        const compiled = CompiledMessage.safeParse(JSON.parse(body))
        remember(`${shop}:${id}`, compiled.success ? parseMessage(compiled.data) : undefined)
      }
      const loaded = new Map<string, ParsedMessage>()
      for (const id of ids) {
        const content = known.get(`${shop}:${id}`)
        if (content) loaded.set(id, content)
      }
      return loaded
    },
  }
}
export type Contents = ReturnType<typeof contents>

/** The sentence, and the article behind it where there is one. */
function withArticle({ rule, ...problem }: Problem, language: 'ko' | 'en'): string {
  return rule ? `${problem[language]} (${rule.article[language]})` : problem[language]
}
