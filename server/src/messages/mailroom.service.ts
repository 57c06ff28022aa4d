import type { Channels } from '../channels/channels.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { sampleCoupon } from '../coupons/drawn.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { byHand } from './by-hand.service.ts'
import type { Nature } from './content.ts'
import type { Contents } from './contents.service.ts'
import { type DrawnMessage, drawMessage, type ParsedMessage } from './draw.ts'
import { isHalted } from './halt.store.ts'
import { type Kept, readKept } from './kept.ts'
import { linkPath } from './link.ts'
import { linksLookedAt, shortLink } from './links/short-link.ts'
import { testCodes } from './links/short-links.service.ts'
import { type ListedMessage, type MessageFilter, readMessages } from './lists.store.ts'
import type { MessageContent } from './message-content.ts'
import { parcelOf } from './parcel.ts'
import { shownOfDrawn } from './shown.ts'
import { senderNumberOf } from './sms/opt-out-number.ts'
import { testMarked, testWords } from './test-mark.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly vault: Pick<Vault, 'sign' | 'verify'>
  readonly channels: Pick<Channels, 'of' | 'inbox'>
  readonly contents: Pick<Contents, 'load' | 'publish'>
  readonly coupons: Pick<Coupons, 'release' | 'retake' | 'pools'>
  readonly publicUrl: string
  readonly onQueued?: () => void
}

/** What people do with messages: look at them, settle the unclear ones, send themselves a test. */
export function mailroom(needs: Needs) {
  const { db } = needs

  async function draw(
    shopId: ShopId,
    message: ListedMessage,
    show: {
      readonly content: ParsedMessage | undefined
      readonly name: (name: string | null) => string | null
    },
  ): Promise<DrawnMessage> {
    if (!show.content) return { kind: 'failed', message: 'the content is missing' }
    const shop = await needs.shops.shop(shopId)
    const kept = readKept(message.kept)
    return drawMessage(show.content, {
      context: kept.context,
      customer: { name: show.name(kept.customer.name) },
      facts: kept.facts,
      coupon: kept.coupon,
      shop,
      at: kept.at,
      // Whoever looks at a message must not opt its reader out by a click.
      unsubscribeUrl: testOptOut(needs, shopId),
      linkTo: (url) => {
        const code = kept.codes?.[kept.links.indexOf(url)]
        return code === undefined ? url : shortLink(shop, needs.publicUrl, code)
      },
    })
  }

  return {
    /** Messages newest first, each drawn as it was sent; `name` masks where it must. */
    list: async (
      shop: ShopId,
      filter: MessageFilter,
      name: (name: string | null) => string | null,
    ) => {
      const rows = await readMessages(db, shop, filter)
      const contents = await needs.contents.load(
        db,
        shop,
        rows.flatMap((row) => row.contentId ?? []),
      )
      const halted = await isHalted(db, shop)
      const number = senderNumberOf((await needs.shops.shop(shop)).settings)
      return await Promise.all(
        rows.map(async (row) => {
          const content = contents.get(row.contentId ?? '')
          const drawn = await draw(shop, row, { content, name })
          const shown = shownOfDrawn(drawn, { number })
          const reason = halted && row.state === 'queued' ? 'halted' : row.reason
          return { ...row, reason, customerName: name(row.customerName), drawn, shown }
        }),
      )
    },
    /** A person has found out whether an unclear message went out. */
    settle: (shop: ShopId, message: number, wasSent: boolean) =>
      byHand(needs, shop, {
        message,
        from: ['unconfirmed'],
        to: wasSent ? 'sent' : 'failed',
        outcome: wasSent ? 'sent' : 'failed',
        reason: wasSent ? 'settled_sent' : 'settled_not_sent',
      }),
    /** A person wants it sent again, knowing that it may arrive twice; the guards are passed once more. */
    resend: async (shop: ShopId, message: number) => {
      await byHand(needs, shop, {
        message,
        from: ['unconfirmed', 'failed'],
        to: 'queued',
        outcome: 'queued',
        reason: 'queued',
      })
      needs.onQueued?.()
    },
    /** Sends what is being written to one of the shop's own people; it counts nowhere. */
    testSend: (shop: ShopId, test: TestSend) => testSend(needs, shop, test),
  }
}
export type Mailroom = ReturnType<typeof mailroom>

