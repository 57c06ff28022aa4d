import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from './database/connection.store.ts'
import { seededRandom } from './lib/random.ts'
import { hurryRetries, isQuiet, type Ledger, readLedger } from './testing/kill-ledger.store.ts'
import { type KillLoad, killLoad } from './testing/kill-load.driver.ts'
import { type OwnServer, ownServer } from './testing/own-server.driver.ts'
import { type SinkAnswer, type SmtpSink, startSmtpSink } from './testing/smtp-sink.driver.ts'
import { connectWarehouse } from './warehouse/connection.store.ts'

// The whole server, killed without warning while people come, wait, are given coupons and are mailed: 2,500 people in each of four
// campaigns. The last of the people come after the last kill.
const rounds = 20
const people = 2_500
const perRound = Math.ceil(people / (rounds + 1))
/** Rounds with a second server on the same databases, and lanes that change hands all the time. */
const isShared = (round: number) => round % 6 === 1
/** The mail server takes nothing. */
const outage = 5
const bulk = { planned: 8, halted: 10, resumed: 12 } as const

const chance = seededRandom('kill')
let server: OwnServer
let sink: SmtpSink
let round = 0
const putOff = new Set<string>()
/** The mails that are answered only after their sender has given them up. */
const late = new Set<string>()

/** What the mail server does is decided by whom the mail is for. */
function answerTo({ to }: { readonly to: string }): SinkAnswer {
  const person = Number(/\d+/.exec(to)?.[0])
  const later = { code: 451, text: 'try again later', at: 'rcpt' } as const
  if (round === outage) return later
  if (person % 71 === 0 && !putOff.has(to)) {
    putOff.add(to)
    return later
  }
  if (round === rounds && late.size < 5) late.add(to)
  if (late.has(to)) return { afterMs: 4_000 }
  if (person % 61 === 0) return 'hang-up'
  if (person % 67 === 0) return { code: 550, text: 'no such mailbox', at: 'data' }
  return person % 53 === 0 ? { afterMs: 400 } : 'take'
}

beforeAll(async () => {
  server = await ownServer()
  sink = await startSmtpSink(answerTo)
})
afterAll(async () => {
  await server.close()
  await sink.close()
})

test('through twenty kills 10,000 enrolments end or wait, nobody is mailed twice, no coupon is one too many', async () => {
  await server.start()
  const keys = await server.openShop({ port: sink.port, connections: 8 })
  const load = await killLoad(server, { ...keys, people })
  for (; round < rounds; round++) {
    await oneLife(load, keys.admin)
    await server.start()
    await server.freeLanes()
  }
  load.arrive(rounds * perRound, people)
  load.arrive(people, people + perRound)
  await load.flush(() => false)
  while (late.size < 5 || sink.received.every(({ to }) => !late.has(to))) await wait(20)
  await server.expireLeases()
  await quiet()

  const { ledger, history } = await books()
  console.log(summary(ledger))
  expect(ledger.failures).toEqual([])
  checkEnrolments(ledger, load)
  checkMails(ledger)
  checkCoupons(ledger, load)
  expect(history.repeated).toEqual([])
  expect(history.rows).toBe(history.head)
  // Two minutes where nothing else runs; a machine that is busy with other things takes several times as long.
}, 900_000)

/** People come until the server dies, which may be at any moment of what they set off. */
async function oneLife(load: KillLoad, admin: string): Promise<void> {
  const before = sink.received.length
  if (round === bulk.planned) await load.planBulk()
  if (round === bulk.halted) await server.call('POST', '/api/sending/halt', { key: admin })
  if (isShared(round)) await server.join()
  let over = false
  load.arrive(round * perRound, (round + 1) * perRound)
  const arriving = load.flush(() => over)
  const until = performance.now() + 200 + chance.integer(700)
  while (performance.now() < until) {
    if (isShared(round)) await server.freeLanes()
    await wait(100)
  }
  // Halted in the life before: since it began nothing has left.
  if (round === bulk.resumed - 1) expect(sink.received.length).toBe(before)
  if (round === bulk.resumed) await server.call('POST', '/api/sending/resume', { key: admin })
  if (isShared(round) && chance.integer(2) === 0) await server.killOther()
  await server.kill()
  over = true
  await arriving
}

