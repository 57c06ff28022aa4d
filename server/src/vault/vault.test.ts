import { createHmac } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSecret } from './secret.service.ts'
import { vault } from './vault.service.ts'

const ours = vault(Buffer.alloc(32, 1))
const theirs = vault(Buffer.alloc(32, 2))

test('what is sealed opens again, Hangul and emptiness included', () => {
  for (const text of ['kim@example.com', '+821012345678', '한글 🧡', '', '\u0000']) {
    expect(ours.open(ours.seal(text))).toBe(text)
  }
})

test('the same address sealed twice looks different, and hashes the same', () => {
  expect(ours.seal('kim@example.com')).not.toBe(ours.seal('kim@example.com'))
  expect(ours.hash('email', 'kim@example.com')).toBe(ours.hash('email', 'kim@example.com'))
  expect(ours.hash('email', 'x')).not.toBe(ours.hash('phone', 'x'))
  expect(ours.hash('email', 'x')).not.toBe(theirs.hash('email', 'x'))
})

test('another secret, a changed byte or plain text is refused in words', () => {
  const sealed = ours.seal('kim@example.com')
  expect(() => theirs.open(sealed)).toThrow(/another secret/)
  const changed = Buffer.from(sealed, 'base64url')
  changed[20] = (changed[20] ?? 0) ^ 1
  expect(() => ours.open(changed.toString('base64url'))).toThrow(/another secret|changed/)
  expect(() => ours.open('kim@example.com')).toThrow(/not a sealed value/)
  changed[0] = 9
  expect(() => ours.open(changed.toString('base64url'))).toThrow(/format 9/)
})

test('a link is signed by us and nobody else', () => {
  const signature = ours.sign('/u/12?x=1')
  expect(ours.verify('/u/12?x=1', signature)).toBe(true)
  expect(ours.verify('/u/13?x=1', signature)).toBe(false)
  expect(theirs.verify('/u/12?x=1', signature)).toBe(false)
  expect(ours.verify('/u/12?x=1', '')).toBe(false)
})

test("a shop's server vouches for a member as the guide says, in hex or base64url", () => {
  const secret = ours.identitySecret(7)
  const made = createHmac('sha256', secret).update('member-1')
  const digest = made.digest()
  expect(ours.vouchesFor(7, 'member-1', digest.toString('hex'))).toBe(true)
  expect(ours.vouchesFor(7, 'member-1', digest.toString('base64url'))).toBe(true)
  expect(ours.vouchesFor(7, 'member-2', digest.toString('hex'))).toBe(false)
  expect(ours.vouchesFor(8, 'member-1', digest.toString('hex'))).toBe(false)
  expect(ours.vouchesFor(7, 'member-1', '')).toBe(false)
})

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danggol-vault-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('the secret is made once, for its owner only, and kept', async () => {
  const config = { secret: undefined, dataFolder: join(folder, 'new') }
  // Two processes starting at once agree on one.
  const [first, second] = await Promise.all([loadSecret(config), loadSecret(config)])
  expect(first).toHaveLength(32)
  expect(second).toEqual(first)
  expect(await loadSecret(config)).toEqual(first)
  expect((await stat(join(folder, 'new', 'secret.key'))).mode & 0o777).toBe(0o600)
})

test('a damaged key file is not replaced but named', async () => {
  const path = join(folder, 'secret.key')
  await writeFile(path, 'short')
  await expect(loadSecret({ secret: undefined, dataFolder: folder })).rejects.toThrow(/damaged/)
  expect(await readFile(path, 'utf8')).toBe('short')
  await chmod(path, 0o600)
})

test('a secret from the environment is used as it is', async () => {
  const secret = 'x'.repeat(40)
  expect(await loadSecret({ secret, dataFolder: folder })).toEqual(Buffer.from(secret))
})
