import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { type Provider, stopped } from '../channels/carrier.ts'
import { webhookSettings } from '../channels/webhook/settings.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import type { Shop } from '../shops/shop.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { ProviderSign } from './breaker.ts'
import type { Ready } from './claim.service.ts'
import type { Contents } from './contents.service.ts'
import type { ParsedMessage } from './draw.ts'
import type { HaltWatch } from './halt.service.ts'
import { type Attempt, signOf } from './handover.ts'
import type { CarriedChannel } from './intent.ts'
import { readKept } from './kept.ts'
import { parcelOf } from './parcel.ts'
import { formOf } from './price.ts'
import { type Answered, type RefusedThere, recordGroup } from './record.service.ts'
import type { ReportsNeeds } from './reports.service.ts'

/** What was looked at under lock holds for so long; a message that could not leave by then is looked at again. */
const freshMs = minuteMs
/** Messages drawn before other work of the process is let in. */
const drawnAtOnce = 4
/** An answer waits so long for others of its batch, so that they are written together; the last of them waits for nobody. */
const gatherMs = 20

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open' | 'sign' | 'verify'>
  readonly consent: Pick<Consent, 'suppress'>
  readonly coupons: Pick<Coupons, 'release'>
  readonly contents: Pick<Contents, 'load'>
  readonly onRefused?: ReportsNeeds['onRefused']
  readonly publicUrl: string
  /** Whether all sending of the shop was stopped. */
  readonly isHalted: HaltWatch
}

/** Messages that passed the door together, on their way to one provider. */
export type Flight = {
  readonly shop: Shop
  readonly channel: CarriedChannel
  readonly provider: Provider
  readonly ready: readonly Ready[]
  /** UTC ms at which they passed. */
  readonly claimedAt: number
  /** Told what each answer says of the provider. */
  readonly onSign: (sign: ProviderSign) => void
}

/** Hands a batch over all at once and records answers as they come, several in a transaction. */
export async function handOver(needs: Needs, flight: Flight): Promise<void> {
  const { shop, ready } = flight
  const contents = await needs.contents.load(
    needs.db,
    shop.id,
    ready.flatMap(({ row }) => row.contentId ?? []),
  )
  const refused: RefusedThere[] = []
  let answered: Answered[] = []
  let recording = Promise.resolve()
  let open = ready.length
  // While one group is being written the next gathers, so a slow mail holds nobody's record back.
  const record = () => {
    recording = recording.then(async () => {
      if (answered.length > 0 && open > 0) await wait(gatherMs)
      const group = answered
      answered = []
      if (group.length > 0) refused.push(...(await recordGroup(needs, flight, group)))
    })
    return recording
  }
  // Drawing a hundred mails takes as long as a whole turn of the line: whoever waits for an answer is let in between.
  let pause = Promise.resolve()
  const turnOf = (place: number) => {
    if (place > 0 && place % drawnAtOnce === 0) pause = pause.then(() => setImmediate())
    return pause
  }
  await Promise.all(
    ready.map(async (one, place) => {
      await turnOf(place)
      const content = contents.get(one.row.contentId ?? '')
      const handed = await handOne(needs, flight, { one, content }).catch(
        // Thrown before the provider was called: an address sealed with another secret, for example.
        (error: unknown): Handed => undrawable('render_failed', wordsOf(error)),
      )
      const sign = signOf(handed.attempt)
      if (sign && isOneProvider(flight)) flight.onSign(sign)
      answered.push({ one, ...handed })
      open--
      await record()
    }),
  )
  // After everything is recorded: the line may be behind, and answers must not wait for it.
  if (refused.length > 0) await needs.onRefused?.(shop.id, refused)
}

/**
 * Whether all messages of the lane go to one server, so that its silence says something of the next. Browsers name push
 * services themselves: made-up ones must not stop the others.
 */
function isOneProvider({ channel }: Flight): boolean {
  return channel !== 'web_push' && channel !== 'webhook'
}

type Handed = Pick<Answered, 'attempt' | 'form'>

async function handOne(
  needs: Needs,
  { shop, provider, claimedAt }: Flight,
  drawing: {
    readonly one: Ready
    readonly content: ParsedMessage | undefined
  },
): Promise<Handed> {
  const { one, content } = drawing
  if (!content) return undrawable('content_missing', '')
  const { row, contact } = one
  // A call to the shop's own server has no address of the person's.
  const opened = (sealed: string) => (sealed === '' ? '' : needs.vault.open(sealed))
  const drawn = parcelOf(
    {
      shop,
      content,
      kept: readKept(row.kept),
      message: row.id,
      customer: row.customer,
      attempt: row.attempt + 1,
      to: contact.sealed.split(' ').map(opened).join('\n'),
      secret: secretOf(shop, needs.vault),
      now: needs.clock.now(),
    },
    { publicUrl: needs.publicUrl, signer: needs.vault },
  )
  if (drawn.kind === 'failed') return undrawable('render_failed', drawn.message)
  const form = formOf(drawn.parcel)
  if (needs.clock.now() > claimedAt + freshMs) {
    return { form, attempt: { kind: 'temporary', detail: 'held up on our side; nothing was sent' } }
  }
  let halted = false
  const mayLeave = async () => {
    halted ||= await needs.isHalted(shop.id)
    return !halted
  }
  if (!(await mayLeave())) return { form, attempt: haltedAttempt }
  try {
    const attempt = await provider.send({ ...drawn.parcel, mayLeave })
    // A provider that asked and was told no has let nothing go.
    return { form, attempt: halted && attempt.kind === 'temporary' ? haltedAttempt : attempt }
  } catch (error) {
    // A provider answers with a value; if it throws all the same, nobody knows how far it came.
    return { form, attempt: { kind: 'ambiguous', detail: wordsOf(error) } }
  }
}

const haltedAttempt: Attempt = { kind: 'halted', detail: stopped.detail }

function undrawable(
  reason: Extract<Attempt, { kind: 'undrawable' }>['reason'],
  detail: string,
): Handed {
  return { attempt: { kind: 'undrawable', reason, detail }, form: null }
}

/** What calls to the shop's server are signed with. */
function secretOf({ settings }: Shop, vault: Pick<Vault, 'open'>): string {
  const known = webhookSettings(settings.webhook)
  return known ? vault.open(known.sealedSecret) : ''
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
