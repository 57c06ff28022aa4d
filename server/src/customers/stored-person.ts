/** A living customer as they are stored, with what the rooms of the line remember of them. */
export type StoredPerson = {
  readonly id: number
  readonly member: boolean
  readonly internal: boolean
  /** JSON text, digits of big numbers kept. */
  readonly traits: string
  /** Log position of the last change of traits, contacts or consents. */
  readonly version: number
  /** The last log position that the line processed for the person. */
  readonly processed: number
  /** JSON text, a section a room; null when no room remembers anything. */
  readonly sections: string | null
}

/** A customer merged away, and the one who survives. */
export type Merged = { readonly from: number; readonly to: number }
