import { describe, expect, test } from 'vitest'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import { adText, kindsOf, lostOf, type Running } from './text-world.contract.ts'

/** What a provider says no to, and how. */
export function refuses({ name, abilities, open }: Running): void {
  describe(`${name} refuses`, () => {
    test('a number that is not registered as sender: for good, and it says why', async () => {
      const { fake, provider } = await open()
      const sent = await provider.send(adText({ from: '0298765432' }))
      expect(sent).toMatchObject({ kind: 'permanent', cause: 'sender_unregistered' })
      expect(fake.taken).toHaveLength(0)
    })

    test.runIf(abilities.tellsOptOuts)('who refused by 080: closed', async () => {
      const { fake, provider } = await open()
      const text = '(광고)온샵 소식 무료거부0801234567'
      const sent = await Promise.all([
        provider.send(adText({ text, to: '+821000000080' })),
        provider.send(adText({ text })),
      ])
      expect(sent[0]).toMatchObject({ kind: 'permanent', cause: 'opted_out' })
      expect(sent[1]?.kind).toBe('accepted')
      expect(fake.taken).toHaveLength(1)
    })

    test.runIf(abilities.hasMoney)('an empty account: nothing is lost for good', async () => {
      const { fake, provider } = await open()
      fake.account.money = 0
      const sent = await Promise.all([provider.send(adText()), provider.send(adText())])
      expect(kindsOf(sent)).toEqual([['no_balance', 2]])
      fake.account.money = 1_000
      expect((await provider.send(adText())).kind).toBe('accepted')
    })

    test('a wrong key: tried again later, for the shop can mend it', async () => {
      const { fake, provider } = await open({ key: 'wrong' })
      expect((await provider.send(adText())).kind).toBe('temporary')
      expect(fake.taken).toHaveLength(0)
    })

    test('too many calls: not before the time it names', async () => {
      const { fake, provider } = await open()
      fake.misbehave({ kind: 'refuse', status: 429, headers: { 'retry-after': '30' } })
      expect(await provider.send(adText())).toMatchObject({
        kind: 'temporary',
        retryAt: fake.clock.now + 30 * secondMs,
      })
      const at = new Date(fake.clock.now + minuteMs).toUTCString()
      fake.misbehave({ kind: 'refuse', status: 503, headers: { 'retry-after': at } })
      expect(await provider.send(adText())).toMatchObject({
        kind: 'temporary',
        retryAt: fake.clock.now + minuteMs,
      })
      fake.misbehave({ kind: 'refuse', status: 429, headers: { 'retry-after': 'soon' } })
      expect((await provider.send(adText())).kind).toBe('temporary')
      expect(fake.taken).toHaveLength(0)
    })
  })
}

/** What nobody can know at once is never sent again. */
export function leavesInDoubt({ name, abilities, open }: Running): void {
  describe(`${name} leaves in doubt`, () => {
    test.each([
      { kind: 'lose', how: 'silence' },
      { kind: 'lose', how: 'cut' },
      { kind: 'mumble', text: '<html>Bad gateway</html>' },
      { kind: 'mumble', text: '{"ok":true}' },
      { kind: 'mumble', text: '' },
      { kind: 'flood' },
    ] as const)(
      'a message whose answer is lost (%o): never sent again, found again',
      async (deed) => {
        const { fake, provider } = await open()
        const text = adText()
        fake.misbehave(deed)
        expect((await provider.send(text)).kind).toBe('ambiguous')
        expect(fake.taken).toHaveLength(1)
        expect(fake.requests).toHaveLength(1)
        const found = await provider.lookUp(lostOf(text))
        expect(found.kind).toBe(abilities.findsLost ? 'taken' : 'unknown')
        if (found.kind !== 'taken') return
        // By the id that it is found under its report is read, as if the answer had come.
        for (const one of fake.taken) one.end = 'delivered'
        expect(await provider.reports?.([found.providerId ?? ''])).toMatchObject([
          { providerId: found.providerId, outcome: { kind: 'delivered' } },
        ])
      },
    )

    test('a server that broke: it may have been taken', async () => {
      const { fake, provider } = await open()
      for (const status of [500, 502, 504]) {
        fake.misbehave({ kind: 'refuse', status })
        expect((await provider.send(adText())).kind).toBe('ambiguous')
      }
    })

    test('a message it never took: known only when it would be listed by now', async () => {
      const { fake, provider } = await open()
      const text = adText()
      fake.misbehave({ kind: 'silence' })
      expect((await provider.send(text)).kind).toBe('ambiguous')
      expect(fake.taken).toHaveLength(0)
      expect(await provider.lookUp(lostOf(text))).toEqual({ kind: 'unknown' })
      fake.clock.now += 3 * minuteMs
      expect(await provider.lookUp(lostOf(text))).toEqual({
        kind: abilities.findsLost ? 'not_taken' : 'unknown',
      })
    })

    test('a look-up that gets no good answer is no answer', async () => {
      const { fake, provider } = await open()
      const text = adText()
      fake.clock.now += 10 * minuteMs
      fake.misbehave({ kind: 'refuse', status: 500 })
      expect(await provider.lookUp(lostOf(text))).toEqual({ kind: 'unknown' })
      fake.misbehave({ kind: 'mumble', text: '{}' })
      expect(await provider.lookUp(lostOf(text))).toEqual({ kind: 'unknown' })
    })

    test('no server at all: certainly not taken', async () => {
      const { fake, provider } = await open()
      fake.close()
      expect((await provider.send(adText())).kind).toBe('temporary')
    })
  })
}
