import { refusedUrl } from '../../channels/webhook/guarded-post.driver.ts'
import { webhookSettings } from '../../channels/webhook/settings.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { byteOrderMark, csvLine } from '../../web/csv-cell.ts'
import {
  changeFile,
  forgetRuns,
  insertFile,
  linesAfter,
  readFiles,
  readRuns,
  readWhole,
  removeFile,
  type StandingRow,
} from './standing.store.ts'
import {
  filesLimit,
  keptMs,
  nextDue,
  readLink,
  ServiceKey,
  type StandingDraft,
} from './standing.ts'
import { fileAddress } from './telling.service.ts'

type Actor = { readonly shop: ShopId; readonly name: string }
type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'sign' | 'verify'>
  readonly shops: Pick<Shops, 'shop' | 'audit'>
  readonly publicUrl: string
  readonly segment: (shop: ShopId, id: number) => Promise<unknown>
  /** Something is due. */
  readonly onDue: () => void
  readonly allowPrivate?: boolean
}

const runsShown = 5
const runsKeptMs = 90 * dayMs
const linesAtOnce = 1_000

/** Files that are written again and again, what came of the last ones, and fetching them. */
export function standingFiles(needs: Needs) {
  const { db, clock } = needs
  const known = async (shop: ShopId, id: number): Promise<StandingRow> => {
    const found = (await readFiles(db, shop)).find((one) => one.id === id)
    if (!found) throw new Refusal('not-found', `There is no standing file ${id}.`)
    return found
  }
  const object = (id: number) => ({ object: `file:${id}` })
  return {
    list: (shop: ShopId) => listed(needs, shop),
    create: (actor: Actor, draft: StandingDraft) => made(needs, actor, draft),
    remove: async (actor: Actor, id: number): Promise<void> => {
      await known(actor.shop, id)
      await removeFile(db, actor.shop, { id, at: clock.now() })
      await needs.shops.audit(actor, 'file.removed', object(id))
    },
    /** Switches its times on or off. */
    put: async (actor: Actor, id: number, isOn: boolean): Promise<void> => {
      const { every } = await known(actor.shop, id)
      const { timeZone } = await needs.shops.shop(actor.shop)
      const nextAt = nextDue(every, clock.now(), timeZone)
      await changeFile(db, actor.shop, { id, isOn, nextAt })
      await needs.shops.audit(actor, isOn ? 'file.resumed' : 'file.paused', object(id))
    },
    /** Has it written now; its times stay. */
    run: async (actor: Actor, id: number): Promise<void> => {
      if (!(await known(actor.shop, id)).isOn)
        throw new Refusal('conflict', 'Switch this file on first.')
      await changeFile(db, actor.shop, { id, isOn: true, nextAt: clock.now() })
      needs.onDue()
    },
    /** The file behind a signed link, while it is kept. */
    fetch: (link: string) => fetched(needs, link),
    /** Forgets what was kept long enough; hourly. */
    prune: (): Promise<void> =>
      forgetRuns(db, { lines: clock.now() - keptMs, runs: clock.now() - runsKeptMs }),
  }
}
export type StandingFiles = ReturnType<typeof standingFiles>

async function listed(needs: Needs, shop: ShopId) {
  const { db, clock } = needs
  const [files, runs] = [await readFiles(db, shop), await readRuns(db, shop, runsShown)]
  const addressOf = (run: (typeof runs)[number]) => {
    const until = run.begunAt + keptMs
    const isThere = run.state === 'done' && until > clock.now()
    return isThere ? fileAddress(needs, { shop, run: run.id, until }) : null
  }
  const shown = (run: (typeof runs)[number]) => {
    const { file: _, untold, tellProblem: problem, tellAt: againAt, ...rest } = run
    const mail = problem === null ? null : { untold: [...untold], problem, againAt }
    return { ...rest, mail, url: addressOf(run) }
  }
  return files.map(({ sealedKey, shop: _, tries, toldTo: __, ...file }) => ({
    ...file,
    hasKey: sealedKey !== null,
    /** What is next is the same once more. */
    isAgain: tries > 0,
    runs: runs.filter((run) => run.file === file.id).map(shown),
  }))
}

async function made(needs: Needs, actor: Actor, draft: StandingDraft): Promise<number> {
  const { db, clock, vault } = needs
  const { shop: id } = actor
  const shop = await needs.shops.shop(id)
  if ((await readFiles(db, id)).length >= filesLimit)
    throw new Refusal('too-many', `There may be ${filesLimit} standing files.`)
  if (draft.what.kind === 'segment') await needs.segment(id, draft.what.segment)
  if (draft.place.kind === 'server') {
    const refused = await refusedUrl(draft.place.url, needs.allowPrivate)
    if (refused) throw new Refusal('invalid', refused, 'place.url')
    if (!webhookSettings(shop.settings.webhook))
      throw new Refusal('conflict', 'Make the webhook secret in the settings first.', 'place.url')
  }
  const key = draft.place.kind === 'sheet' ? keyOf(draft.key ?? '') : undefined
  const { key: _, ...rest } = draft
  const file = await insertFile(db, {
    ...rest,
    shop: id,
    sealedKey: key === undefined ? null : vault.seal(JSON.stringify(key)),
    nextAt: nextDue(draft.every, clock.now(), shop.timeZone),
    at: clock.now(),
    by: actor.name,
  })
  const detail = { name: draft.name, what: draft.what.kind, place: draft.place.kind }
  await needs.shops.audit(actor, 'file.planned', { object: `file:${file}`, detail })
  return file
}

function keyOf(text: string): ServiceKey {
  try {
    return ServiceKey.parse(JSON.parse(text))
  } catch {
    throw new Refusal('invalid', 'This is no key file of a Google service account.', 'key')
  }
}

async function fetched({ db, clock, vault }: Needs, link: string) {
  const at = link.lastIndexOf('.')
  const text = link.slice(0, at)
  const of = readLink(text)
  const isOurs = vault.verify(`standing-file:${text}`, link.slice(at + 1))
  if (!of || !isOurs || of.until <= clock.now())
    throw new Refusal('not-found', 'This file is no longer here.')
  const shop = of.shop as ShopId
  const whole = await readWhole(db, shop, of.run)
  if (!whole) throw new Refusal('not-found', 'This file is no longer here.')
  const utf8 = new TextEncoder()
  let after = 0
  const body = new ReadableStream<Uint8Array>(
    {
      start: (file) => file.enqueue(utf8.encode(byteOrderMark + whole.head)),
      pull: async (file) => {
        const lines = await linesAfter(db, shop, { run: of.run, after, limit: linesAtOnce })
        const text = lines.map(({ sealed }) => csvLine(JSON.parse(vault.open(sealed)) as string[]))
        if (lines.length > 0) file.enqueue(utf8.encode(text.join('')))
        after = lines.at(-1)?.line ?? after
        if (lines.length < linesAtOnce) file.close()
      },
    },
    { highWaterMark: 1 },
  )
  return { name: whole.name, body }
}
