import { z } from 'zod'
import type { PlatformCoupons, PlatformOffer } from '../platform/offers.ts'
import { amountIn, endOf, markOf, personalCode } from '../platform/personal-code.driver.ts'
import { gid, graph, idOf, Nodes, refuseErrors, UserErrors } from './graph.provider.ts'
import { costs, couponsQuery, makeCoupon } from './queries.ts'
import { Time } from './rows.ts'

const Coupon = z.object({
  id: z.string(),
  codeDiscount: z.object({
    title: z.string(),
    createdAt: Time,
    endsAt: Time,
    codes: z.object({ nodes: z.array(z.object({ code: z.string() })) }),
  }),
})

const units = (amount: number): string => String(amount / 10_000)

/**
 * Discount codes of Shopify: each member is given a code that only they can use, once. Its title, which only the shop sees, is what it
 * was given for; by it it is found again.
 */
export const shopifyCoupons: PlatformCoupons = {
  kinds: ['amount'],
  create: async (_, offer) => {
    amountIn(offer)
    return offer.mark
  },
  issue: async (session, { coupon, member, offer }) => {
    const now = session.now()
    const discount = {
      title: markOf({ coupon, member }),
      code: personalCode(),
      startsAt: new Date(now).toISOString(),
      endsAt: timeOf(endOf(offer, now)),
      ...{ usageLimit: 1, appliesOncePerCustomer: true },
      context: { customers: { add: [gid('Customer', member)] } },
      ...whatOf(offer),
    }
    const made = await graph(
      session,
      { query: makeCoupon, variables: { discount }, cost: costs.small, once: true },
      z.object({ discountCodeBasicCreate: z.object({ userErrors: UserErrors }) }),
    )
    refuseErrors(made.discountCodeBasicCreate.userErrors)
  },
  issued: async (session, of) => {
    const title = markOf(of)
    const variables = { query: `title:'${title}'` }
    const { codeDiscountNodes } = await graph(
      session,
      { query: couponsQuery, variables, cost: costs.coupons },
      z.object({ codeDiscountNodes: Nodes }),
    )
    return codeDiscountNodes.nodes.flatMap((told) => {
      const { data } = Coupon.safeParse(told)
      const own = data?.codeDiscount
      const code = own?.codes.nodes[0]?.code
      if (!data || own?.title !== title || own.createdAt === null || !code) return []
      return [{ id: idOf(data.id), at: own.createdAt, endsAt: own.endsAt, code }]
    })
  },
}

const timeOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

function whatOf(offer: PlatformOffer) {
  const productsToAdd = offer.products.map((id) => gid('Product', id))
  return {
    customerGets: {
      value: { discountAmount: { amount: units(amountIn(offer)), appliesOnEachItem: false } },
      items: productsToAdd.length === 0 ? { all: true } : { products: { productsToAdd } },
    },
    ...(offer.minOrder === 0
      ? {}
      : {
          minimumRequirement: {
            subtotal: { greaterThanOrEqualToSubtotal: units(offer.minOrder) },
          },
        }),
  }
}
