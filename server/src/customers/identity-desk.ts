import type { ContactKey } from './identity.ts'

/** What a key is made of. */
type IdentityKind = 'anonymous' | 'user' | 'email' | 'phone'

/** `anonymous:<device id>`, `user:<member id>`, `email:<hash>`, `phone:<hash>`. */
export type IdentityKey = `${IdentityKind}:${string}`

/** What one key leads to. */
export type Identity = {
  /** 0: a device between two chapters. */
  readonly customer: number
  readonly verified: boolean
  /** Several members used this device, or it is a kiosk: it never merges again. */
  readonly shared: boolean
  /** The first member who signed in on this device; 0: nobody yet. */
  readonly signedIn: number
  readonly since: number
}

/** What resolving needs to know of a customer. */
export type KnownCustomer = {
  readonly member: boolean
  /** When the chapter of an anonymous device began, UTC ms; null for members and guests. */
  readonly chapterAt: number | null
}

/** What is known before the batch: every key named by it, and every customer those lead to. */
export type Known = {
  readonly identities: ReadonlyMap<IdentityKey, Identity>
  readonly customers: ReadonlyMap<number, KnownCustomer>
  /** Merged-away customers named by `ids.customer` or `customer:` aliases, and their survivors. */
  readonly survivors: ReadonlyMap<number, number>
}

/** A customer that a batch brings into being. */
export type NewCustomer = KnownCustomer & {
  readonly createdAt: number
  /** The anonymous id it began with; none of a device that several people share. */
  readonly device?: string | undefined
}

/** An identity to be stored; `contact` is there when the key is an address. */
export type WrittenIdentity = Identity & { readonly contact?: ContactKey }
/** What `openDesk` gives. */
export type Desk = ReturnType<typeof openDesk>

/** The working copy of one batch: what is known, what changed, and who is whom after merges. */
export function openDesk(known: Known) {
  const changed = new Map<IdentityKey, WrittenIdentity>()
  const created = new Map<number, NewCustomer>()
  const survivors = new Map<number, number>()
  const merges: { from: number; to: number; index: number }[] = []
  const joined = new Set<number>()
  const canonical = (customer: number): number => {
    let at = customer
    for (let next = survivors.get(at); next !== undefined; next = survivors.get(at)) at = next
    return at
  }
  const facts = (customer: number): KnownCustomer | undefined => {
    const stored = created.get(customer) ?? known.customers.get(customer)
    return stored && joined.has(customer) ? { member: true, chapterAt: null } : stored
  }
  return {
    canonical,
    facts,
    get: (key: IdentityKey): WrittenIdentity | undefined => {
      const found = changed.get(key) ?? known.identities.get(key)
      return (
        found && {
          ...found,
          customer: canonical(found.customer),
          signedIn: canonical(found.signedIn),
        }
      )
    },
    set: (key: IdentityKey, identity: WrittenIdentity) => void changed.set(key, identity),
    existing: (customer: number): number => {
      const now = canonical(known.survivors.get(customer) ?? customer)
      return facts(now) ? now : 0
    },
    create: (customer: NewCustomer): number => {
      const id = -1 - created.size
      created.set(id, customer)
      return id
    },
    makeMember: (customer: number) => {
      if (facts(customer)?.member !== true) joined.add(customer)
    },
    merge: (from: number, to: number, index: number) => {
      survivors.set(from, to)
      if (from > 0) merges.push({ from, to, index })
      if (facts(from)?.member === true && facts(to)?.member !== true) joined.add(to)
    },
    created: (): ReadonlyMap<number, NewCustomer> => {
      const kept = [...created].filter(([id]) => !survivors.has(id))
      return new Map(
        kept.map(([id, one]) => [
          id,
          joined.has(id) ? { ...one, member: true, chapterAt: null } : one,
        ]),
      )
    },
    merges: () => merges,
    joined: (): ReadonlySet<number> =>
      new Set([...joined].filter((id) => id > 0 && !survivors.has(id))),
    changed: (): ReadonlyMap<IdentityKey, WrittenIdentity> =>
      new Map(
        [...changed].map(([key, one]) => [
          key,
          { ...one, customer: canonical(one.customer), signedIn: canonical(one.signedIn) },
        ]),
      ),
  }
}
