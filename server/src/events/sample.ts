import type { CustomerId, Position } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Placed } from './happening.ts'

/** An event of a person as the line would hand it over: tests, the simulation and previews tell stories with it. */
export function eventOf(told: {
  readonly name: string
  readonly at: number
  readonly position: number
  readonly customer: number
  readonly properties?: JsonObject
}): Placed {
  return {
    kind: 'event',
    name: told.name,
    at: told.at,
    receivedAt: told.at,
    messageId: `m${told.position}`,
    ids: { verified: true },
    body: { properties: told.properties ?? {} },
    position: told.position as Position,
    processedAt: told.at,
    customer: told.customer as CustomerId,
  }
}
