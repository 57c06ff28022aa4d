import { createHash } from 'node:crypto'
import type { Flows } from '../campaigns/flows.service.ts'
import type { Wordings } from '../consent/wordings.service.ts'
import type { ContactKey, Ids } from '../customers/identity.ts'
import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { LinkSigner } from '../messages/link.ts'
import { confirmationAsked } from '../messages/notices/about.ts'
import type { FormAnswer } from './answer.ts'
import { type ReadForm, readForm } from './read-form.ts'
import { shownStep } from './shown-step.service.ts'
import type { Told } from './token.ts'
import type { FormSent } from './wire.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly flows: Flows
  readonly wordings: Pick<Wordings, 'keep'>
  readonly accept: Accept['accept']
  readonly signer: LinkSigner
  readonly protect: (kind: 'email' | 'phone', normalised: string) => ContactKey
}
type Given = Extract<ReadForm, { readonly kind: 'read' }>

/**
 * Takes a form that a visitor filled in. Answers become traits, addresses contacts that were claimed. A ticked box is a
 * browser's word about an address, which grants nothing (docs/decisions/0015): the address itself is asked, with these words
 * as evidence. The same form sent twice is one.
 */
export function formsSent(needs: Needs) {
  return async (shop: ShopId, sent: FormSent): Promise<FormAnswer> => {
    const { told, content } = await shownStep(needs, shop, sent)
    const form = content?.parts.find(({ id }) => id === sent.part)
    if (!content || form?.kind !== 'form')
      throw new Refusal('invalid', 'No such form is in it.', 'part')
    const { language } = content
    const read = readForm(form, sent, language)
    if (read.kind === 'refused') return read
    const grants = await grantsOf(needs, shop, { read, told, language })
    await needs.accept(shop, happeningsOf(needs, { sent, told, read, grants }))
    return { kind: 'taken' }
  }
}
export type FormsSent = ReturnType<typeof formsSent>

/** What the addresses are asked to confirm; the exact words each box showed are kept first. */
async function grantsOf(
  needs: Needs,
  shop: ShopId,
  about: { readonly read: Given; readonly told: Told; readonly language: 'ko' | 'en' },
): Promise<readonly JsonObject[]> {
  const { read, told, language } = about
  const grants: JsonObject[] = []
  for (const { channel, night, label, wording } of read.boxes) {
    const text = `${label}\n${wording}`
    const id = await needs.wordings.keep(shop, {
      name: label,
      language,
      text,
      by: `campaign:${told.campaign}`,
    })
    const asked = {
      form: 'onsite_form',
      form_wording: id,
      form_url: told.url,
      form_campaign: String(told.campaign),
      form_at: new Date(needs.clock.now()).toISOString(),
    }
    grants.push({ channel, scope: 'ad_day', asked })
    // E-mail knows no night (decree article 61(2)).
    if (night && channel !== 'email') grants.push({ channel, scope: 'ad_night', asked })
  }
  return grants
}

function happeningsOf(
  { clock, protect }: Needs,
  about: {
    readonly sent: FormSent
    readonly told: Told
    readonly read: Given
    readonly grants: readonly JsonObject[]
  },
): readonly Happening[] {
  const { sent, told, read, grants } = about
  const now = clock.now()
  const said = JSON.stringify([read.traits, read.email, read.phone, read.boxes.map(({ id }) => id)])
  const cause = `onsite-form:${told.campaign}:${told.occasion}:${sent.part}`
  const same = createHash('sha256').update(`${told.device}\n${said}`).digest('base64url')
  const ids: Ids = {
    anonymous: told.device,
    ...(read.email === undefined ? {} : { email: protect('email', read.email) }),
    ...(read.phone === undefined ? {} : { phone: protect('phone', read.phone.e164) }),
    verified: false,
  }
  const at = { at: now, receivedAt: now }
  const context = { page: { url: told.url } }
  return [
    {
      ...at,
      ids,
      kind: 'identify',
      name: 'Identified',
      messageId: `${cause}:${same}`,
      body: { traits: read.traits, context, browser: true },
    },
    ...(grants.length === 0
      ? []
      : [
          {
            ...at,
            ids: { anonymous: told.device, verified: false },
            kind: 'edit' as const,
            name: confirmationAsked,
            messageId: `${cause}:${same}:ask`,
            body: { properties: { grants: [...grants] }, browser: true },
          },
        ]),
  ]
}
