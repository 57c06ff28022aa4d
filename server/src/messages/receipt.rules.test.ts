import { expect, test } from 'vitest'
import { factsOf, passes } from '../segments/filter.ts'
import { clickOf, type Finished, receiptsOf } from './receipt.ts'

const sent: Finished = {
  id: 7,
  customer: 3,
  campaign: 12,
  version: 1,
  step: 2,
  enrolment: 5,
  channel: 'email',
  purpose: 'advertising',
  state: 'sent',
  attempt: 1,
  provider: 'smtp',
  providerId: 'x',
  reason: null,
  cause: null,
  at: 1_000,
  deliveredAt: 1_000,
  failedAt: null,
  bouncedAt: null,
  complainedAt: null,
}

/** What the segment builder asks when it says "who were sent this campaign". */
const ofCampaign = (id: number) =>
  ({
    kind: 'property',
    path: 'campaign_id',
    is: { type: 'number', op: 'is', than: { op: '=', value: id } },
  }) as const

test('a segment that asks for a campaign meets its receipts and clicks, and no other’s', () => {
  const happenings = [
    ...receiptsOf(sent, 2_000),
    clickOf(sent, { link: 1, url: 'https://shop.example/', now: 3_000 }),
  ]
  expect(happenings.map(({ name }) => name)).toEqual([
    'Message Sent',
    'Message Delivered',
    'Message Clicked',
  ])
  for (const happening of happenings) {
    expect(passes(ofCampaign(12), factsOf(happening))).toBe(true)
    expect(passes(ofCampaign(13), factsOf(happening))).toBe(false)
  }
})
