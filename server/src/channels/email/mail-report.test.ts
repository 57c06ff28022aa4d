import { createHmac } from 'node:crypto'
import { Resend } from 'resend'
import { expect, test } from 'vitest'
import { resendReports } from './resend-report.ts'
import { certificateAddress, sesReports, snsAddress } from './ses-report.ts'
import { confirmSubscription, isFromSns } from './sns.driver.ts'
import { certificate, event, notification } from './sns-signed.contract.ts'
import { isSigned } from './svix.driver.ts'

test('a permanent bounce closes the address, a transient one does not', () => {
  const bounce = (bounceType: string, bounceSubType: string) =>
    event('Bounce', {
      bounce: {
        bounceType,
        bounceSubType,
        bouncedRecipients: [
          {
            emailAddress: 'kim@customer.example',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 user unknown',
          },
        ],
        timestamp: '2026-11-22T00:41:02.669Z',
      },
    })
  expect(sesReports(bounce('Permanent', 'General'))).toEqual([
    {
      providerId: '0100-abc',
      at: Date.UTC(2026, 10, 22, 0, 41, 2, 669),
      outcome: {
        kind: 'failed',
        cause: 'no_address',
        detail: 'Permanent General smtp; 550 5.1.1 user unknown',
      },
    },
  ])
  expect(sesReports(bounce('Transient', 'MailboxFull'))).toMatchObject([
    { outcome: { cause: 'unreachable' } },
  ])
  expect(sesReports(bounce('Undetermined', 'Undetermined'))).toMatchObject([
    { outcome: { cause: 'unreachable' } },
  ])
  expect(sesReports(bounce('Transient', 'ContentRejected'))).toMatchObject([
    { outcome: { cause: 'spam_filtered' } },
  ])
})

test('delivery and complaint are told, by event publishing or by the identity itself', () => {
  const delivery = { delivery: { timestamp: '2026-11-22T00:41:00.000Z' } }
  expect(sesReports(event('Delivery', delivery))).toMatchObject([
    { outcome: { kind: 'delivered' } },
  ])
  const own = { notificationType: 'Delivery', mail: { messageId: 'm' }, ...delivery }
  expect(sesReports(JSON.stringify(own))).toMatchObject([{ providerId: 'm' }])
  const complaint = (type: string | null) =>
    event('Complaint', {
      complaint: { timestamp: '2026-11-22T00:41:00.000Z', complaintFeedbackType: type },
    })
  expect(sesReports(complaint('abuse'))).toMatchObject([{ outcome: { cause: 'complaint' } }])
  expect(sesReports(complaint(null))).toMatchObject([{ outcome: { cause: 'complaint' } }])
  expect(sesReports(complaint('not-spam'))).toEqual([])
})

test('events that decide nothing, and nonsense, say nothing', () => {
  for (const text of [
    event('Send', { send: {} }),
    event('Open', { open: {} }),
    'x',
    '[]',
    'null',
    '{}',
  ]) {
    expect(sesReports(text)).toEqual([])
  }
})

test('only addresses of SNS itself are ever fetched', () => {
  const good = 'https://sns.ap-northeast-2.amazonaws.com/SimpleNotificationService-0a1b2c.pem'
  expect(certificateAddress(good)?.href).toBe(good)
  for (const bad of [
    good.replace('https', 'http'),
    good.replace('.amazonaws.com', '.amazonaws.com.evil.example'),
    good.replace('sns.', 'evil.'),
    good.replace('.pem', '.pem/../../x'),
    good.replace('amazonaws.com', 'amazonaws.com:8443'),
    good.replace('https://', 'https://user@'),
    'https://evil.example/?sns.ap-northeast-2.amazonaws.com',
    'https://my-bucket.s3.amazonaws.com/SimpleNotificationService-0a1b2c.pem',
    'file:///etc/passwd',
    'nonsense',
  ]) {
    expect(certificateAddress(bad), bad).toBeUndefined()
  }
  expect(
    snsAddress('https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=x'),
  ).toBeDefined()
  expect(snsAddress('https://169.254.169.254/latest/meta-data')).toBeUndefined()
})

test('a notification is believed only with SNS’s signature over every word of it', async () => {
  const serve = async () => certificate
  expect(await isFromSns(notification(), serve)).toBe(true)
  expect(
    await isFromSns(notification({ SignatureVersion: '1', Subject: 'Amazon SES' }), serve),
  ).toBe(true)
  expect(await isFromSns({ ...notification(), Message: '{}' }, serve)).toBe(false)
  expect(await isFromSns({ ...notification(), TopicArn: 'arn:aws:sns:us-east-1:1:x' }, serve)).toBe(
    false,
  )
  expect(await isFromSns({ ...notification(), Signature: 'AAAA' }, serve)).toBe(false)
  expect(await isFromSns(notification(), async () => 'no certificate')).toBe(true)
  const elsewhere = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-ffff.pem'
  expect(
    await isFromSns(notification({ SigningCertURL: elsewhere }), async () => 'no certificate'),
  ).toBe(false)
  expect(
    await isFromSns(notification({ SigningCertURL: 'https://evil.example/x.pem' }), serve),
  ).toBe(false)
})

