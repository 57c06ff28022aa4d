import type { Customer } from '../customers/customer.ts'
import type { Identified, PersonRow } from '../customers/person.ts'
import { assert } from '../lib/assert.ts'
import type { CustomerId } from '../lib/brand.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import type { Placed } from './happening.ts'
import type { Person } from './turn.ts'

/** What `peopleOf` gives. */
export type People = ReturnType<typeof peopleOf>

/** The people of the turn as rooms see them, and what the rooms want remembered. */
export function peopleOf(identified: Identified, placed: readonly Placed[]) {
  const happenings = new Map<CustomerId, Placed[]>()
  for (const one of placed) {
    if (one.customer === 0) continue
    const theirs = happenings.get(one.customer)
    if (theirs) theirs.push(one)
    else happenings.set(one.customer, [one])
  }
  const remembered = new Map<CustomerId, Map<string, Json>>()
  const all = new Map<CustomerId, Person>()
  for (const row of identified.people.values()) {
    const stored = sectionReader(row.sections)
    const changes = new Map<string, Json>()
    remembered.set(row.id, changes)
    all.set(row.id, {
      customer: asCustomer(row),
      happenings: happenings.get(row.id) ?? [],
      section: (room) => (changes.has(room) ? changes.get(room) : stored(room)),
      remember: (room, section) => void changes.set(room, section),
    })
  }
  return {
    all: all as ReadonlyMap<CustomerId, Person>,
    lastPosition: (customer: CustomerId) => happenings.get(customer)?.at(-1)?.position ?? 0,
    forget: (customer: CustomerId) => void remembered.get(customer)?.clear(),
    states: () =>
      [...remembered].flatMap(([customer, changes]) => {
        if (changes.size === 0) return []
        const row = identified.people.get(customer)
        assert(row !== undefined, 'a person of the turn was loaded')
        const sections = new Map<string, Json>(Object.entries(parseSections(row.sections)))
        for (const [room, section] of changes) {
          if (section === null) sections.delete(room)
          else sections.set(room, section)
        }
        const version = happenings.get(customer)?.at(-1)?.position ?? row.version
        return [{ customer, version, sections: JSON.stringify(Object.fromEntries(sections)) }]
      }),
  }
}

/** Reads one room's section of the stored JSON object, which is parsed when first asked. */
export function sectionReader(text: string): (room: string) => Json | undefined {
  let parsed: { readonly [room: string]: Json } | undefined
  return (room) => {
    parsed ??= parseSections(text)
    return Object.hasOwn(parsed, room) ? parsed[room] : undefined
  }
}

function parseSections(text: string): { readonly [room: string]: Json } {
  const parsed: unknown = JSON.parse(text)
  return isJsonObject(parsed) ? parsed : {}
}

function asCustomer(row: PersonRow): Customer {
  const { chapterAt: _chapter, sections: _sections, internalSaid: _said, ...customer } = row
  return customer
}
