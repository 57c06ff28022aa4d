import type { Provider } from '../channels/carrier.ts'
import type { Channel } from '../channels/channels.service.ts'
import type { Consent } from '../consent/consent.service.ts'
import { wordings } from '../consent/wordings.service.ts'
import { contactKey } from '../customers/contact.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { Happening } from '../events/happening.ts'
import type { CampaignId, CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import type { EmailContent } from '../messages/content.ts'
import type { MessageIntent, MessageOutcome, RecheckAll } from '../messages/intent.ts'
import { receipts } from '../messages/receipts.service.ts'
import type { RefusedThere } from '../messages/record.service.ts'
import { type SenderNeeds, sender } from '../messages/send.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import { carriedBy } from './carried-by.driver.ts'
import { type MoreRooms, messageRooms } from './message-rooms.driver.ts'
import { openTestWorld } from './world.store.ts'

/** A cart reminder as the playbook writes one. */
export const cartMail: EmailContent = {
  channel: 'email',
  subject: '{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name | trunc_bytes: 40 }}',
  preheader: '아직 기다리고 있어요',
  body: {
    kind: 'blocks',
    blocks: [
      { kind: 'heading', text: '{{ customer.name | nim }}, 잊지 않으셨죠?' },
      { kind: 'products', list: 'cart.items', limit: 5 },
      { kind: 'button', label: '장바구니 보기', url: '{{ cart.url }}' },
    ],
  },
}

export const sampleContext: JsonObject = {
  cart: {
    url: 'https://shop.example/cart',
    items: [
      {
        product_id: 'p1',
        name: '순면 티셔츠',
        price: 19_900,
        quantity: 2,
        url: 'https://shop.example/p1',
        image_url: 'https://shop.example/p1.jpg',
      },
    ],
  },
}

let made = 0
const publicUrl = 'https://danggol.example'

/**
 * The whole path of a message over real engines: the log, the line with this room in it, a room that asks what the test
 * tells it to, a sender and its receipts. `rooms` come after messages. The clock stands until it is moved.
 */
export async function openMessageWorld(options: { readonly rooms?: MoreRooms } = {}) {
  const world = await openTestWorld({ now: Date.UTC(2026, 2, 2, 1), max: 12 })
  const { db, clock } = world
  const rooms = messageRooms(world, options.rooms)
  const { shops: tenants, accept, providers, line, desk } = rooms
  const shop = await preparedShop(tenants, clock)
  const { say, consented, member } = people({ db, clock, shop, ...rooms })
  return {
    ...world,
    ...rooms,
    publicUrl,
    shop,
    wordings: wordings({ db, clock }),
    say,
    consented,
    member,
    /** Another sender over the same database, as a second process would be. */
    sender: senders({ db, clock, ...rooms }),
    receipts: receipts({ db, clock, accept }),
    /** Lets the next turn ask for these messages, and answers what became of them. */
    ask: async (...intents: readonly MessageIntent[]): Promise<readonly MessageOutcome[]> => {
      desk.wanted = [...intents]
      desk.outcomes = []
      for (const customer of new Set(intents.map((one) => one.customer))) {
        await say({ ids: { customer, verified: true } })
      }
      await line.drain(shop)
      return desk.outcomes
    },
    useSmtp: (port: number, more: JsonObject = {}) =>
      tenants.set(shop, 'smtp', {
        host: '127.0.0.1',
        port,
        security: 'none',
        user: '',
        sealedPassword: '',
        connections: 4,
        ...more,
      }),
    close: async () => {
      await providers.close()
      await world.close()
    },
  }
}

export type MessageWorld = Awaited<ReturnType<typeof openMessageWorld>>

/** A wish of campaign 7 for this customer; every part can be replaced. */
export function wish(
  customer: CustomerId,
  content: string,
  more: Partial<MessageIntent> = {},
): MessageIntent {
  const enrolment = ++made
  return {
    campaign: 7 as CampaignId,
    version: 1,
    step: 2,
    enrolment,
    causeKey: `${enrolment}:2:0`,
    customer,
    channel: 'email',
    purpose: 'advertising',
    precedence: { class: 'journey', weight: 50 },
    experiment: { name: 'campaign:7', holdoutShare: 0 },
    content,
    context: sampleContext,
    products: [],
    ...more,
  }
}

type Rooms = ReturnType<typeof messageRooms>

/** A shop that says who sends, and whose first send is prepared; tests of that lock take it back. */
async function preparedShop(tenants: Shops, clock: Clock): Promise<ShopId> {
  const shop = await tenants.create('온샵', false)
  await tenants.change(shop, {
    url: 'https://shop.example',
    sender: {
      legalName: '온샵 주식회사',
      fromEmail: 'hello@shop.example',
      contactEmail: 'help@shop.example',
      phone: '02-1234-5678',
      address: '서울특별시 중구 세종대로 110',
    },
  })
  const none = { how: 'none', by: '사장', sentence: '없습니다.', at: clock.now(), import: null }
  await tenants.set(shop, 'firstSend', { optOut080: none, oldTool: none, consents: none })
  return shop
}

/** What people of the shop say, told to the log. */
function people({
  db,
  clock,
  shop,
  vault,
  accept,
  line,
}: Pick<Rooms, 'vault' | 'accept' | 'line'> & {
  readonly db: Database
  readonly clock: Clock
  readonly shop: ShopId
}) {
  async function say(happening: Partial<Happening> & Pick<Happening, 'ids'>): Promise<void> {
    const at = clock.now()
    await accept(shop, [
      {
        kind: 'event',
        name: 'Product Added',
        at,
        receivedAt: at,
        messageId: `t${++made}`,
        body: {},
        ...happening,
      },
    ])
  }
  const consented = (user: string, kind: 'grant' | 'withdraw', channel = 'email') =>
    say({
      kind: 'consent',
      name: 'Consent Changed',
      ids: { user, verified: true },
      body: { properties: { channel, kind, scope: 'ad_day', source: 'api' } },
    })
  /** A member with an address; consents to e-mail unless told otherwise. Answers the customer's id. */
  const member = async (
    user: string,
    options: { readonly name?: string; readonly consents?: boolean } = {},
  ): Promise<CustomerId> => {
    const email = contactKey(vault, 'email', `${user}@customer.example`)
    await say({
      kind: 'identify',
      name: 'Identified',
      ids: { user, verified: true, email },
      body: { traits: { name: options.name ?? '김하늘' } },
    })
    if (options.consents ?? true) await consented(user, 'grant')
    await line.drain(shop)
    const [row] = await db<{ customer: number }[]>`
      select customer from identities where shop = ${shop} and kind = 'user' and value = ${user}`
    return row?.customer as CustomerId
  }
  return { say, consented, member }
}

/** Makes senders over these rooms; `carry` replaces the provider of a channel, `statesOf` what they are told of consents. */
function senders(rooms: Rooms & { readonly db: Database; readonly clock: Clock }) {
  const { db, clock, shops, vault, providers, consent: ledger, messages, coupons } = rooms
  return ({
    carry,
    statesOf,
    recheck = async (_, __, claimed) => claimed.map(() => ({ kind: 'ok' })),
    ...told
  }: {
    readonly recheck?: RecheckAll<Tx>
    readonly carry?: (channel: Channel) => Provider | undefined
    readonly statesOf?: Consent['statesOf']
    readonly onNoBalance?: NonNullable<SenderNeeds['onNoBalance']>
    readonly errands?: NonNullable<SenderNeeds['errands']>
    readonly onRefused?: (shop: ShopId, people: readonly RefusedThere[]) => Promise<void>
  } = {}) =>
    sender({
      ...{ db, clock, shops, vault, coupons, publicUrl, recheck, ...told },
      contents: messages,
      channels: carriedBy(providers, carry),
      consent: statesOf ? { ...ledger, statesOf } : ledger,
      onError: (error) => console.error(error),
    })
}
