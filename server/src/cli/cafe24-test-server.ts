import { serve } from '@hono/node-server'
import type { Config } from '../config.ts'
import { cafe24Mall, liveAYear } from '../connect/cafe24/cafe24-mall.contract.ts'
import { givenByItself, testServiceKey } from '../connect/cafe24/cafe24-promotion.contract.ts'
import { cafe24Server, testApp } from '../connect/cafe24/cafe24-server.contract.ts'
import { systemClock } from '../lib/clock.ts'

const usualPort = 4790
const mallId = 'testmall'

/** Cafe24 on this machine, with a mall of an invented year: Danggol is tried against it without an account. */
export async function cafe24TestServer(_: Config, args: readonly string[]): Promise<void> {
  const port = Number(args[0] ?? usualPort)
  const mall = cafe24Mall(mallId, systemClock)
  liveAYear(mall, { members: 320, orders: 900, seed: mallId, now: systemClock.now() })
  givenByItself(mall, '신규 회원 3,000원 쿠폰', 'J')
  givenByItself(mall, '생일 축하 10% 쿠폰', 'A')
  const { app } = cafe24Server(mall, systemClock)
  serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  console.log(`A Cafe24 of its own listens. Start Danggol beside it with
  CAFE24_TEST_SERVER=http://localhost:${port} npm start
and connect under Settings, Connect the shop:
  mall id ${mallId}, Client ID ${testApp.clientId}, Client Secret Key ${testApp.clientSecret}, Service Key ${testServiceKey}`)
  await new Promise(() => undefined)
}
