import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of a secret we make. */
const secretBytes = 32

/**
 * The installation's one secret: DANGGOL_SECRET, or `<data folder>/secret.key`, which is made (readable by its owner
 * only) the first time. Losing it loses every sealed contact: it belongs into the backup, apart from the data.
 */
export async function loadSecret(config: {
  readonly secret: string | undefined
  readonly dataFolder: string
}): Promise<Uint8Array> {
  if (config.secret !== undefined) return Buffer.from(config.secret, 'utf8')
  const path = join(config.dataFolder, 'secret.key')
  const text = (await readIfThere(path)) ?? (await makeSecret(config.dataFolder, path))
  const secret = Buffer.from(text.trim(), 'base64url')
  if (secret.length !== secretBytes) {
    throw new Error(
      `${path} is damaged: it must hold ${secretBytes} bytes as base64url. Restore it from the backup.`,
    )
  }
  return secret
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

// Written aside and linked into place whole: a crash leaves no half a key, and of two processes the first one wins.
async function makeSecret(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(aside, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(secretBytes).toString('base64url')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(aside, { force: true })
  }
  return readFile(path, 'utf8')
}