function testOptOut(needs: Needs, shop: ShopId): string {
  return needs.publicUrl + linkPath({ kind: 'optout', shop, message: 0, customer: 0 }, needs.vault)
}

type TestSend = {
  readonly content: MessageContent
  readonly nature: Nature
  readonly context: JsonObject
  /** The pool of the coupon that goes with it; its code is made up. */
  readonly coupon?: number | undefined
  readonly to: { readonly address: string; readonly name: string }
  /** Whose values it is drawn with; the reader's own name and nothing else unless given. */
  readonly as?: { readonly name: string | null; readonly facts: JsonObject }
  /** Its place among tests that leave at the same moment, and so among what providers know them by. */
  readonly place?: number
  /** The last look before it leaves; what it throws keeps it here. */
  readonly leaving?: () => Promise<void>
}

async function testSend(needs: Needs, shopId: ShopId, test: TestSend) {
  const shop = await needs.shops.shop(shopId)
  const carriesCoupon = test.coupon !== undefined
  const as = { ...test.nature, carriesCoupon }
  const { id } = await needs.contents.publish(shopId, test.content, as)
  const content = (await needs.contents.load(needs.db, shopId, [id])).get(id)
  if (!content) throw new Refusal('invalid', 'The message could not be read back.', 'content')
  const now = needs.clock.now() + (test.place ?? 0)
  const [pool] = carriesCoupon ? await needs.coupons.pools(needs.db, shopId, [test.coupon]) : []
  const kept: Kept = {
    context: test.context,
    customer: { name: test.as ? test.as.name : test.to.name },
    ...(test.as ? { facts: test.as.facts } : {}),
    ...(pool ? { coupon: sampleCoupon(pool, now, shop) } : {}),
    at: now,
    links: [],
  }
  const drawn = parcelOf(
    {
      shop,
      content,
      kept: { ...kept, ...(await testLinks(needs, { shop, content, kept })) },
      message: 0,
      customer: 0,
      attempt: 1,
      to: test.to.address,
      now,
    },
    { publicUrl: needs.publicUrl, signer: needs.vault },
  )
  if (drawn.kind === 'failed') throw new Refusal('invalid', drawn.message, 'content')
  // A member has no browser and no server of their own here: such a test is looked at in the test inbox.
  const { channel } = test.content
  const provider =
    channel === 'web_push' || channel === 'webhook' || channel === 'onsite'
      ? needs.channels.inbox.provider
      : needs.channels.of(shop, channel)
  if (await isHalted(needs.db, shopId))
    throw new Refusal('conflict', 'All sending is stopped. Start it again to send a test.')
  await test.leaving?.()
  const { parcel, marked } = testMarked(drawn.parcel, testWords[shop.language])
  const result = await provider.send(parcel)
  return {
    provider: provider.name,
    outcome: result.kind,
    detail: result.kind === 'accepted' ? null : result.detail,
    subject: 'subject' in parcel ? (parcel.subject ?? '') : '',
    /** Whether it says that it is a test. */
    marked,
  }
}

/** Where the reader sees the addresses themselves, a test shows short ones too: its bytes are those of the real message. */
async function testLinks(
  needs: Needs,
  test: { readonly shop: Shop; readonly content: ParsedMessage; readonly kept: Kept },
): Promise<Pick<Kept, 'links' | 'codes'>> {
  const { shop, content, kept } = test
  if (content.channel !== 'sms') return { links: [] }
  const looked = drawMessage(content, {
    ...kept,
    shop,
    unsubscribeUrl: testOptOut(needs, shop.id),
    here: needs.publicUrl,
    linkTo: linksLookedAt(shop, content.channel, needs.publicUrl),
  })
  if (looked.kind === 'failed') return { links: [] }
  const urls = [...looked.links]
  return { links: urls, codes: [...(await testCodes(needs.db, shop, { urls, now: kept.at }))] }
}
