import { z } from 'zod'
import type { CustomerId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import { nameFor } from '../messages/listing.ts'
import type { Mailroom } from '../messages/mailroom.service.ts'
import type { Tester, TestGroups } from '../messages/test-groups.service.ts'
import type { TestPhones } from '../messages/test-phones.service.ts'
import type { Members } from '../shops/members.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import { Flow } from './campaign.ts'
import type { PreviewNeeds } from './preview.service.ts'
import { sendTests } from './test-sends.service.ts'

type Needs = Pick<PreviewNeeds, 'db' | 'clock'> & {
  readonly mailroom: Mailroom
  readonly groups: TestGroups
  readonly phones: TestPhones
  readonly members: Pick<Members, 'list'>
  readonly shops: Pick<Shops, 'shop' | 'audit'>
}

const outcomes = [
  'sent',
  'inbox',
  'no_address',
  'refused_before',
  'failed',
  'not_taken',
  'too_many',
] as const

/** Drafts to the shop's own people, as any customer would get them. */
export function testSendRoutes(needs: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/campaigns/test-sends',
      summary:
        "Sends the messages of a draft, saved or not, to a test group or to yourself, drawn with a chosen customer's values. Counts nowhere.",
      roles: ['marketer', 'developer'],
      body: z.object({
        draft: Flow,
        step: z.number().int().optional().describe('One message step; all unless given.'),
        customer: z.number().int().positive().optional().describe('Whose values are shown.'),
        group: z.number().int().positive().optional().describe('A test group; you unless given.'),
        phone: z
          .string()
          .trim()
          .max(40)
          .optional()
          .describe('Your mobile number, for messages that go to phones.'),
      }),
      response: z.object({
        items: z.array(
          z.object({
            step: z.number(),
            channel: z.string(),
            name: z.string(),
            outcome: z.enum(outcomes),
            /** Whether the message itself says that it is a test. */
            marked: z.boolean(),
            detail: z.string().nullable(),
          }),
        ),
      }),
      handle: async ({ actor, body }) => {
        const testers =
          body.group === undefined
            ? [await oneself(needs, actor, body.phone)]
            : await needs.groups.people(actor.shop, body.group)
        const { shops } = needs
        const told = { ...needs, told: toldTo(shops, actor, body.group) }
        const items = await sendTests(told, actor.shop, {
          flow: body.draft,
          step: body.step,
          customer: body.customer as CustomerId | undefined,
          shownName: nameFor(actor),
          testers,
        })
        return { items: [...items] }
      },
    }),
  ]
}

/** Writes each test that leaves into the audit log: to whom, and whose data it shows. */
function toldTo(
  shops: Pick<Shops, 'audit'>,
  actor: Actor,
  group: number | undefined,
): Parameters<typeof sendTests>[0]['told'] {
  return ({ tester, channel, customer }) =>
    shops.audit(actor, 'message.test-sent', {
      object: tester.object,
      detail: {
        channel,
        ...(customer === undefined ? {} : { as: `customer:${customer}` }),
        ...(group === undefined ? {} : { group }),
      },
    })
}

/** Whoever is writing: by mail to their own address, else to a number that they type. */
async function oneself(
  { members, phones }: Needs,
  actor: Actor,
  phone: string | undefined,
): Promise<Tester> {
  const member = (await members.list(actor.shop)).find(
    (one) => one.id === actor.member && one.disabledAt === null,
  )
  if (!member) throw new Refusal('invalid', 'A key has no address: name a test group.', 'group')
  const checked = phone
    ? await phones.checked(actor.shop, { text: phone, channel: 'sms' })
    : undefined
  return {
    name: member.name,
    email: member.email,
    phone: checked?.address,
    object: checked ? `phone:${checked.masked}` : `member:${member.id}`,
  }
}
