import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import { type Cafe24World, connect, openCafe24World, pull } from './cafe24-world.contract.ts'

const runner = fileURLToPath(new URL('../../testing/run-pull.driver.ts', import.meta.url))
/** A lease of a worker that died ends by itself. */
const leaseMs = 4 * minuteMs

let own: Cafe24World
let mall: ReturnType<typeof serve>
beforeAll(async () => {
  own = await openCafe24World({ members: 20, orders: 60 })
  await connect(own)
  const { app } = own.server
  const fetch = (request: Request) => {
    // The mall lets two calls through a second; its clock goes on with each.
    own.world.clock.advance(secondMs)
    return app.fetch(request)
  }
  await new Promise((listening) => {
    mall = serve({ port: 0, hostname: '127.0.0.1', fetch }, listening)
  })
})
afterAll(async () => {
  mall.close()
  await own.world.close()
})

/** The dead worker's lease is over, and what it brought is taken in: bringing would wait for the line. */
async function afterLease(): Promise<void> {
  own.world.clock.advance(leaseMs)
  await own.world.line.drain(own.world.shop)
}

/** Brings in a process that is killed there; answers the signal that ended it. */
async function bringUntil(at: 'answer' | 'commit', count: number): Promise<string | null> {
  await afterLease()
  const url = `http://127.0.0.1:${(mall.address() as AddressInfo).port}`
  const args = [runner, own.world.databaseUrl, url, `${own.world.clock.now()}`, at, `${count}`]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: 'inherit',
  })
  return await new Promise((ended) => child.once('close', (_, signal) => ended(signal)))
}

test('a worker killed while it brings a mall goes on where its last page was written: to the row, and nothing twice', async () => {
  const { world } = own
  for (const [at, count] of [
    ['commit', 4],
    ['answer', 12],
  ] as const)
    expect(await bringUntil(at, count)).toBe('SIGKILL')
  await afterLease()
  await pull(own)

  expect((await own.orders()).map(({ id }) => id)).toEqual([...own.mall.orders.keys()].sort())
  expect((await own.members()).map(({ id }) => id)).toEqual([...own.mall.members.keys()].sort())
  const told = await world.db<{ name: string; count: number }[]>`
    select name, count(*)::integer as count from log
    where shop = ${world.shop} and name in ('Order Created', 'Signed Up') group by 1 order by 1`
  expect(told.map(({ count }) => count)).toEqual([own.mall.orders.size, own.mall.members.size])
})
