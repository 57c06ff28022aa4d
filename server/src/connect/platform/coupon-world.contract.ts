import { expect } from 'vitest'
import { PoolDraft } from '../../coupons/pool-draft.ts'
import { couponPools } from '../../coupons/pools.service.ts'
import type { CustomerId } from '../../lib/brand.ts'
import type { EmailContent } from '../../messages/content.ts'
import { wish } from '../../testing/message-world.driver.ts'
import { toldProvider } from '../../testing/told-provider.driver.ts'
import { errands } from './errands.service.ts'
import { errandWork } from './errands-work.service.ts'
import type { PlatformWorld } from './platform-world.contract.ts'

const content: EmailContent = {
  channel: 'email',
  subject: '{{ coupon.amount | krw }} 쿠폰이에요',
  preheader: '',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text: '{{ coupon.code }}' }] },
}

/** Sends a member a message with a coupon of 5,000 won for seven days that lies at the platform; answers what went out and was given. */
export async function sendCoupon(
  { world, sessions, platform }: PlatformWorld,
  to: { readonly connection: number; readonly member: string },
) {
  const { db, clock, coupons, shop } = world
  const couponKinds = async () => platform.coupons?.kinds ?? []
  const pools = couponPools({ db, clock, audit: world.shops.audit, couponKinds })
  const draft = PoolDraft.parse({
    ...{ name: '첫 구매', discount: { kind: 'amount', amount: 5_000 }, validHours: 7 * 24 },
    ...{ minOrder: 10_000, codes: { kind: 'platform', connection: to.connection } },
  })
  const share = { kind: 'percent', percent: 10, most: 5_000 } as const
  if (!platform.coupons?.kinds.includes('percent'))
    await expect(
      pools.create({ shop, name: 'member:1' }, { ...draft, discount: share }),
    ).rejects.toMatchObject({ field: 'discount.kind' })
  const pool = (await pools.create({ shop, name: 'member:1' }, draft)).id
  const how = { purpose: 'advertising', carriesCoupon: true } as const
  const published = (await world.messages.publish(shop, content, how)).id
  await world.consented(to.member, 'grant')
  await world.line.drain(shop)
  const [row] = await db<{ customer: number }[]>`
    select customer from identities where shop = ${shop} and kind = 'user' and value = ${to.member}`
  const platforms = () => platform
  const sender = world.sender({
    errands: errands({ clock, coupons, platforms }),
    carry: () => toldProvider().provider,
  })
  const work = errandWork({ db, clock, coupons, sessions, platforms, onDone: sender.done })
  const customer = row?.customer as CustomerId
  await world.ask(wish(customer, published, { context: {}, coupon: { pool } }))
  await sender.drain(shop)
  while (await work.turn());
  await sender.drain(shop)
  const [came] = await db<{ state: string; content: string; coupon: number; code: string }[]>`
    select o.state, o.content, c.id as coupon, c.code from outbox o
    join coupons c on c.shop = o.shop and c.message = o.id
    where o.shop = ${shop} and o.customer = ${customer} order by o.id desc limit 1`
  const told = JSON.parse(came?.content ?? '{}') as { coupon?: { code: string } }
  return {
    state: came?.state,
    code: came?.code ?? '',
    shown: told.coupon?.code,
    couponState: async (): Promise<string | undefined> => {
      const [now] = await db<{ state: string }[]>`
        select state from coupons where shop = ${shop} and id = ${came?.coupon ?? 0}`
      return now?.state
    },
  }
}
