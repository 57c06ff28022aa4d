import { expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { vault } from '../vault/vault.service.ts'
import type { DeliveryReport } from './carrier.ts'
import { hookPath } from './hook-address.ts'
import { hookRoutes } from './hooks.routes.ts'

const shop = 7 as ShopId
const safe = vault(new Uint8Array(32).fill(7))

function hooks(options: { readonly fails?: boolean } = {}) {
  const applied: { readonly shop: number; readonly reports: readonly DeliveryReport[] }[] = []
  const errors: unknown[] = []
  const app = hookRoutes({
    clock: { now: () => 1_000 },
    vault: safe,
    mail: { ses: async () => undefined, resend: async () => [] },
    apply: async (of, { reports }) => {
      if (options.fails) throw new Error('no database')
      applied.push({ shop: of, reports })
    },
    onError: (error) => errors.push(error),
  })
  const post = async (path: string, body: string) =>
    (await app.request(path, { method: 'POST', body })).status
  return { applied, errors, post }
}

const report = JSON.stringify([
  { messageId: 'M1', statusCode: '4000' },
  { messageId: 'M2', statusCode: '3102' },
  { messageId: 'M3', statusCode: '3000' },
])

test('reports posted to a shop’s own address are applied for that shop', async () => {
  const { applied, post } = hooks()
  expect(await post(hookPath('solapi', shop, safe), report)).toBe(200)
  expect(applied).toMatchObject([
    {
      shop: 7,
      reports: [
        { providerId: 'M1', outcome: { kind: 'delivered' } },
        { providerId: 'M2', outcome: { kind: 'failed', cause: 'not_on_kakao' } },
      ],
    },
  ])
})

test('nobody finds a hook by guessing: another shop, provider or signature is not there', async () => {
  const { applied, post } = hooks()
  const path = hookPath('solapi', shop, safe)
  for (const wrong of [
    path.replace('/7.', '/8.'),
    path.replace('solapi', 'nhn'),
    path.replace('solapi', 'smtp'),
    `${path}x`,
    '/hooks/solapi/7.',
    '/hooks/solapi/7',
  ]) {
    expect(await post(wrong, report), wrong).toBe(404)
  }
  expect(applied).toEqual([])
})

test('what is no report, or not signed by its sender, is refused', async () => {
  const { applied, post } = hooks()
  expect(await post(hookPath('solapi', shop, safe), 'hello')).toBe(400)
  expect(await post(hookPath('ses', shop, safe), '{}')).toBe(400)
  expect(applied).toEqual([])
})

test('a body larger than any report is not read to its end', async () => {
  const { post } = hooks()
  expect(await post(hookPath('solapi', shop, safe), 'x'.repeat(3_000_000))).toBe(413)
})

test('what cannot be kept now is asked for again', async () => {
  const { errors, post } = hooks({ fails: true })
  expect(await post(hookPath('solapi', shop, safe), report)).toBe(503)
  expect(errors).toHaveLength(1)
})
