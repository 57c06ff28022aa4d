import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import type { ReadAt } from '../lib/short-time.ts'
import { type DecisionNames, decisionLine, numbersIn } from '../messages/decision-line.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { KeptReason } from './decided-by.ts'
import type { Flows } from './flows.service.ts'
import { segmentsUsed } from './segments-used.ts'
import {
  campaignsConsidering,
  type DecisionOfPerson,
  decisionsOfPerson,
  type EntryRow,
  entriesOfPerson,
  messagesById,
  type NotEnteredRow,
  namesById,
  notEnteredOfPerson,
  notEnteredPeople,
} from './why.store.ts'
import { entryLine, notEnteredLine } from './why-lines.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly flows: Flows
}

/** Why a message went or did not go, in sentences with the data that decided it. */
export function why(needs: Needs) {
  const { db } = needs

  return {
    /** Every campaign that considered the person, the one that did so last first. */
    ofCustomer: async (
      shop: ShopId,
      asked: {
        readonly customer: number
        readonly before: { readonly at: number; readonly campaign: number } | undefined
        readonly limit: number
      },
    ) => {
      const campaigns = await campaignsConsidering(db, shop, asked)
      const of = { customer: asked.customer, campaigns: campaigns.map((one) => one.campaign) }
      const [entries, decisions, refused] = await Promise.all([
        entriesOfPerson(db, shop, of),
        decisionsOfPerson(db, shop, of),
        notEnteredOfPerson(db, shop, of),
      ])
      const voice = await voiceOf(needs, shop, { entries, decisions, refused })
      return campaigns.map((campaign) => {
        const here = <R extends { readonly campaign: number }>(rows: readonly R[]) =>
          rows.filter((row) => row.campaign === campaign.campaign)
        return {
          ...campaign,
          entries: here(entries).map((entry) => ({
            enrolment: entry.id,
            enteredAt: entry.enteredAt,
            state: entry.state,
            due: entry.due,
            line: voice.entry(entry),
          })),
          decisions: here(decisions).map((row) => ({
            id: row.id,
            enrolment: row.enrolment,
            at: row.at,
            channel: row.channel,
            outcome: row.outcome,
            reason: row.reason,
            until: row.until,
            message: row.message,
            line: voice.decision(row),
          })),
          notEntered: here(refused).map(({ firstAt, lastAt, times, ...row }) => ({
            why: row.why,
            firstAt,
            lastAt,
            times,
            line: voice.refused({ ...row, lastAt }),
          })),
        }
      })
    },

    /** The people whom a campaign considered and did not let in for one reason. */
    notEntered: async (
      shop: ShopId,
      asked: {
        readonly campaign: number
        readonly why: KeptReason
        readonly before: number | undefined
        readonly limit: number
      },
    ) => {
      const rows = (await notEnteredPeople(db, shop, asked)).map((row) => ({
        ...row,
        why: asked.why,
      }))
      const voice = await voiceOf(needs, shop, { entries: [], decisions: [], refused: rows })
      return rows.map(({ data: _, ...row }, at) => ({
        ...row,
        line: voice.refused(rows[at] ?? { ...row, data: '{}' }),
      }))
    },
  }
}
export type Why = ReturnType<typeof why>

type Told = {
  readonly entries: readonly EntryRow[]
  readonly decisions: readonly DecisionOfPerson[]
  readonly refused: readonly Pick<NotEnteredRow, 'why' | 'lastAt' | 'data'>[]
}

/** Everything that is named in the rows, loaded once, and the sentences made of it. */
async function voiceOf({ db, clock, shops, flows }: Needs, shop: ShopId, told: Told) {
  const { timeZone } = await shops.shop(shop)
  const read: ReadAt = { zone: timeZone, now: clock.now() }
  const datas = [...told.decisions, ...told.refused].map(({ data }) => dataOf(data))
  const flowOf = await flows.load(db, shop, told.entries)
  const under = told.entries.flatMap((entry) =>
    entry.state === 'active' ? segmentsUsed(flowOf(entry.campaign, entry.version)) : [],
  )
  const [messages, names] = await Promise.all([
    messagesById(
      db,
      shop,
      datas.flatMap((data) => numbersIn(data.messages)),
    ),
    namesById(db, shop, {
      segments: [
        ...under,
        ...datas.flatMap(({ segment }) => (typeof segment === 'number' ? [segment] : [])),
      ],
      coupons: datas.flatMap(({ coupon }) => (typeof coupon === 'number' ? [coupon] : [])),
      products: datas.flatMap(({ products }) =>
        Array.isArray(products) ? products.filter((one) => typeof one === 'string') : [],
      ),
    }),
  ])
  const segments = new Map(
    under.flatMap((id) => {
      const name = names.get(`segment:${id}`)
      return name === undefined ? [] : [[id, name] as const]
    }),
  )
  const decisionNames: DecisionNames = {
    message: (id) => messages.get(id),
    coupon: (id) => names.get(`coupon:${id}`),
    product: (id) => names.get(`product:${id}`),
  }
  return {
    entry: (row: EntryRow) =>
      entryLine(row, { flow: flowOf(row.campaign, row.version), segments }, read),
    decision: (row: DecisionOfPerson) =>
      decisionLine({ ...row, data: dataOf(row.data) }, decisionNames, read),
    refused: (row: Told['refused'][number]) =>
      notEnteredLine({ ...row, data: dataOf(row.data) }, (id) => names.get(`segment:${id}`), read),
  }
}

function dataOf(text: string | null): { readonly [key: string]: Json } {
  const data: unknown = text === null ? {} : JSON.parse(text)
  return isJsonObject(data) ? data : {}
}
