import { afterEach, expect, test } from 'vitest'
import { hourMs } from '../../lib/duration.ts'
import { fakeNhnKeys as keys, openFakeNhn } from './fake-nhn.driver.ts'
import { nhnText } from './nhn.provider.ts'
import { nhnAccount } from './nhn-account.provider.ts'
import { nhnReports } from './nhn-report.ts'
import { textProviderContract } from './text-suite.contract.ts'
import { adText } from './text-world.contract.ts'

textProviderContract({
  name: 'NHN Cloud',
  abilities: { findsLost: true, hasMoney: false, tellsOptOuts: true, callsForThousand: 1 },
  openFake: openFakeNhn,
  open: (world, key) => {
    const used = key === 'right' ? keys : { ...keys, secretKey: 'wrong' }
    return {
      provider: nhnText(used, world),
      account: nhnAccount(used, { optOutNumber: '0801234567' }, world),
    }
  },
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function opened() {
  const fake = await openFakeNhn()
  closing.push(fake.close)
  const world = { baseUrl: fake.url, now: () => fake.clock.now, gatherMs: 5 }
  return { fake, world, provider: nhnText(keys, world) }
}

test('advertising goes to the address for it, information to the other', async () => {
  const { fake, provider } = await opened()
  await Promise.all([
    provider.send(adText()),
    provider.send(adText({ form: 'LMS', subject: '(광고)온샵' })),
    provider.send(adText({ advertising: false, text: '[온샵] 주문이 접수됐어요' })),
  ])
  expect(fake.requests.map((one) => one.path.split('/').at(-1)).sort()).toEqual([
    'ad-mms',
    'ad-sms',
    'sms',
  ])
})

test('an advertisement without its free opt-out is refused there too', async () => {
  const { provider } = await opened()
  expect(await provider.send(adText({ text: '(광고)온샵 쿠폰' }))).toMatchObject({
    kind: 'permanent',
    detail: expect.stringContaining('-6003'),
  })
})

test('texts with a name in them go alone, equal ones share a call, a long one gets a title', async () => {
  const { fake, provider } = await opened()
  const same = { form: 'LMS' as const, text: '(광고)온샵 소식입니다\n무료거부 0801234567' }
  await Promise.all([adText(), adText(), adText(same), adText(same)].map(provider.send))
  const people = fake.requests.map((one) => JSON.parse(one.body).recipientList.length).sort()
  expect(people).toEqual([1, 1, 2])
  expect(fake.taken.filter((one) => one.form === 'LMS').map((one) => one.subject)).toEqual([
    '(광고)온샵 소식입니다',
    '(광고)온샵 소식입니다',
  ])
})

test('without the 080 number there is no list to ask for', async () => {
  const { world } = await opened()
  expect(await nhnAccount(keys, { optOutNumber: '' }, world).optOuts()).toBeNull()
})

test('a picture that has expired there is handed over again, before and when it says so', async () => {
  const { fake, world } = await opened()
  const picture = async () => Buffer.from('JPEG')
  const provider = nhnText(keys, { ...world, picture })
  const mms = () => adText({ form: 'MMS', image: 'kept-1', subject: '(광고)온샵' })
  expect((await provider.send(mms())).kind).toBe('accepted')
  fake.clock.now += 13 * hourMs
  expect((await provider.send(mms())).kind).toBe('accepted')
  const attached = () => fake.requests.map((one) => JSON.parse(one.body).attachFileIdList)
  expect(attached()).toEqual([undefined, [4711], undefined, [4712]])
  fake.files.clear()
  expect(await provider.send(mms())).toMatchObject({
    kind: 'temporary',
    detail: expect.stringContaining('-2004'),
  })
  expect((await provider.send(mms())).kind).toBe('accepted')
  expect(fake.taken).toHaveLength(3)
})

test('a picture it does not take is refused when it is uploaded, in its words', async () => {
  const { world } = await opened()
  const account = nhnAccount(keys, { optOutNumber: '' }, world)
  const bytes = Buffer.alloc(300 * 1024 + 1)
  await expect(account.upload({ name: 'a.jpg', bytes })).rejects.toThrow('-2005')
  expect(await account.upload({ name: 'a.jpg', bytes: Buffer.from('JPEG') })).toBeNull()
})

test('the webhook tells ends of messages and nothing of other events', () => {
  const now = Date.UTC(2026, 10, 22)
  // A hook as NHN Cloud documents it (Notification > SMS > 웹훅), its mistakes of spelling included.
  const hook = {
    hookId: '20240429205809GcSUXthVA00',
    senderType: 'NORMAL_SMS',
    requestId: '20261122100000R1',
    recipientSeq: 1,
    requestDate: '2026-11-22T07:59:58',
    receiveDate: '2026-11-22T08:00:00',
    sendNo: '15446859',
    recipientNo: '01012341234',
    messageStatus: 'COMPLETED',
    recipientGropuingKey: 'RecipientGroupingKey',
    senderGroupingKey: 'SenderGroupingKey',
    resultCode: '1000',
    _link: { self: { href: 'https://api-sms.cloud.toast.com/sms/v2.4/' } },
  }
  const hooks = [
    hook,
    {
      ...hook,
      ...{ requestId: '20261122100000R2', recipientSeq: '2', senderType: 'AD_MMS' },
      ...{ messageStatus: 'FAILED_AD', resultCode: 'E919', receiveDate: null },
    },
    { ...hook, requestId: '20261122100000R3', resultCode: '3001' },
    { ...hook, messageStatus: 'SENDING' },
    { ...hook, messageStatus: 'RESEND_AD' },
    { ...hook, messageStatus: 'UNHEARD_OF' },
    { nothing: true },
  ]
  const posted = { hooksId: '1', webhookConfigId: '2', productName: 'SMS', appKey: 'APP' }
  const event = 'MESSAGE_RESULT_UPDATE'
  expect(nhnReports({ ...posted, event, hooks }, now)).toEqual([
    {
      providerId: 'sms:20261122100000R1:1',
      at: Date.UTC(2026, 10, 21, 23),
      outcome: { kind: 'delivered' },
    },
    {
      providerId: 'mms:20261122100000R2:2',
      at: now,
      outcome: { kind: 'failed', cause: 'outside_window', detail: 'E919' },
    },
    {
      providerId: 'sms:20261122100000R3:1',
      at: Date.UTC(2026, 10, 21, 23),
      outcome: { kind: 'failed', cause: 'no_address', detail: '3001' },
    },
  ])
  expect(nhnReports({ ...posted, event: 'UNSUBSCRIBE', hooks }, now)).toEqual([])
  const kakao = { ...posted, productName: 'KakaoTalk Bizmessage', event, hooks }
  expect(nhnReports(kakao, now)).toEqual([])
  expect(nhnReports([], now)).toEqual([])
})
