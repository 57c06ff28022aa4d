import { createHmac, createSign } from 'node:crypto'
import { Resend } from 'resend'
import { expect, test } from 'vitest'
import { resendReports } from './resend-report.ts'
import {
  certificateAddress,
  type SnsMessage,
  sesReports,
  signedText,
  snsAddress,
} from './ses-report.ts'
import { confirmSubscription, isFromSns } from './sns.driver.ts'
import { isSigned } from './svix.driver.ts'

const event = (kind: string, more: object) =>
  JSON.stringify({
    eventType: kind,
    mail: { messageId: '0100-abc', timestamp: '2026-11-22T00:40:02.012Z' },
    ...more,
  })

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

function notification(more: Partial<SnsMessage> = {}): SnsMessage {
  const unsigned: SnsMessage = {
    Type: 'Notification',
    MessageId: '22b80b92',
    TopicArn: 'arn:aws:sns:ap-northeast-2:123456789012:mail',
    Message: event('Delivery', { delivery: { timestamp: '2026-11-22T00:41:00.000Z' } }),
    Timestamp: '2026-11-22T00:41:01.000Z',
    SignatureVersion: '2',
    Signature: '',
    SigningCertURL: 'https://sns.ap-northeast-2.amazonaws.com/SimpleNotificationService-0a1b2c.pem',
    ...more,
  }
  const algorithm = unsigned.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1'
  return {
    ...unsigned,
    Signature: createSign(algorithm).update(signedText(unsigned)).sign(key, 'base64'),
  }
}

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

/** A certificate made for this test alone. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUBSlnvYzpONdMc9YEXJpV2WO31bwwDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wIBcNMjYxMTIyMDg1NDIy
WhgPMjEyNjEwMjkwODU0MjJaMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2I6xVz49QhByeQHHG9Wx
KpBy603dIMqHMJk7nKOYpaq2r3klM9uTtiGKaYt4mcv6asRrxDyBohpCKh5b2pBA
QtrvoxbNEhVG9EILcSmRC92I5QjMvns95Yx2yloBTOf7Li6b4PMAnjFYvoLehCeB
Q7l8pUIJMf/+wbhcGk9FCS9CTePaBuzx3f3bxyR7pFSkL7Z3eSInDb84j2BA2TIB
N37KPm1zOVT+EkLWyBKK8a+Z/cu4nbFxhaXTDZ9Uk19RVsACKaNAI2Bx7RGTHtAk
ruNnrkBnWcgToIdLEZSK8psgg6pz7gQ/md+ObcL3Yw6aRg1Iom1h0MiNZGh2N9Or
FwIDAQABo1MwUTAdBgNVHQ4EFgQU7TtTqwvaTG5cATt5xGX5xemyWYowHwYDVR0j
BBgwFoAU7TtTqwvaTG5cATt5xGX5xemyWYowDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEAgQPLJcF46dkx0kR64RDnt88gmeatOhV+psC9Jo+MdhcQ
hG6q1MOn9KAAiZ7amS0pqWCA9qf+QE7eQ2mOX48LWTc+RhVWXEaOD1lvQFjiuTxH
JxV38gxEj1qZD9OqiHyHj2QGgMZ0ZN2kc4bn2JDgSswyXCHPzDQ7dYDYqeRJW8xA
f0fdyrTZqlO2SOjNFSnaJ9D/fZSSBBbZ2CeLl3F7TCMSl1NMIZ/Kc/OidxYhKJVV
Sap8VJHlC4U5B6wR/4SwNjHinXWfX9tjxVtn77fonHo9uWV1ZG7fTEXiYg3TFahN
N0gYmAGovEw7TxP602Nf0MyA/0Dc3Mqz2CynVHDOMg==
-----END CERTIFICATE-----`

const key = `-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQDYjrFXPj1CEHJ5
Accb1bEqkHLrTd0gyocwmTuco5ilqraveSUz25O2IYppi3iZy/pqxGvEPIGiGkIq
HlvakEBC2u+jFs0SFUb0QgtxKZEL3YjlCMy+ez3ljHbKWgFM5/suLpvg8wCeMVi+
gt6EJ4FDuXylQgkx//7BuFwaT0UJL0JN49oG7PHd/dvHJHukVKQvtnd5IicNvziP
YEDZMgE3fso+bXM5VP4SQtbIEorxr5n9y7idsXGFpdMNn1STX1FWwAIpo0AjYHHt
EZMe0CSu42euQGdZyBOgh0sRlIrymyCDqnPuBD+Z345twvdjDppGDUiibWHQyI1k
aHY306sXAgMBAAECggEAR/3v8LvtK3hCRf4UTimVMzxAJ/+DorIRjVNzoNg2F+UP
xHf2qS23BlZSKFJIboCEKFhSJzOiONyX4F6lVJyd8FvOTJ544CkYpH0MRrt1z8b/
Cn0Ja82WvygaGZ0gT4vTUgAGrBq8utpW0Ua6aJ6ld3lDecDhQ7EB5S6/17NAlRN3
Pwf4JpDbci3qoCVPtx5DADyfiKM7OnLRby663/SqXY4AqdjJOEsa0oPl7dhu9aSG
jDviJih1cNgtr5f7+MY/d14N/V1cDNk2dQ+DE9JXCfwxM/N8EjAWFKBQOkqJEj68
ig3ays11Vy5SZAPi3FpFIq06Oznkf7oalWT9RgMECQKBgQD1IBpxEanVmMEL55b2
TkGftVbqNJRCpYS/dNeXK5H/p9pObKAdBLHxpUjzqfQrLjQb5zlVhfmDSGx3WOjY
wUggRmJtin0aoWMNajjjguQl5HhVWfOdhtiDRfuwEnMZXFRV1x5AiNHcV2N3DLlK
fXeZ94fFedrQ65M6bm1tKtbT7QKBgQDiKiRFhm9Tddr1kSIaUqG7rh0Mfr5f86Sj
BzDyi2D5gnphYi6vjXnN4lz4hIRJA7PwGjuYnS5XYzF0tn2wTLBXCHmfuHpp3hiR
K44bNnpljbDdeb1RrspiIc+j8W7KX6EC/q0pY2JlpjNE4iIX9g/ed4x4MLbCdjun
Wy1+ikyikwKBgDtboMuMmXHN4cF+PUI7xQxlnzxrqxNQfYrXQnWq6VndTbH7//HG
90gq3DWVDDmAoMG5Bls9bCRsX0evUgNbGpomMSORi6XtOs0+0bPWOGUspC8W7zVQ
OBHh2obSkOitQQbgZsT93MPcrYtgm2X8Z//yvwAE+AXrZeWaZAkxfIApAoGANgVm
4Ix57u+Ju3pNMQhnxVKTcbacdoLV4nMHSAfuw+pcnQI8sIYUgA7/sgTFLEOMKV+6
uHti5FC3MW+dmgzXWhKWKoaABuWb7KEAspNSrQspId3AUNB1WvdEh55VnlU1Omfm
qKoqiKkoOd3h0uNdawAXN2Y7YTuoiBMJTN5v660CgYA+HispOkBHXK4QmPOIYL+y
cXX8Ap0wRuflF7uJXUUChDKIX5ExAc2XcCi9ZOqK1TJ0f3YD/s05pBTIdaxBgBe8
4bn3qP9eCr4bdOJU6eX3ePESVFOTOnyF4fzd+HsLbv1L8tj1Tnp/z3RFhomf0c71
wifKQgYs9cirXTguPzCLAw==
-----END PRIVATE KEY-----`
