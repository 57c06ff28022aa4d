import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

type TestPersonRow = {
  readonly id: number
  readonly name: string
  readonly email: string | null
  readonly emailShown: string | null
  readonly phone: string | null
  readonly phoneShown: string | null
}
type TestGroupRow = {
  readonly id: number
  readonly name: string
  readonly people: readonly TestPersonRow[]
}

/** Groups by name with their people; addresses are sealed and masked. */
export async function readGroups(
  db: Database,
  shop: ShopId,
  id?: number,
): Promise<readonly TestGroupRow[]> {
  const rows = await db<
    (Omit<TestPersonRow, 'id'> & { id: number | null; group: number; groupName: string })[]
  >`
    select g.id as "group", g.name as "groupName", p.id, p.name, p.email, p.email_shown as "emailShown",
           p.phone, p.phone_shown as "phoneShown"
    from test_groups g left join test_people p on p.shop = g.shop and p.test_group = g.id
    where g.shop = ${shop} and (${id ?? null}::bigint is null or g.id = ${id ?? null})
    order by g.name, g.id, p.id`
  const groups = new Map<number, { id: number; name: string; people: TestPersonRow[] }>()
  for (const { group, groupName, id: person, ...row } of rows) {
    const known = groups.get(group) ?? { id: group, name: groupName, people: [] }
    groups.set(group, known)
    if (person !== null) known.people.push({ id: person, ...row })
  }
  return [...groups.values()]
}

/** Adds a group; undefined when there is one of this name. */
export async function insertGroup(
  db: Database,
  shop: ShopId,
  group: { readonly name: string; readonly now: number },
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    insert into test_groups (shop, name, created_at) values (${shop}, ${group.name}, ${group.now})
    on conflict do nothing returning id`
  return row?.id
}

/** Takes a group away with its people; false when there is none. */
export async function deleteGroup(db: Database, shop: ShopId, id: number): Promise<boolean> {
  return await db.begin(async (tx) => {
    await tx`delete from test_people where shop = ${shop} and test_group = ${id}`
    return (await tx`delete from test_groups where shop = ${shop} and id = ${id}`).count > 0
  })
}

/** A new person of a test group, contacts sealed; undefined where the group is gone or holds `limit` people already. */
export async function insertPerson(
  db: Database,
  shop: ShopId,
  person: Omit<TestPersonRow, 'id'> & { readonly group: number; readonly limit: number },
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    insert into test_people (shop, test_group, name, email, email_shown, phone, phone_shown)
    select g.shop, g.id, ${person.name}, ${person.email}, ${person.emailShown}, ${person.phone}, ${person.phoneShown}
    from test_groups g
    where g.shop = ${shop} and g.id = ${person.group}
      and (select count(*) from test_people p where p.shop = g.shop and p.test_group = g.id) < ${person.limit}
    returning id`
  return row?.id
}

/** Takes a person out of a test group; false where none was there. */
export async function deletePerson(
  db: Database,
  shop: ShopId,
  of: { readonly group: number; readonly id: number },
): Promise<boolean> {
  const gone = await db`
    delete from test_people where shop = ${shop} and test_group = ${of.group} and id = ${of.id}`
  return gone.count > 0
}

/** Tests that were sent since a time (UTC ms), of any kind. */
export async function countTests(db: Database, shop: ShopId, since: number): Promise<number> {
  const [row] = await db<{ tests: number }[]>`
    select count(*) as tests from (
      select at, act from audit_log where shop = ${shop} order by id desc limit 5000
    ) latest
    where at > ${since} and act = 'message.test-sent'`
  return row?.tests ?? 0
}
