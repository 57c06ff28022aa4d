import type { Database, Tx } from '../database/connection.store.ts'
import { assert } from '../lib/assert.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import { Flow } from './campaign.ts'
import { publishedFlows, runningCampaigns } from './enrolments.store.ts'

/** Published flows kept parsed; each is some kilobytes. */
const cachedFlowsLimit = 2_000

type Version = { readonly campaign: CampaignId; readonly version: number }

/** Published versions never change, so each process reads and checks one once. */
export function flows() {
  const cache = new Map<string, Flow>()
  const nameOf = (shop: ShopId, { campaign, version }: Version) => `${shop}/${campaign}/${version}`

  return {
    /** The campaigns that people may come into or are under way on, in the versions that are published. */
    running: runningCampaigns,
    /** The flows of these versions; the answer knows all of them. */
    load: async (source: Database | Tx, shop: ShopId, versions: readonly Version[]) => {
      const wanted = new Map(versions.map((one) => [nameOf(shop, one), one]))
      const missing = [...wanted].flatMap(([name, one]) => (cache.has(name) ? [] : [one]))
      const loaded = new Map<string, Flow>()
      for (const row of await publishedFlows(source, shop, missing))
        loaded.set(nameOf(shop, row), Flow.parse(JSON.parse(row.flow)))
      for (const [name, flow] of loaded) remember(cache, name, flow)
      for (const name of wanted.keys()) {
        const flow = cache.get(name) ?? loaded.get(name)
        if (flow) loaded.set(name, flow)
      }
      return (campaign: CampaignId, version: number): Flow => {
        const flow = loaded.get(nameOf(shop, { campaign, version }))
        assert(flow, 'a version that people are under way on was published')
        return flow
      }
    },
  }
}
export type Flows = ReturnType<typeof flows>

function remember(cache: Map<string, Flow>, name: string, flow: Flow): void {
  if (cache.size >= cachedFlowsLimit) {
    const oldest = cache.keys().next().value
    if (oldest !== undefined) cache.delete(oldest)
  }
  cache.set(name, flow)
}
