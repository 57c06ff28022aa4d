import { z } from 'zod'

/** Who somebody was when the message was decided on: what they had bought until then, never what they did afterwards. */
export const buyerStages = ['none', 'once', 'regular', 'resting'] as const
export type BuyerStage = (typeof buyerStages)[number]

/** What a message offered. */
export const offers = ['none', 'amount', 'percent', 'shipping'] as const
export type Offer = (typeof offers)[number]

/** An answer is an order within so many days of the decision; decisions of so many days are looked at. */
export const answerDays = 7
export const answersOfDays = 180
/** Campaigns that are told apart. */
export const campaignsShown = 8
/** People of a group under which nothing is said of it. */
export const leastGroup = 20

const Count = z.number().int()
const Group = z.object({ people: Count, answered: Count })
const Response = z.object({
  stage: z.enum(buyerStages),
  way: z.string().describe('Channel, what was offered, or the campaign’s id.'),
  treatment: Group,
  holdout: Group.describe('Of the same campaigns; empty where no group was held out.'),
  difference: z
    .object({ value: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('Treatment minus hold-out within campaigns, drawn towards the mean of its way.'),
  needsMore: Count.describe('People more in the smaller group until something is said.'),
})
export type Response = z.infer<typeof Response>

const Coupon = z.object({
  pool: Count,
  name: z.string(),
  issued: Count.describe('Given to a person.'),
  used: Count.describe('In orders, with codes for everybody that nobody was given.'),
  expired: Count,
  rate: z
    .object({ value: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('Of those issued; null where the code was not given to people one by one.'),
  cost: z.number().describe('What it took off orders, currency units.'),
  revenue: z.number().describe('Net revenue of the orders that used it; not what it caused.'),
  daysToUse: z.number().nullable().describe('Median from issue to use.'),
})

const Pressure = z.object({
  messages: Count.describe('Advertising messages; the last row: or more.'),
  people: Count,
  stopped: Count.describe('Those of them who refused or withdrew after the first one.'),
})

/** How people answer to messages, what coupons did, and how many messages people get. */
export const MessagingReport = z.object({
  currency: z.string(),
  byChannel: z.array(Response),
  byOffer: z.array(Response),
  byCampaign: z.array(Response).describe('Of the campaigns with the most people.'),
  campaigns: z.array(z.object({ campaign: Count, name: z.string() })),
  coupons: z.array(Coupon),
  week: z.array(Pressure),
  month: z.array(Pressure),
  days: z
    .array(z.object({ day: z.string(), channel: z.string(), messages: Count }))
    .describe('Messages that left, by the shop’s day, of the last eight weeks.'),
  calendar: z
    .array(
      z.object({
        day: z.string(),
        messages: Count,
        people: Count,
        several: Count.describe('People who got more than one that day.'),
      }),
    )
    .describe('The same days whole, with how much a person got.'),
})
export type MessagingReport = z.infer<typeof MessagingReport>
