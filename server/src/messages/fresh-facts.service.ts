import type { Tx } from '../database/connection.store.ts'
import { factsSection } from '../facts/person.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import { type ClaimRow, readSections, saveKept } from './claim.store.ts'
import type { Contents } from './contents.service.ts'
import { drawMessage, type ParsedMessage } from './draw.ts'
import { readKept } from './kept.ts'
import { keptFacts } from './kept-facts.ts'
import { linksLookedAt } from './links/short-link.ts'

/**
 * The messages with their readers' facts as they are now: a mail that waited for the night speaks of this morning's cart. What
 * it will say is kept with it, so that whoever looks later sees what was sent.
 */
export async function withFreshFacts<Ready extends { readonly row: ClaimRow }>(
  tx: Tx,
  needs: { readonly contents: Pick<Contents, 'load'> },
  batch: { readonly shop: Shop; readonly ready: readonly Ready[] },
): Promise<readonly Ready[]> {
  const { shop, ready } = batch
  const ids = ready.flatMap(({ row }) => row.contentId ?? [])
  if (ids.length === 0) return ready
  const contents = await needs.contents.load(tx, shop.id, ids)
  const asking = ready.filter(({ row }) => contents.get(row.contentId ?? '')?.facts.length)
  if (asking.length === 0) return ready
  const sections = await readSections(
    tx,
    shop.id,
    asking.map(({ row }) => row.customer),
  )
  const fresh = new Map<Ready, Ready>()
  for (const one of asking) {
    const content = contents.get(one.row.contentId ?? '')
    if (!content) continue
    const section = sectionOf(sections.get(one.row.customer))
    const kept = keptNow(content, { one, shop, section })
    if (kept !== one.row.kept) fresh.set(one, { ...one, row: { ...one.row, kept } })
  }
  await saveKept(
    tx,
    shop.id,
    [...fresh.values()].map(({ row }) => ({ id: row.id, kept: row.kept })),
  )
  return ready.map((one) => fresh.get(one) ?? one)
}

function keptNow(
  content: ParsedMessage,
  about: {
    readonly one: { readonly row: ClaimRow }
    readonly shop: Shop
    readonly section: Json | undefined
  },
): string {
  const { one, shop, section } = about
  const kept = { ...readKept(one.row.kept), ...keptFacts(content, section, shop.settings) }
  const drawn = drawMessage(content, {
    ...kept,
    shop,
    unsubscribeUrl: 'https://unsubscribe.invalid/',
    linkTo: linksLookedAt(shop, content.channel),
  })
  // A click names its address by its place: known ones keep theirs, new ones come after.
  const links = drawn.kind === 'ok' ? [...new Set([...kept.links, ...drawn.links])] : kept.links
  return JSON.stringify({ ...kept, links })
}

function sectionOf(text: string | undefined): Json | undefined {
  const sections: unknown = JSON.parse(text ?? '{}')
  return isJsonObject(sections) ? sections[factsSection] : undefined
}
