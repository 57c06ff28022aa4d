import { catalog } from '../catalog/catalog.service.ts'
import type { Provider } from '../channels/carrier.ts'
import { type Channel, channels } from '../channels/channels.service.ts'
import { type Consent, consent } from '../consent/consent.service.ts'
import { wordings } from '../consent/wordings.service.ts'
import { type Coupons, coupons } from '../coupons/coupons.service.ts'
import { contactKey } from '../customers/contact.ts'
import { customers } from '../customers/customers.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import { accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import { line } from '../events/line.service.ts'
import type { LineRoom } from '../events/turn.ts'
import { visits } from '../events/visits.ts'
import { type Assignments, assignments } from '../experiments/assignments.service.ts'
import { factsRoom } from '../facts/room.service.ts'
import type { CampaignId, CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import type { EmailContent } from '../messages/content.ts'
import type { MessageIntent, MessageOutcome, RecheckAll } from '../messages/intent.ts'
import { type Messages, messages } from '../messages/messages.service.ts'
import { receipts } from '../messages/receipts.service.ts'
import type { RefusedThere } from '../messages/record.service.ts'
import { type SenderNeeds, sender } from '../messages/send.service.ts'
import { couponUse } from '../orders/coupon-use.service.ts'
import { readOrdered } from '../orders/coupon-use.store.ts'
import { orders } from '../orders/orders.service.ts'
import { recommendations } from '../recommendations/recommendations.service.ts'
import { type ListActs, listActs } from '../segments/lists/list-acts.service.ts'
import { type Shops, shops } from '../shops/shops.service.ts'
import { vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { asking } from './asking-room.service.ts'
import { carriedBy } from './carried-by.driver.ts'
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
 * tells it to, a sender and its receipts. The clock stands until it is moved.
 */
export async function openMessageWorld(
  options: {
    /** Rooms after messages, built from what the world has. */
    readonly rooms?: (built: {
      readonly db: Database
      readonly warehouse: Warehouse
      readonly clock: Clock
      readonly shops: Shops
      readonly messages: Messages
      readonly coupons: Coupons
      readonly assignments: Assignments
      readonly lists: ListActs
    }) => readonly LineRoom<Tx>[]
  } = {},
) {
  const world = await openTestWorld({ now: Date.UTC(2026, 2, 2, 1), max: 12 })
  const { db, clock } = world
  const secrets = vault(new Uint8Array(32).fill(7))
  const tenants = shops({ db, clock })
  const ledger = consent({ db })
  const door = accept({ db, clock })
  const providers = channels({ db, vault: secrets, allowPrivate: true })
  const coupon = coupons({ ordered: readOrdered })
  const arms = assignments()
  const recommended = recommendations({
    db,
    warehouse: world.warehouse,
    clock,
    catalog: catalog({ db }),
    completeTo: async () => 1,
  })
  const room = messages({
    db,
    clock,
    shops: tenants,
    consent: ledger,
    channels: providers,
    assignments: arms,
    coupons: coupon,
    catalog: catalog({ db }),
    recommendations: recommended,
  })
  const order = orders()
  const facts = factsRoom({ orders: order, consent: ledger })
  const desk = { wanted: [] as MessageIntent[], outcomes: [] as MessageOutcome[] }
  const lane = line({
    db,
    clock,
    customers: customers({ db }),
    consent: ledger,
    catalog: catalog({ db }),
    rooms: [
      visits<Tx>(),
      order.room,
      couponUse({ coupons: coupon }),
      facts.room,
      room.room,
      asking(room, desk),
      ...(options.rooms?.({
        db,
        warehouse: world.warehouse,
        clock,
        shops: tenants,
        messages: room,
        coupons: coupon,
        assignments: arms,
        lists: listActs(),
      }) ?? []),
    ],
    appendInTransaction: door.appendInTransaction,
  })

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

  // The first send is prepared; tests of the lock take it back.
  const none = { how: 'none', by: '사장', sentence: '없습니다.', at: clock.now(), import: null }
  await tenants.set(shop, 'firstSend', { optOut080: none, oldTool: none, consents: none })

  async function say(happening: Partial<Happening> & Pick<Happening, 'ids'>): Promise<void> {
    const at = clock.now()
    await door.accept(shop, [
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

  return {
    ...world,
    publicUrl,
    shop,
    vault: secrets,
    shops: tenants,
    consent: ledger,
    recommended,
    wordings: wordings({ db, clock }),
    messages: room,
    coupons: coupon,
    providers,
    line: lane,
    accept: door.accept,
    desk,
    say,
    consented,
    /** A member with an address; consents to e-mail unless told otherwise. Answers the customer's id. */
    member: async (
      user: string,
      options: { readonly name?: string; readonly consents?: boolean } = {},
    ) => {
      await say({
        kind: 'identify',
        name: 'Identified',
        ids: {
          user,
          verified: true,
          email: contactKey(secrets, 'email', `${user}@customer.example`),
        },
        body: { traits: { name: options.name ?? '김하늘' } },
      })
      if (options.consents ?? true) await consented(user, 'grant')
      await lane.drain(shop)
      const [row] = await db<{ customer: number }[]>`
        select customer from identities where shop = ${shop} and kind = 'user' and value = ${user}`
      return row?.customer as CustomerId
    },
    /** Another sender over the same database, as a second process would be; `carry` replaces the provider of a channel. */
    sender: (
      options: {
        readonly recheck?: RecheckAll<Tx>
        readonly carry?: (channel: Channel) => Provider | undefined
        /** What the sender is told of consents, where a test wants it deceived. */
        readonly statesOf?: Consent['statesOf']
        readonly onNoBalance?: SenderNeeds['onNoBalance']
        readonly errands?: SenderNeeds['errands']
        readonly onRefused?: (shop: ShopId, people: readonly RefusedThere[]) => Promise<void>
      } = {},
    ) =>
      sender({
        db,
        clock,
        shops: tenants,
        vault: secrets,
        channels: carriedBy(providers, options.carry),
        consent: options.statesOf ? { ...ledger, statesOf: options.statesOf } : ledger,
        contents: room,
        coupons: coupon,
        ...(options.onNoBalance ? { onNoBalance: options.onNoBalance } : {}),
        ...(options.errands ? { errands: options.errands } : {}),
        ...(options.onRefused ? { onRefused: options.onRefused } : {}),
        recheck: options.recheck ?? (async (_, __, claimed) => claimed.map(() => ({ kind: 'ok' }))),
        publicUrl,
        onError: (error) => console.error(error),
      }),
    receipts: receipts({ db, clock, accept: door.accept }),
    /** Lets the next turn ask for these messages, and answers what became of them. */
    ask: async (...intents: readonly MessageIntent[]): Promise<readonly MessageOutcome[]> => {
      desk.wanted = [...intents]
      desk.outcomes = []
      for (const customer of new Set(intents.map((one) => one.customer))) {
        await say({ ids: { customer, verified: true } })
      }
      await lane.drain(shop)
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
