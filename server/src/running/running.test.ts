import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { morningPost } from '../reports/morning/post.service.ts'
import { openMessageWorld } from '../testing/message-world.driver.ts'
import { alarmSettings } from './alarm-settings.ts'
import { alarms } from './alarms.service.ts'
import { type BackupsNeeds, backups } from './backups.service.ts'
import { checkSentence } from './check-words.ts'
import type { Finding } from './checks.ts'
import { health } from './health.service.ts'
import { backupDisk, diskOf } from './machine.driver.ts'

let world: Awaited<ReturnType<typeof openMessageWorld>>
const folder = mkdtempSync(join(tmpdir(), 'danggol-nights-'))
beforeAll(async () => {
  world = await openMessageWorld({})
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const so = { files: 2, rows: 10, bytes: 3_000 }
/** Nightly at 04:00 in Seoul; what is written is a folder with one file. */
function nightly(change: Partial<BackupsNeeds> = {}) {
  return backups({
    db: world.db,
    clock: world.clock,
    plan: { folder, minute: 4 * 60, copies: 2 },
    disk: backupDisk,
    engineBytes: async () => 0,
    write: async (path, tell) => {
      mkdirSync(path)
      writeFileSync(join(path, 'manifest.json'), '{}')
      tell(so)
      return so
    },
    ...change,
  })
}
/** The next 04:00 in Seoul. */
function toNight(): void {
  const now = world.clock.now()
  const today = Math.floor((now + 9 * hourMs) / dayMs) * dayMs - 9 * hourMs
  world.clock.advance(today + dayMs + 4 * hourMs - now)
}

test('each night one worker writes a backup, and the newest copies stay', async () => {
  expect(await nightly().turn()).toBe(false)
  for (let night = 0; night < 3; night++) {
    toNight()
    expect(await Promise.all([nightly().turn(), nightly().turn()])).toContain(true)
    expect(await nightly().turn()).toBe(false)
  }
  expect(readdirSync(folder)).toHaveLength(2)
  const { notes, lastDone } = await nightly().status()
  expect(notes.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  expect(lastDone).toMatchObject({ kind: 'nightly', ...so })
})

test('without room nothing is written, and it is tried again an hour later', async () => {
  toNight()
  const full = nightly({ disk: { ...backupDisk, free: () => 5_000 } })
  expect(await full.turn()).toBe(false)
  expect(await full.turn()).toBe(false)
  expect((await full.status()).notes[0]).toMatchObject({ state: 'failed', problem: 'no_room' })
  world.clock.advance(hourMs)
  expect(await nightly().turn()).toBe(true)
})

test('a backup whose writer died is failed, and one may be asked for at any time', async () => {
  await world.db`
    insert into backups (kind, state, started_at, seen_at, folder)
    values ('nightly', 'running', ${world.clock.now()}, ${world.clock.now()}, 'x')`
  await nightly().ask()
  expect(await nightly().turn()).toBe(false)
  world.clock.advance(11 * minuteMs)
  expect((await nightly().status()).notes[1]).toMatchObject({
    state: 'failed',
    problem: 'interrupted',
  })
  expect(await nightly().turn()).toBe(true)
  await expect(
    nightly({ plan: { folder: undefined, minute: 0, copies: 1 } }).ask(),
  ).rejects.toThrow('switched off')
})

/** Alarms over findings that the test says. */
function watched(found: () => Finding['state'], fails = () => false) {
  const { db, clock, shops, vault } = world
  const post = morningPost({
    channels: world.providers,
    vault,
    publicUrl: 'https://danggol.example',
    type: 'alarm',
    sealedSlack: (shop) => alarmSettings(shop.settings.alarms)?.sealedSlack,
  })
  return alarms({
    db,
    clock,
    shops,
    vault,
    findings: async () => [
      {
        check: 'disk',
        state: found(),
        why: 'free',
        facts: { free: 1024 ** 3, total: 9 * 1024 ** 3 },
      },
    ],
    post: async (...asked) =>
      fails() ? { kind: 'temporary', detail: 'busy' } : await post(...asked),
  })
}
const subjects = async () =>
  (await world.db<{ subject: string }[]>`select subject from inbox order by id`).map(
    (one) => one.subject,
  )

test('a trouble is told once, again after a day, and when it is over', async () => {
  let [state, isAway] = ['bad' as Finding['state'], false]
  const alarm = watched(
    () => state,
    () => isAway,
  )
  const turn = async (ms: number) => {
    world.clock.advance(ms)
    await alarm.turn()
  }
  await turn(0)
  expect(await alarm.troubles(world.shop)).toEqual([])
  await alarm.put(
    { shop: world.shop, name: 'member:1' },
    { emails: ['dev@shop.example'], webhook: '' },
  )
  await turn(0)
  expect(await subjects()).toEqual([])
  isAway = true
  await turn(3 * minuteMs)
  isAway = false
  await turn(minuteMs)
  expect(await subjects()).toEqual([])
  await turn(5 * minuteMs)
  await turn(hourMs)
  expect(await subjects()).toEqual([expect.stringContaining('디스크 문제가 생겼어요')])
  await turn(dayMs)
  expect((await subjects())[1]).toContain('디스크 문제가 아직 있어요')
  state = 'good'
  await turn(minuteMs)
  await turn(minuteMs)
  expect((await subjects()).slice(2)).toEqual([expect.stringContaining('디스크 문제가 풀렸어요')])
  expect(await alarm.troubles(world.shop)).toEqual([])
  // What passes before anybody was told is told to nobody.
  state = 'bad'
  await turn(minuteMs)
  state = 'good'
  await turn(3 * minuteMs)
  expect(await subjects()).toHaveLength(3)
})

const healthNow = () =>
  health({
    db: world.db,
    warehouse: world.warehouse,
    clock: world.clock,
    disk: () => diskOf(folder),
    backups: nightly(),
    lineLimit: 10,
    warehouseHealth: async () => ({ ok: true, message: 'answers' }),
    money: async () => null,
    certificate: async () => null,
  })

test('every check reads the installation as it is', async () => {
  const state = healthNow()
  const [file] = await world.db<{ id: number }[]>`
    insert into standing_files (shop, name, what, place, every, next_at, made_at, made_by)
    values (${world.shop}, '단골', '{}', '{}', '{}', 0, 0, 'x') returning id`
  await world.db`
    insert into standing_file_runs (shop, file, state, begun_at, problem, tell_problem)
    values (${world.shop}, ${file?.id ?? 0}, 'failed', 0, 'not_shared', null),
      (${world.shop}, ${file?.id ?? 0}, 'done', 0, null, 'mail:busy')`
  const found = await state.findings(world.shop)
  const byName = Object.fromEntries(found.map((one) => [one.check, one]))
  expect(byName.line).toMatchObject({ state: 'good', facts: { rows: 0, lateMs: 0 } })
  expect(byName.database?.facts.bytes).toBeGreaterThan(1_000_000)
  expect(byName.backup).toMatchObject({ state: 'good', why: 'done' })
  const files = found.filter(({ check }) => check === 'connectors')
  const korean = { language: 'ko', timeZone: 'Asia/Seoul' } as const
  expect(files.map((one) => [one.state, checkSentence(one, korean).says])).toEqual([
    ['bad', '정기 파일 단골: 메일을 보내지 못했어요. (busy)'],
  ])
  await world.db`
    update standing_file_runs set tell_problem = null where shop = ${world.shop}`
  expect((await state.findings(world.shop)).find(({ check }) => check === 'connectors')).toEqual({
    check: 'connectors',
    state: 'good',
    why: 'works',
    facts: { count: 1 },
  })
  expect(byName.disk?.facts.total).toBeGreaterThan(0)
})

test('a platform that is away for a moment is no worry, for an hour it is, and a key that is not taken is one at once', async () => {
  const state = healthNow()
  const { db, shop, clock } = world
  const connectors = async () =>
    (await state.findings(shop)).find(({ check }) => check === 'connectors')
  await db`
    insert into connections (shop, kind, name, state, hook_hash, hook_sealed, asked_at, connected_at, error, broken_at)
    values (${shop}, 'cafe24', 'onshop', 'connected', '', '', 0, 0, 'away', ${clock.now()})`
  expect(await connectors()).toMatchObject({ state: 'good', why: 'works' })
  clock.advance(hourMs)
  expect(await connectors()).toMatchObject({ state: 'bad', facts: { name: 'onshop', count: 1 } })
  await db`update connections set error = null, broken_at = null where shop = ${shop}`
  const [{ id } = { id: 0 }] = await db<{ id: number }[]>`select id from connections`
  await db`
    insert into connection_progress (shop, connection, resource, state, watermark, error, next_at)
    values (${shop}, ${id}, 'orders', 'following', ${clock.now() - 2 * hourMs}, 'refused', 0)`
  expect(await connectors()).toMatchObject({ state: 'bad' })
  await db`update connection_progress set error = null`
  expect(await connectors()).toMatchObject({ state: 'good' })
  await db`update connections set state = 'broken', error = 'denied', broken_at = ${clock.now()}`
  expect(await connectors()).toMatchObject({ state: 'bad', why: 'broken' })
})
