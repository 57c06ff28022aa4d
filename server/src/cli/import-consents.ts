import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { importKinds } from '../connect/consents/row.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import { patience } from '../wiring/refusals.ts'
import type { House } from '../wiring.ts'
import { progressBar } from './progress-bar.ts'
import { caughtUp, shopOf, withHouse } from './with-house.ts'

const pollMs = 200
type Tell = (share: number) => void

const fileBytesLimit = 64 * 1024 * 1024
const usage =
  'Say: import consents FILE [--kind consents|optOut080|oldTool] [--from WHERE] --by NAME --attest "SENTENCE", or --look to only look'

/** `import consents FILE`: waits until the consents count, unless the file is only looked at. */
export async function importConsentsFile(config: Config, args: readonly string[]): Promise<void> {
  const asked = consentsAsked(args)
  await withHouse(config, async (house, { started }) => {
    const shop = await shopOf(house, asked.shop)
    if (started) await house.start()
    const bar = progressBar(process.stderr)
    const done = await importConsents(house, {
      ...asked,
      shop,
      tell: (share) => bar.show('쓰는 중 writing', share),
    })
    if (!asked.look) await caughtUp(house, shop, bar)
    bar.end()
    console.log(JSON.stringify(done, null, 2))
  })
}

/** What the command asks for; refuses what could not be answered for later. */
function consentsAsked(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      shop: { type: 'string' },
      kind: { type: 'string', default: 'consents' },
      from: { type: 'string', default: '' },
      by: { type: 'string' },
      attest: { type: 'string' },
      look: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const file = positionals[1]
  const kind = importKinds.find((one) => one === values.kind)
  if (file === undefined || !kind) throw new Refusal('invalid', usage, 'import')
  const { by, attest, look, from, shop } = values
  if (!look && (!by?.trim() || (attest?.trim().length ?? 0) < 10))
    throw new Refusal('invalid', `Somebody must answer for the file by name. ${usage}`, '--by')
  return { file, kind, from, shop, look, signature: { name: by ?? '', sentence: attest ?? '' } }
}

/** Looks at the file and, unless only that was asked for, does what it says. Answers what to print. */
export async function importConsents(
  house: House,
  {
    shop,
    tell,
    ...asked
  }: Omit<ReturnType<typeof consentsAsked>, 'shop'> & {
    readonly shop: ShopId
    readonly tell: Tell
  },
): Promise<unknown> {
  const { size } = await stat(asked.file).catch(() => {
    throw new Refusal('not-found', `There is no file ${asked.file}, or it cannot be read.`, 'file')
  })
  if (size > fileBytesLimit)
    throw new Refusal('too-large', 'The file is larger than 64 MiB.', 'file')
  const actor = { shop, name: 'cli' }
  const id = await house.consentFiles.lookAt(actor, {
    bytes: await readFile(asked.file),
    kind: asked.kind,
    from: asked.from,
    fileName: basename(asked.file),
  })
  const looked = await worked(house, { shop, id, tell })
  const refused = (await house.consentFiles.shownLines(shop, id)).map(({ line, fault }) => ({
    line,
    reason: fault,
  }))
  if (asked.look) return { lookedAt: true, counts: JSON.parse(looked.counts) as unknown, refused }
  await house.consentFiles.apply(actor, id, asked.signature)
  const done = await worked(house, { shop, id, tell })
  return { import: id, counts: JSON.parse(done.counts) as unknown, refused }
}

/** The worker of the server, or of this very run, works on the file: waits for it. A run that is stopped here loses nothing. */
async function worked(
  house: House,
  { shop, id, tell }: { readonly shop: ShopId; readonly id: number; readonly tell: Tell },
) {
  for (;;) {
    const row = await house.consentFiles.get(shop, id)
    tell(row.total === null ? 0 : row.done / Math.max(1, row.total))
    if (row.state === 'failed') throw new Refusal('invalid', row.problem ?? 'It failed.', 'file')
    if (row.state === 'looked_at' || row.state === 'done') return row
    await patience(pollMs)
  }
}