/** Nothing is left to do; what providers put off for minutes is tried at once, and leases of the dead are over. */
async function quiet(): Promise<void> {
  const db = connectDatabase(server.engines().databaseUrl, { max: 1 })
  for (let times = 0, looks = 1; times < 3; looks++) {
    await hurryRetries(db)
    await wait(300)
    times = (await isQuiet(db, Date.now())) ? times + 1 : 0
    if (looks % 10 === 0) await server.expireLeases()
  }
  await db.end()
}

async function books() {
  const { databaseUrl, warehouseUrl, warehouseDatabase } = server.engines()
  const db = connectDatabase(databaseUrl, { max: 1 })
  const warehouse = connectWarehouse({ url: warehouseUrl, database: warehouseDatabase })
  const ledger = await readLedger(db, Date.now())
  const repeated = await warehouse.query(
    `select message_id, count() from events where message_id != '' group by message_id having count() > 1 limit 10`,
  )
  const [whole] = await warehouse.query<{ rows: number; head: number }>(
    'select toUInt32(count()) as rows, toUInt32(max(position)) as head from events',
  )
  await db.end()
  await warehouse.close()
  return { ledger, history: { repeated, ...whole } }
}

/** Everybody entered each campaign once, and has ended or waits for a time that is to come. */
function checkEnrolments({ enrolments, stuck, late, runs, twice }: Ledger, load: KillLoad): void {
  const each = [...load.ids.values()].map((campaign) => ({ campaign, people, rows: people }))
  expect(enrolments).toEqual(each)
  expect(runs).toEqual([{ state: 'done', called: people }])
  expect(stuck).toEqual([])
  expect(late).toEqual({ timers: 0, woken: 0, orphans: 0 })
  expect(twice).toEqual([])
}

/** The mail server's own record: one mail a person and campaign, each of a message that says it was sent, or that nobody knows. */
function checkMails({ messages, undecided }: Ledger): void {
  const known = new Map(messages.map((message) => [message.id, message]))
  const times = new Map<string, number>()
  const arrived = new Set<number>()
  for (const { to, raw } of sink.received) {
    const id = Number(/^Message-ID: <\d+\.(\d+)\./im.exec(raw)?.[1])
    const message = known.get(id)
    expect(['sent', 'unconfirmed'], `${to} got ${id}`).toContain(message?.state)
    arrived.add(id)
    const name = `${to} in ${message?.campaign}`
    times.set(name, (times.get(name) ?? 0) + 1)
  }
  expect([...times].filter(([, count]) => count > 1)).toEqual([])
  const sent = messages.filter(({ state }) => state === 'sent')
  expect(sent.filter(({ id }) => !arrived.has(id))).toEqual([])
  // Whatever did not leave says why.
  const silent = messages.filter(
    ({ state, reason }) => state !== 'sent' && state !== 'unconfirmed' && !reason,
  )
  expect(silent).toEqual([])
  expect(messages.filter(({ state }) => state === 'queued' || state === 'sending')).toEqual([])
  expect(undecided).toEqual([])
}

/** No pool gave more than it has; nobody has two; what is counted is what people hold. */
function checkCoupons({ coupons }: Ledger, { pools }: KillLoad): void {
  for (const { id, total } of Object.values(pools)) {
    const pool = coupons.find((one) => one.pool === id)
    expect(pool?.held).toBeGreaterThan(0)
    expect(pool?.held).toBeLessThanOrEqual(total)
    expect(pool?.people).toBe(pool?.held)
    expect(pool?.taken).toBe(pool?.held)
  }
}

function summary({ messages, outcomes, coupons }: Ledger): string {
  const states = Map.groupBy(messages, ({ state, reason }) => `${state} ${reason ?? ''}`)
  return [
    ...[...states].map(([state, all]) => `${state}: ${all.length}`),
    `${sink.received.length} mails arrived`,
    `coupons ${coupons.map(({ held }) => held).join(' and ')}`,
    `decisions ${outcomes.map((one) => `${one.reason} ${one.count}`).join(', ')}`,
  ].join('; ')
}
