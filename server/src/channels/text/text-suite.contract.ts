import { afterEach, describe, expect, test } from 'vitest'
import { minuteMs } from '../../lib/duration.ts'
import type { TextEnd, TextFake } from './fake-server.driver.ts'
import { keptPicture } from './picture.ts'
import { leavesInDoubt, refuses } from './text-answers.contract.ts'
import { adText, kindsOf, type Running, type TextSubject } from './text-world.contract.ts'

/** The one suite every text provider passes, against a server that behaves as its documents say. */
export function textProviderContract(subject: TextSubject): void {
  const opened: TextFake[] = []
  afterEach(() => {
    for (const fake of opened.splice(0)) fake.close()
  })
  const running: Running = {
    ...subject,
    open: async ({ key = 'right' } = {}) => {
      const fake = await subject.openFake()
      opened.push(fake)
      const world = {
        baseUrl: fake.url,
        now: () => fake.clock.now,
        patience: fake.patience,
        gatherMs: 5,
        picture: async (id: string) => (id === keptPicture('1') ? jpeg : undefined),
      }
      return { fake, ...subject.open(world, key) }
    },
  }
  handsOver(running)
  carriesPictures(running)
  sparesOthers(running)
  refuses(running)
  leavesInDoubt(running)
  reports(running)
  tellsOfAccount(running)
}

function handsOver({ name, abilities, open }: Running): void {
  describe(`${name} hands texts over`, () => {
    test('as they were drawn, (광고) first, from the registered number', async () => {
      const { fake, provider } = await open()
      const short = adText()
      const long = adText({ form: 'LMS', subject: '(광고)온샵 소식' })
      const sent = await Promise.all([provider.send(short), provider.send(long)])
      expect(kindsOf(sent)).toEqual([['accepted', 2]])
      const got = fake.taken.map(({ to, from, text, subject, form }) => ({
        to,
        from,
        text,
        subject,
        form,
      }))
      const common = { from: '0212345678' }
      expect(got).toEqual(
        expect.arrayContaining([
          { ...common, to: `0${short.to.slice(3)}`, text: short.text, subject: null, form: 'SMS' },
          {
            ...common,
            to: `0${long.to.slice(3)}`,
            text: long.text,
            subject: '(광고)온샵 소식',
            form: 'LMS',
          },
        ]),
      )
      expect(fake.taken.every((one) => one.text.startsWith('(광고)'))).toBe(true)
    })

    test('a thousand at once in few calls, each with an id of its own, none twice', async () => {
      const { fake, provider } = await open()
      const texts = Array.from({ length: 1_000 }, () => adText({ text: '(광고)온샵 무료거부080' }))
      const sent = await Promise.all(texts.map(provider.send))
      expect(kindsOf(sent)).toEqual([['accepted', 1_000]])
      const ids = sent.map((one) => (one.kind === 'accepted' ? one.providerId : ''))
      expect(new Set(ids).size).toBe(1_000)
      expect(new Set(fake.taken.map((one) => one.to)).size).toBe(1_000)
      expect(fake.taken).toHaveLength(1_000)
      expect(fake.requests.length).toBeLessThanOrEqual(abilities.callsForThousand)
    })

    test('two to one number at once as two messages with two ends', async () => {
      const { fake, provider } = await open()
      const to = '+821077770000'
      const sent = await Promise.all([
        provider.send(adText({ to, text: '(광고)온샵 하나 무료거부0801234567' })),
        provider.send(adText({ to, text: '(광고)온샵 둘 무료거부0801234567' })),
      ])
      const ids = sent.map((one) => (one.kind === 'accepted' ? one.providerId : one.detail))
      for (const one of fake.taken) one.end = one.text.includes('둘') ? 'no_address' : 'delivered'
      const reports = await provider.reports?.(ids)
      const endOf = (id: string | undefined) =>
        reports?.find((one) => one.providerId === id)?.outcome.kind
      expect(ids.map(endOf)).toEqual(['delivered', 'failed'])
    })
  })
}

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x0d, 0x0a, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0xfe])

function carriesPictures({ name, open }: Running): void {
  describe(`${name} carries pictures`, () => {
    const mms = (image: string) => adText({ form: 'MMS', subject: '(광고)온샵', image })

    test('the very picture with each message, by the name that uploading told', async () => {
      const { fake, provider, account } = await open()
      const id = (await account.upload({ name: '여름.JPG', bytes: jpeg })) ?? keptPicture('1')
      const sent = await Promise.all([mms(id), mms(id)].map(provider.send))
      expect(kindsOf(sent)).toEqual([['accepted', 2]])
      const got = fake.taken.map(({ form, picture, subject }) => ({ form, picture, subject }))
      const shown = { form: 'MMS', picture: jpeg.toString('base64'), subject: '(광고)온샵' }
      expect(got).toEqual([shown, shown])
      expect(fake.taken.every((one) => one.text.startsWith('(광고)'))).toBe(true)
    })

    test('one that was uploaded before there was an account here', async () => {
      const { fake, provider } = await open()
      const messages = Array.from({ length: 30 }, () => mms(keptPicture('1')))
      expect(kindsOf(await Promise.all(messages.map(provider.send)))).toEqual([['accepted', 30]])
      expect(new Set(fake.taken.map((one) => one.picture)).size).toBe(1)
      // Once for all of them, or along with the one call that has them all.
      const uploads = fake.requests.filter((request) => /file/i.test(request.path))
      expect(uploads.length).toBeLessThanOrEqual(1)
    })

    test('none that is gone: refused here, and the others of its call go', async () => {
      const { fake, provider } = await open()
      const sent = await Promise.all([mms(keptPicture('2')), adText()].map(provider.send))
      expect(sent).toMatchObject([{ kind: 'permanent' }, { kind: 'accepted' }])
      expect(fake.taken).toHaveLength(1)
    })

    test('while it cannot take the picture: nothing is sent, and later all', async () => {
      const { fake, provider } = await open()
      fake.misbehave({ kind: 'refuse', status: 503 })
      expect(await provider.send(mms(keptPicture('1')))).toMatchObject({ kind: 'temporary' })
      expect(fake.taken).toHaveLength(0)
      expect(await provider.send(mms(keptPicture('1')))).toMatchObject({ kind: 'accepted' })
    })
  })
}

