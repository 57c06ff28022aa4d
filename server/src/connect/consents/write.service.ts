import { createHash } from 'node:crypto'
import type { ConsentSource } from '../../consent/consent.ts'
import { contactKey, isLent } from '../../customers/contact.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { acceptPatiently } from './patiently.service.ts'
import type { PlannedWord } from './plan.ts'
import type { Refusals, Refused } from './refusals.service.ts'
import type { ImportKind } from './row.ts'

type About = Readonly<Record<string, string>>

/** Refusals of advertising, which close addresses. */
const isRefusal = ({ granted, scope }: PlannedWord) => !granted && scope === 'ad_day'

/** Refusals first, so that a file that broke off has at least closed what must be closed. */
export function inOrder(words: readonly PlannedWord[]): readonly PlannedWord[] {
  return [...words.filter(isRefusal), ...words.filter((word) => !isRefusal(word))]
}

/** Lets the log hear some words of a file; those it has heard already it takes once. */
export async function writeWords(
  needs: {
    readonly clock: Clock
    readonly vault: Pick<Vault, 'hash' | 'seal'>
    readonly customers: Pick<Customers, 'namesOf'>
    readonly refusals: Refusals
  } & Parameters<typeof acceptPatiently>[0],
  shop: ShopId,
  told: {
    readonly id: number
    readonly kind: ImportKind
    readonly words: readonly PlannedWord[]
    readonly by: string
    /** When a word without a date was said, UTC ms: the same however often the work breaks off. */
    readonly undatedAt: number
  },
): Promise<void> {
  const { words, undatedAt } = told
  const source = sourceOf(told.kind)
  const about = { import: String(told.id), attested_by: told.by }
  await needs.refusals.record(
    shop,
    words.filter(isRefusal).map((word) => asRefused(word, about)),
    { source, cause: `import:${told.id}` },
  )
  const made = { vault: needs.vault, now: needs.clock.now(), undatedAt, source, about }
  const named = await namedOf(needs.customers, shop, words)
  await acceptPatiently(needs, shop, [
    ...words.filter((word) => !isRefusal(word)).flatMap((word) => happeningsOf(word, made)),
    ...words.flatMap((word) => namesTold(word, { ...made, named })),
  ])
}

/** Which of the people have a name already: a list of consents does not know it better. */
async function namedOf(
  customers: Pick<Customers, 'namesOf'>,
  shop: ShopId,
  words: readonly PlannedWord[],
): Promise<ReadonlySet<number>> {
  const asked = words.flatMap((word) => (word.name === undefined ? [] : word.customers))
  const known = await customers.namesOf(shop, [...new Set(asked)])
  return new Set([...known].flatMap(([id, { name }]) => (name === null ? [] : [id])))
}

function sourceOf(kind: ImportKind): ConsentSource {
  switch (kind) {
    case 'consents':
      return 'csv'
    case 'optOut080':
      return 'import_080'
    case 'oldTool':
      return 'old_tool'
  }
}

function asRefused(word: PlannedWord, about: About): Refused {
  const { who, channel, customers, at } = word
  const kind = channel === 'email' ? 'email' : 'phone'
  const value = channel === 'web_push' || channel === 'app_push' ? undefined : who[kind]
  return {
    address: value === undefined ? undefined : { kind, value },
    customers,
    channels: [channel],
    evidence: { ...word.evidence, ...about },
    ...(at === null ? {} : { at }),
  }
}

type Made = {
  readonly vault: Pick<Vault, 'hash' | 'seal'>
  readonly now: number
  readonly undatedAt: number
  readonly source: ConsentSource
  readonly about: About
}

function happeningsOf(word: PlannedWord, made: Made): readonly Happening[] {
  const { who, channel, scope, granted, wording } = word
  const at = word.at ?? made.undatedAt
  const people = word.customers.length === 0 ? [undefined] : word.customers
  return people.map((customer) => {
    const named = customer ?? JSON.stringify([who.user, who.email?.toLowerCase(), who.phone])
    const name = [made.source, named, channel, scope, granted, at].join(':')
    return {
      kind: 'consent',
      name: 'Consent Changed',
      at,
      receivedAt: made.now,
      messageId: `consent:${createHash('sha256').update(name).digest('base64url').slice(0, 22)}`,
      ids: customer === undefined ? newPerson(word, made.vault) : { customer, verified: true },
      importId: `consents-${made.about.import}`,
      body: {
        properties: {
          channel,
          kind: granted ? 'grant' : 'withdraw',
          scope,
          source: made.source,
          evidence: { ...word.evidence, ...made.about },
          ...(wording === undefined ? {} : { wording }),
        },
      },
    }
  })
}

/** The name a line gives to whoever has none; of strangers only with a consent, for a refusal makes nobody a customer. */
function namesTold(
  word: PlannedWord,
  made: Made & { readonly named: ReadonlySet<number> },
): readonly Happening[] {
  const { name, customers, who } = word
  if (name === undefined || (customers.length === 0 && isRefusal(word))) return []
  const people = customers.length === 0 ? [undefined] : customers
  return people.flatMap((customer): readonly Happening[] => {
    if (customer !== undefined && made.named.has(customer)) return []
    const whom = customer ?? JSON.stringify([who.user, who.email?.toLowerCase(), who.phone])
    const said = createHash('sha256').update(`${whom}:${name}`).digest('base64url')
    return [
      {
        kind: 'identify',
        name: 'Identified',
        at: made.now,
        receivedAt: made.now,
        messageId: `consent-name:${said.slice(0, 22)}`,
        ids: customer === undefined ? newPerson(word, made.vault) : { customer, verified: true },
        importId: `consents-${made.about.import}`,
        body: { traits: { name } },
      },
    ]
  })
}

/** Somebody nobody knew: the line makes a customer of what the line of the file says. */
function newPerson({ who }: PlannedWord, vault: Made['vault']): Happening['ids'] {
  const phone = who.phone === undefined || isLent(who.phone) ? undefined : who.phone
  return {
    verified: true,
    ...(who.user === undefined ? {} : { user: who.user }),
    ...(who.email === undefined ? {} : { email: contactKey(vault, 'email', who.email) }),
    ...(phone === undefined ? {} : { phone: contactKey(vault, 'phone', phone) }),
  }
}
