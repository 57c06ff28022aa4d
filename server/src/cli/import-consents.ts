import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { importKinds } from '../connect/consents/row.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { House } from '../wiring.ts'

const fileBytesLimit = 64 * 1024 * 1024
const usage =
  'Say: import consents FILE [--kind consents|optOut080|oldTool] [--from WHERE] --by NAME --attest "SENTENCE", or --look to only look'

/** What the command asks for; refuses what could not be answered for later. */
export function consentsAsked(args: readonly string[]) {
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
  shop: ShopId,
  asked: ReturnType<typeof consentsAsked>,
): Promise<unknown> {
  const { size } = await stat(asked.file).catch(() => {
    throw new Refusal('not-found', `There is no file ${asked.file}, or it cannot be read.`, 'file')
  })
  if (size > fileBytesLimit)
    throw new Refusal('too-large', 'The file is larger than 64 MiB.', 'file')
  const actor = { shop, name: 'cli' }
  const { id, counts, refused } = await house.consentFiles.lookAt(actor, {
    bytes: await readFile(asked.file),
    kind: asked.kind,
    from: asked.from,
    fileName: basename(asked.file),
  })
  const lines = refused.map(({ line, fault }) => ({ line, reason: fault }))
  if (asked.look) return { lookedAt: true, counts, refused: lines }
  const done = await house.consentFiles.apply(actor, id, asked.signature)
  return { import: id, counts: JSON.parse(done.counts) as unknown, refused: lines }
}
