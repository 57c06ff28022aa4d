import { openPlatformWorld } from '../platform/platform-world.contract.ts'
import { cafe24Platform } from './cafe24.provider.ts'
import { cafe24 } from './cafe24.service.ts'
import { cafe24Mall, type MallNotice } from './cafe24-mall.contract.ts'
import { testServiceKey } from './cafe24-promotion.contract.ts'
import { cafe24Server, testApp } from './cafe24-server.contract.ts'
import { liveAYear } from './cafe24-year.contract.ts'

/** A shop that is connected to a mall with a year behind it, over real engines; the clock stands until it is moved. */
export async function openCafe24World(size: { readonly members: number; readonly orders: number }) {
  const own = await openPlatformWorld((clock) => {
    const mall = cafe24Mall('onshop', clock)
    liveAYear(mall, { ...size, seed: 'cafe24', now: clock.now() })
    const platform = cafe24Platform({ testServer: 'http://cafe24.test' })
    return { platform, server: { ...cafe24Server(mall, clock), mall } }
  })
  const { calls, connected: connections, platform, publicUrl } = own
  const { clock } = own.world
  const service = cafe24({ clock, calls, connections, platform, publicUrl })
  const platformed = { sessions: own.sessions, platforms: () => platform, platform }
  return { ...own, mall: own.server.mall, service, platformed }
}
export type Cafe24World = Awaited<ReturnType<typeof openCafe24World>>

/** The shop's owner says yes at Cafe24, and the page brings back what it sent. */
export async function connect({ service, server, actor }: Cafe24World): Promise<number> {
  const { clientId, clientSecret } = testApp
  const serviceKey = testServiceKey
  const asked = { mall: 'onshop', clientId, clientSecret, serviceKey }
  const url = await service.begin(actor.shop, asked)
  const page = await (await server.fetch(url)).text()
  const back = new URL(/href="([^"]+)"/.exec(page)?.[1]?.replaceAll(/&(?:amp|#38);/g, '&') ?? '')
  const { code = '', state = '' } = Object.fromEntries(back.searchParams)
  return await service.finish(actor, { code, state })
}

export const pull = (own: Cafe24World): Promise<void> => own.pull()

export async function deliver(own: Cafe24World, posted: readonly MallNotice[]): Promise<void> {
  await own.deliver(posted.map((notice) => ({ headers: {}, body: JSON.stringify(notice) })))
}
