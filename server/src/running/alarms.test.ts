import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedHeaders } from '../channels/webhook/signature.ts'
import { minuteMs } from '../lib/duration.ts'
import { morningPost } from '../reports/morning/post.service.ts'
import { openMessageWorld } from '../testing/message-world.driver.ts'
import { insertShop } from '../testing/world.store.ts'
import { alarmSettings } from './alarm-settings.ts'
import { alarms } from './alarms.service.ts'
import { backups } from './backups.service.ts'
import type { Finding } from './checks.ts'
import { health } from './health.service.ts'
import { backupDisk } from './machine.driver.ts'

let world: Awaited<ReturnType<typeof openMessageWorld>>
beforeAll(async () => {
  world = await openMessageWorld({})
})
afterAll(() => world.close())

test('trouble of disk, events, a connection and a provider reaches mail, Slack and the shop’s server, signed, and so does its end', async () => {
  const { db, clock, warehouse, shops, vault } = world
  const shop = await insertShop(db)
  const calls: { readonly path: string; readonly headers: object; readonly body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    calls.push({ path: request.url ?? '', headers: request.headers, body })
    response.writeHead(204).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const nights = backups({
    db,
    clock,
    plan: { folder: undefined, minute: 0, copies: 1 },
    disk: backupDisk,
    engineBytes: async () => 0,
    write: () => Promise.reject(new Error('switched off')),
  })
  let free = 60 * 1024 ** 3
  const state = health({
    db,
    warehouse,
    clock,
    disk: () => ({ free, total: 100 * 1024 ** 3 }),
    backups: nights,
    lineLimit: 10,
    warehouseHealth: async () => ({ ok: true, message: 'answers' }),
    money: async () => null,
    certificate: async () => null,
  })
  const alarm = alarms({
    db,
    clock,
    vault,
    shops: { ...shops, ids: async () => [shop] },
    // How full this machine's memory is, is no part of it.
    findings: async (id) => (await state.findings(id)).filter(({ check }) => check !== 'memory'),
    post: morningPost({
      channels: world.providers,
      vault,
      publicUrl: 'https://danggol.example',
      type: 'alarm',
      sealedSlack: (one) => alarmSettings(one.settings.alarms)?.sealedSlack,
      allowPrivate: true,
    }),
    allowPrivate: true,
  })
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
  await shops.set(shop, 'webhook', { sealedSecret: vault.seal(secret) })
  const places = {
    emails: ['dev@shop.example'],
    slack: `${origin}/slack`,
    webhook: `${origin}/own`,
  }
  await alarm.put({ shop, name: 'member:1' }, places)
  await alarm.turn()
  expect(await alarm.troubles(shop)).toEqual([])

  free = 1024 ** 3
  const now = clock.now()
  await db`
    insert into log (shop, position, day, kind, name, at, received_at, ids, body)
    select ${shop}, n, 20000, 'track', 'x', 0, ${now}, '{}', '{}' from generate_series(1, 11) n`
  await db`update log_heads set head = 11 where shop = ${shop}`
  await db`
    insert into connections (shop, kind, name, state, error, hook_hash, hook_sealed, asked_at)
    values (${shop}, 'cafe24', '우리몰', 'broken', 'x', 'alarm', '', 0)`
  await db`
    insert into decisions (shop, month, cause_key, customer, channel, purpose, arm, would_send, outcome, reason, at)
    values (${shop}, 202603, 'rests', 1, 'sms', 'advertising', 'treatment', true, 'queued', 'queued', 1)`
  await db`
    insert into outbox (shop, cause_key, customer, decision, decision_month, channel, purpose, state, reason, not_before, created_at)
    select shop, cause_key, customer, id, month, channel, purpose, 'queued', 'provider_paused', ${now - 16 * minuteMs}, 1
    from decisions where shop = ${shop}`
  await alarm.turn()
  clock.advance(2 * minuteMs)
  await alarm.turn()
  const titles = ['디스크', '이벤트 처리', '발송 서비스', '상점 연결']
  const mails = async () =>
    (
      await db<{ subject: string }[]>`
        select subject from inbox where shop = ${shop} order by id`
    ).map(({ subject }) => subject)
  const of = (path: string) => calls.filter((call) => call.path === path)
  for (const title of titles) {
    expect(await mails()).toContainEqual(expect.stringContaining(`${title} 문제가 생겼어요`))
    for (const path of ['/slack', '/own'])
      expect(of(path).map(({ body }) => body)).toContainEqual(
        expect.stringContaining(`${title} 문제가 생겼어요`),
      )
  }
  expect([(await mails()).length, of('/slack').length, of('/own').length]).toEqual([4, 4, 4])
  for (const { headers, body } of of('/own')) {
    const { 'webhook-id': id, 'webhook-timestamp': at, ...rest } = headers as Record<string, string>
    const signed = signedHeaders({ id: String(id), seconds: Number(at), body }, secret)
    expect(rest['webhook-signature']).toBe(signed['webhook-signature'])
  }

  free = 60 * 1024 ** 3
  await db`update lanes set position = 11 where shop = ${shop}`
  await db`update connections set state = 'connected' where shop = ${shop}`
  await db`delete from outbox where shop = ${shop}`
  await alarm.turn()
  await alarm.turn()
  for (const title of titles)
    expect(await mails()).toContainEqual(expect.stringContaining(`${title} 문제가 풀렸어요`))
  expect([of('/slack').length, of('/own').length]).toEqual([8, 8])
  expect(await alarm.troubles(shop)).toEqual([])
  server.closeAllConnections()
  server.close()
})

test('who heard of a trouble hears that it is over, though another place could not be reached all the while', async () => {
  const { db, clock, shops, vault } = world
  const shop = await insertShop(db)
  const heard: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (request.url === '/slack') heard.push(body)
    response.writeHead(request.url === '/slack' ? 200 : 503).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let state: Finding['state'] = 'bad'
  const alarm = alarms({
    db,
    clock,
    vault,
    shops: { ...shops, ids: async () => [shop] },
    findings: async () => [{ check: 'disk', state, why: 'free', facts: { free: 1, total: 2 } }],
    post: morningPost({
      channels: world.providers,
      vault,
      publicUrl: 'https://danggol.example',
      type: 'alarm',
      sealedSlack: (one) => alarmSettings(one.settings.alarms)?.sealedSlack,
      allowPrivate: true,
    }),
    allowPrivate: true,
  })
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
  await shops.set(shop, 'webhook', { sealedSecret: vault.seal(secret) })
  const places = { emails: [], slack: `${origin}/slack`, webhook: `${origin}/away` }
  await alarm.put({ shop, name: 'member:1' }, places)
  await alarm.turn()
  clock.advance(2 * minuteMs)
  await alarm.turn()
  await alarm.turn()
  expect(heard).toEqual([expect.stringContaining('디스크 문제가 생겼어요')])
  // It is news: for how long is said where it goes on or is over.
  expect(heard[0]).not.toContain('분째')
  expect(heard[0]).toContain('<https://danggol.example/settings/running|서버 상태 보기>')

  state = 'good'
  await alarm.turn()
  await alarm.turn()
  expect(heard).toEqual([expect.anything(), expect.stringContaining('디스크 문제가 풀렸어요')])
  expect(heard[1]).toContain('2분 동안 이어졌어요')
  server.closeAllConnections()
  server.close()
})
