import { afterEach, expect, test } from 'vitest'
import { aligoText } from './aligo.provider.ts'
import { aligoAccount, aligoTakesSender } from './aligo-account.provider.ts'
import { aligoRefusal, aligoReport } from './aligo-answer.ts'
import { fakeAligoKeys as keys, openFakeAligo } from './fake-aligo.driver.ts'
import { textProviderContract } from './text-suite.contract.ts'
import { adText } from './text-world.contract.ts'

textProviderContract({
  name: 'Aligo',
  abilities: { findsLost: false, hasMoney: true, tellsOptOuts: false, callsForThousand: 2 },
  openFake: openFakeAligo,
  open: (world, key) => {
    const used = key === 'right' ? keys : { ...keys, key: 'wrong' }
    return {
      provider: aligoText(used, world),
      account: aligoAccount(used, { smsPrice: 20 }, world),
    }
  },
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function opened() {
  const fake = await openFakeAligo()
  closing.push(fake.close)
  return { fake, world: { baseUrl: fake.url, now: () => fake.clock.now, gatherMs: 5 } }
}

test('a sender number is tried in test mode, where nothing is sent', async () => {
  const { fake, world } = await opened()
  expect(await aligoTakesSender(keys, '0212345678', world)).toMatchObject({ takes: true })
  expect(await aligoTakesSender(keys, '0211112222', world)).toMatchObject({ takes: false })
  expect(fake.requests.every((one) => one.body.includes('testmode_yn=Y'))).toBe(true)
  expect(fake.taken).toHaveLength(0)
})

test('when a mass was taken in part and the list does not say of whom, they stay in doubt', async () => {
  const { fake, world } = await opened()
  const provider = aligoText(keys, world)
  const text = '(광고)온샵 소식 무료거부0801234567'
  const texts = [adText({ text }), adText({ text, to: '+8212' }), adText({ text })]
  expect((await Promise.all(texts.map(provider.send))).map((one) => one.kind)).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ])
  // The second call asks for the list; this time it gets no answer.
  fake.misbehave({ kind: 'none' })
  fake.misbehave({ kind: 'refuse', status: 500 })
  const again = await Promise.all(texts.map((one) => provider.send({ ...one, key: `${one.key}b` })))
  expect(again.map((one) => one.kind)).toEqual(['ambiguous', 'ambiguous', 'ambiguous'])
})

test('abroad is refused here, not there', async () => {
  const { fake, world } = await opened()
  const provider = aligoText(keys, world)
  expect(await provider.send(adText({ to: '+14155550100' }))).toMatchObject({ kind: 'permanent' })
  expect(fake.requests).toHaveLength(0)
})

test.each([
  [-101, '인증오류입니다.', 'temporary'],
  [-105, '잔여건수가 부족합니다.', 'no_balance'],
  [-99, '포인트를 충전해 주세요', 'no_balance'],
  [-201, '등록되지 않은 발신번호입니다.', 'permanent'],
  [-1, '', 'permanent'],
])('refusal %i %s is %s', (code, words, kind) => {
  expect(aligoRefusal(code, words).kind).toBe(kind)
})

test.each([
  ['발송완료', { kind: 'delivered' }],
  ['발/착신 번호 에러', { kind: 'failed', cause: 'no_address', detail: '발/착신 번호 에러' }],
  ['가입자없음', { kind: 'failed', cause: 'no_address', detail: '가입자없음' }],
  ['수신거부', { kind: 'failed', cause: 'opted_out', detail: '수신거부' }],
  ['알 수 없음', { kind: 'failed', cause: 'other', detail: '알 수 없음' }],
])('a result %s', (state, outcome) => {
  const row = { receiver: '010-1234-5678', sms_state: state, send_date: '2026-11-22 09:00:00' }
  expect(aligoReport('7', row, Date.UTC(2026, 10, 23))).toEqual({
    providerId: '7:01012345678',
    at: Date.UTC(2026, 10, 22),
    outcome,
  })
})