test('a subscription is confirmed at SNS and nowhere else', async () => {
  const asked: string[] = []
  const confirmed = (SubscribeURL: string) =>
    confirmSubscription(
      notification({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL }),
      async (url) => {
        asked.push(url.href)
        return '<ConfirmSubscriptionResponse/>'
      },
    )
  expect(
    await confirmed('https://sns.ap-northeast-2.amazonaws.com/?Action=ConfirmSubscription&Token=t'),
  ).toBe(true)
  expect(await confirmed('https://internal.example/')).toBe(false)
  expect(asked).toHaveLength(1)
})

const resendEvent = (type: string, more: object = {}) => ({
  type,
  created_at: '2026-11-22T23:41:12.126Z',
  data: {
    email_id: '56761188-7520',
    to: ['kim@customer.example'],
    message_id: '<1.7@shop.example>',
    ...more,
  },
})

test('what Resend reports becomes the same few outcomes', () => {
  const bounce = (type: string) =>
    resendEvent('email.bounced', { bounce: { type, subType: 'General', message: 'no' } })
  expect(resendReports(bounce('Permanent'))).toEqual([
    {
      providerId: '56761188-7520',
      at: Date.UTC(2026, 10, 22, 23, 41, 12, 126),
      outcome: { kind: 'failed', cause: 'no_address', detail: 'Permanent General no' },
    },
  ])
  expect(resendReports(bounce('Transient'))).toMatchObject([{ outcome: { cause: 'unreachable' } }])
  expect(resendReports(resendEvent('email.delivered'))).toMatchObject([
    { outcome: { kind: 'delivered' } },
  ])
  expect(resendReports(resendEvent('email.complained'))).toMatchObject([
    { outcome: { cause: 'complaint' } },
  ])
  expect(resendReports(resendEvent('email.suppressed'))).toMatchObject([
    { outcome: { cause: 'no_address' } },
  ])
  expect(resendReports(resendEvent('email.failed'))).toMatchObject([
    { outcome: { cause: 'other' } },
  ])
  const overQuota = resendEvent('email.failed', { failed: { reason: 'reached_daily_quota' } })
  expect(resendReports(overQuota)).toMatchObject([{ outcome: { cause: 'no_balance' } }])
  for (const nothing of [
    resendEvent('email.sent'),
    resendEvent('email.opened'),
    null,
    'x',
    { type: 'email.bounced' },
  ])
    expect(resendReports(nothing)).toEqual([])
})

test('a report of Resend is believed only with its signature, and not after five minutes', () => {
  const secret = `whsec_${Buffer.from('a secret of the webhook').toString('base64')}`
  const body = JSON.stringify(resendEvent('email.delivered'))
  const now = Date.UTC(2026, 10, 22)
  const headersOf = (text: string, at = now, id = 'msg_1') => {
    const seconds = String(Math.floor(at / 1000))
    const made = createHmac('sha256', Buffer.from('a secret of the webhook'))
      .update(`${id}.${seconds}.${text}`)
      .digest('base64')
    return new Headers({
      'svix-id': id,
      'svix-timestamp': seconds,
      'svix-signature': `v1,AAAA v1,${made}`,
    })
  }
  expect(isSigned(secret, { headers: headersOf(body), body, now })).toBe(true)
  expect(isSigned(secret, { headers: headersOf('{}'), body, now })).toBe(false)
  expect(isSigned(secret, { headers: headersOf(body, now - 301_000), body, now })).toBe(false)
  expect(isSigned(secret, { headers: new Headers(), body, now })).toBe(false)
  expect(isSigned('', { headers: headersOf(body), body, now })).toBe(false)
  // The official client agrees (it looks at the machine's own clock).
  const fresh = headersOf(body, Date.now())
  const [id = '', timestamp = '', signature = ''] = [
    'svix-id',
    'svix-timestamp',
    'svix-signature',
  ].map((name) => fresh.get(name) ?? '')
  const official = new Resend('re_x').webhooks.verify({
    payload: body,
    webhookSecret: secret,
    headers: { id, timestamp, signature },
  })
  expect(official).toMatchObject({ type: 'email.delivered' })
})
