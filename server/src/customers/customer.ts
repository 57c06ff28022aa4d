import type { CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'

/** A person as the rules see one: anonymous visitors too. */
export type Customer = {
  readonly id: CustomerId
  /** Given at creation, kept by the survivor of a merge; hash(experiment, assignmentKey) decides the arm. */
  readonly assignmentKey: string
  /** Has a user identity: signed up or in at least once. */
  readonly member: boolean
  /** Staff or somebody of the office: outside segments, campaigns and reports. */
  readonly internal: boolean
  readonly name: string | null
  readonly traits: JsonObject
  readonly createdAt: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** Log position of the last change of traits, contacts or consents. */
  readonly version: number
}
