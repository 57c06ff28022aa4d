import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { PathSeen, Vocabulary } from './vocabulary.ts'

/** How many of the newest log positions the builder's pickers look at. */
const recentPositions = 500_000
const namesLimit = 200
const pathsLimit = 64
const traitsLimit = 200

const maps = [
  { map: 'texts', type: 'text', shown: 'value' },
  { map: 'numbers', type: 'number', shown: 'toString(value)' },
  { map: 'flags', type: 'boolean', shown: 'toString(value)' },
  { map: 'times', type: 'date', shown: 'toString(value)' },
] as const

/** Names and paths that really arrived lately, the frequent ones first. */
export async function vocabulary(
  warehouse: Warehouse,
  shop: ShopId,
  asOf: { readonly position: number },
): Promise<Vocabulary> {
  const params = { shop, after: Math.max(0, asOf.position - recentPositions) }
  // Waited for together: one that fails while another is waited for would be nobody's, which ends the process.
  const [names, properties, traits] = await Promise.all([
    warehouse.query<{ name: string; seen: number }>(
      `select name, count() as seen from events where shop = {shop:UInt32} and position > {after:UInt64}
       and name not in ('Entered Segment', 'Left Segment')
       group by name order by seen desc, name limit ${namesLimit}`,
      params,
    ),
    warehouse.query<PathRow & { name: string }>(
      `${maps.map(propertiesSql).join(' union all ')} order by seen desc, path`,
      params,
    ),
    warehouse.query<PathRow>(
      `select * from (${[...maps.map(traitsSql), listsSql].join(' union all ')}) order by seen desc, path limit ${traitsLimit}`,
      { shop },
    ),
  ])
  const byName = Map.groupBy(properties, ({ name }) => name)
  return {
    events: names.map(({ name, seen }) => ({
      name,
      count: Number(seen),
      properties: (byName.get(name) ?? []).slice(0, pathsLimit).map(asPath),
    })),
    traits: traits.map(asPath),
  }
}

type PathRow = {
  readonly path: string
  readonly type: PathSeen['type']
  readonly seen: number
  readonly examples: readonly string[]
}

function asPath({ path, type, seen, examples }: PathRow): PathSeen {
  return { path, type, count: Number(seen), examples: examples.filter((text) => text.length <= 60) }
}

function propertiesSql({ map, type, shown }: (typeof maps)[number]): string {
  return `select name, path, '${type}' as type, count() as seen, topK(5)(${shown}) as examples
    from events array join mapKeys(${map}) as path, mapValues(${map}) as value
    where shop = {shop:UInt32} and position > {after:UInt64} group by name, path`
}

// As below: of lists, the members that several people share.
const listsSql = `select path, 'list' as type, max(people) as seen, arraySlice(groupArrayIf(shown, people >= 3), 1, 5) as examples
    from (select path, arrayJoin(items) as shown, count() as people
      from customers array join mapKeys(lists) as path, mapValues(lists) as items
      where shop = {shop:UInt32} group by path, shown order by people desc) group by path`

// A trait's value is shown only when several people share it: nobody is recognised in a list of examples.
function traitsSql({ map, type, shown }: (typeof maps)[number]): string {
  return `select path, '${type}' as type, sum(people) as seen, arraySlice(groupArrayIf(shown, people >= 3), 1, 5) as examples
    from (select path, ${shown} as shown, count() as people
      from customers array join mapKeys(${map}) as path, mapValues(${map}) as value
      where shop = {shop:UInt32} group by path, shown order by people desc) group by path`
}
