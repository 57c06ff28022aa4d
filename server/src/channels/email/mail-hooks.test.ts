import { createHmac } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { ShopId } from '../../lib/brand.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Shop } from '../../shops/shop.ts'
import { mailHooks } from './mail-hooks.service.ts'
import { certificate, event, notification } from './sns-signed.contract.ts'

const shop = 1 as ShopId
const topic = 'arn:aws:sns:ap-northeast-2:123456789012:mail'
const now = Date.UTC(2026, 10, 22)
const delivery = event('Delivery', { delivery: { timestamp: '2026-11-22T00:41:00.000Z' } })
const ses = {
  provider: 'ses',
  region: 'ap-northeast-2',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  sealedSecretKey: 'x',
  configurationSet: '',
  topic: '',
}

let sections: Record<string, JsonObject | null> = {}
let asked: string[] = []
const hooks = mailHooks({
  clock: { now: () => now },
  vault: { open: (sealed) => sealed },
  shops: {
    shop: async () => ({ settings: sections }) as unknown as Shop,
    set: async (_, name, value) => {
      sections[name] = value
    },
    audit: async () => undefined,
  },
  fetchSns: async (url) => {
    asked.push(url.pathname)
    return url.pathname.endsWith('.pem') ? certificate : '<ConfirmSubscriptionResponse/>'
  },
})
beforeEach(() => {
  sections = { mail: ses }
  asked = []
})

const headers = new Headers()
const tellSes = (message: object) => hooks.ses({ shop, body: JSON.stringify(message), headers })

test('the first topic that asks is the shop’s from then on, and another one is not believed', async () => {
  expect(await tellSes(notification({ Message: delivery }))).toBeUndefined()
  const asking = notification({
    Type: 'SubscriptionConfirmation',
    Token: 't',
    SubscribeURL: 'https://sns.ap-northeast-2.amazonaws.com/?Action=ConfirmSubscription',
  })
  expect(await tellSes(asking)).toEqual([])
  expect(sections.mail).toMatchObject({ topic })
  expect(asked).toContain('/')
  expect(await tellSes(notification({ Message: delivery }))).toMatchObject([
    { providerId: '0100-abc', outcome: { kind: 'delivered' } },
  ])
  const stranger = notification({ Message: delivery, TopicArn: topic.replace('1234', '9999') })
  expect(await tellSes(stranger)).toBeUndefined()
  expect(await tellSes({ ...notification({ Message: delivery }), Message: '{}' })).toBeUndefined()
})

test('nonsense, and reports for a shop that sends otherwise, are nobody’s', async () => {
  for (const body of ['', 'x', '{}', '[]']) {
    expect(await hooks.ses({ shop, body, headers })).toBeUndefined()
    expect(await hooks.resend({ shop, body, headers })).toBeUndefined()
  }
  sections = {}
  expect(await tellSes(notification({ Message: delivery }))).toBeUndefined()
  expect(asked).toEqual([])
})

test('Resend is believed with the secret of the shop’s webhook, and not without one', async () => {
  const body = JSON.stringify({
    type: 'email.complained',
    created_at: '2026-11-22T00:00:00.000Z',
    data: { email_id: 'e1' },
  })
  const seconds = String(now / 1000)
  const made = createHmac('sha256', Buffer.from('a secret of the webhook'))
  const signature = made.update(`m.${seconds}.${body}`).digest('base64')
  const signed = new Headers({
    'svix-id': 'm',
    'svix-timestamp': seconds,
    'svix-signature': `v1,${signature}`,
  })
  const secret = `whsec_${Buffer.from('a secret of the webhook').toString('base64')}`
  sections = { mail: { provider: 'resend', sealedKey: 'x', sealedWebhookSecret: secret } }
  expect(await hooks.resend({ shop, body, headers: signed })).toMatchObject([
    { providerId: 'e1', outcome: { cause: 'complaint' } },
  ])
  expect(await hooks.resend({ shop, body: `${body} `, headers: signed })).toBeUndefined()
  sections = { mail: { provider: 'resend', sealedKey: 'x', sealedWebhookSecret: '' } }
  expect(await hooks.resend({ shop, body, headers: signed })).toBeUndefined()
})