function sparesOthers({ name, open }: Running): void {
  describe(`${name} hands texts over`, () => {
    test('one impossible number does not take the others of its call with it', async () => {
      const { fake, provider } = await open()
      const text = '(광고)온샵 소식 무료거부0801234567'
      const texts = Array.from({ length: 20 }, () => adText({ text }))
      const bad = adText({ text, to: '+8212' })
      const sent = await Promise.all(
        [...texts.slice(0, 9), bad, ...texts.slice(9)].map(provider.send),
      )
      expect(sent.filter((one) => one.kind === 'accepted').length).toBeGreaterThanOrEqual(20)
      expect(
        new Set(fake.taken.filter((one) => one.to.startsWith('010')).map((one) => one.to)).size,
      ).toBe(20)
      const [about] = sent.slice(9, 10)
      const reports =
        about?.kind === 'accepted' ? await provider.reports?.([about.providerId]) : undefined
      const end = reports?.[0]?.outcome.kind ?? about?.kind
      expect(['permanent', 'failed']).toContain(end)
    })

    test('what waits when it is closed', async () => {
      const { fake, provider } = await open()
      const sending = provider.send(adText())
      await provider.close()
      expect((await sending).kind).toBe('accepted')
      expect(fake.taken).toHaveLength(1)
    })
  })
}

function reports({ name, abilities, open }: Running): void {
  describe(`${name} reports`, () => {
    async function sentAs(end: TextEnd) {
      const world = await open()
      const sent = await world.provider.send(adText())
      const id = sent.kind === 'accepted' ? sent.providerId : ''
      for (const one of world.fake.taken) one.end = end
      world.fake.clock.now += minuteMs
      return { ...world, id }
    }

    test('nothing while a message is on its way, its end when it comes late, the same each time', async () => {
      const { fake, provider, id } = await sentAs('waiting')
      expect(await provider.reports?.([id])).toEqual([])
      for (const one of fake.taken) one.end = 'delivered'
      const told = await provider.reports?.([id])
      expect(told).toMatchObject([{ providerId: id, outcome: { kind: 'delivered' } }])
      expect(told?.[0]?.at).toBeLessThanOrEqual(fake.clock.now)
      expect(told?.[0]?.at).toBeGreaterThan(fake.clock.now - 2 * minuteMs)
      expect(await provider.reports?.([id])).toEqual(told)
    })

    test.each(['no_address', 'spam_filtered', 'unreachable'] as const)(
      '%s as such',
      async (end) => {
        const { provider, id } = await sentAs(end)
        const told = await provider.reports?.([id])
        expect(told).toMatchObject([{ providerId: id, outcome: { kind: 'failed' } }])
        const cause = told?.[0]?.outcome.kind === 'failed' ? told[0].outcome.cause : undefined
        expect([end, 'other']).toContain(cause)
        if (end !== 'unreachable') expect(cause).toBe(end)
      },
    )

    test.runIf(abilities.hasMoney)('money that was short after all as such', async () => {
      const { provider, id } = await sentAs('no_balance')
      expect(await provider.reports?.([id])).toMatchObject([
        { providerId: id, outcome: { kind: 'failed', cause: 'no_balance' } },
      ])
    })

    test('nothing of ids it does not know', async () => {
      const { provider } = await open()
      expect(await provider.reports?.(['nothing', 'sms:none:1', '1:01012345678'])).toEqual([])
    })

    test('no end it did not tell: an outage is an error, not a report', async () => {
      const { fake, provider, id } = await sentAs('delivered')
      fake.misbehave({ kind: 'refuse', status: 500 })
      await expect(provider.reports?.([id])).rejects.toThrow()
      fake.misbehave({ kind: 'mumble', text: 'hello' })
      await expect(provider.reports?.([id])).rejects.toThrow()
    })
  })
}

function tellsOfAccount({ name, abilities, open }: Running): void {
  describe(`${name} tells of the account`, () => {
    test('the numbers that may send, and what money is left', async () => {
      const { provider, account } = await open()
      await provider.send(adText())
      expect(await account.senders()).toEqual(['0212345678'])
      expect(await account.balance()).toBe(abilities.hasMoney ? 99_980 : null)
    })

    test('everybody who refused by 080, whatever their number', async () => {
      const { fake, account } = await open()
      for (let at = 0; at < 1_200; at++)
        fake.account.refused.push({ number: `0105${String(at).padStart(7, '0')}`, at: 0 })
      const told = await account.optOuts()
      if (!abilities.tellsOptOuts) return expect(told).toBeNull()
      expect(told).toHaveLength(1_201)
      expect(told?.[0]).toEqual({ phone: '+821000000080', at: Date.UTC(2026, 0, 5, 3) })
      expect(told?.at(-1)?.phone).toBe('+821050001199')
    })

    test('nothing while it is out: the words of the provider, no empty list', async () => {
      const { fake, account } = await open()
      fake.misbehave({ kind: 'refuse', status: 503 })
      await expect(account.senders()).rejects.toThrow('503')
      fake.close()
      await expect(account.senders()).rejects.toThrow()
    })
  })
}
