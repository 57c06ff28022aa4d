import type { MessageChannel } from '../../messages/intent.ts'
import type { LiveCampaign } from '../entry.ts'
import type { SimulationSetup } from '../simulate-state.ts'

/** What is the same for everybody in a backtest. Times are UTC ms; the period is `[from, to)`. */
export type Plan = {
  readonly shop: number
  readonly campaign: LiveCampaign
  readonly timeZone: string
  readonly from: number
  readonly to: number
  readonly channels: readonly MessageChannel[]
  readonly settings: SimulationSetup['settings']
  readonly sellable: SimulationSetup['sellable']
  readonly pools: SimulationSetup['pools']
}
