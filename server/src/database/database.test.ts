import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { debianPostgres, startGivenPostgres } from '../testing/given-postgres.driver.ts'
import { connectDatabase } from './connection.store.ts'
import { databaseContract } from './database.contract.ts'
import { databaseHealth } from './health.store.ts'

describe('the embedded server', () => {
  databaseContract(() => inject('databaseUrl'))
})

const debian = debianPostgres()
describe.skipIf(!debian)(
  `a server given by URL (${debian ? `Debian’s PostgreSQL ${debian.major}` : 'SKIPPED: no PostgreSQL 15 or newer below /usr/lib/postgresql'})`,
  () => {
    let given: Awaited<ReturnType<typeof startGivenPostgres>>
    beforeAll(async () => {
      if (debian) given = await startGivenPostgres(debian.binaries)
    })
    afterAll(() => given?.stop())
    databaseContract(() => given.url)
  },
)

test('a server that is not there is said to be so', async () => {
  const db = connectDatabase('postgres://nobody@127.0.0.1:9/none', { max: 1 })
  expect(await databaseHealth(db)).toMatchObject({ ok: false })
  await db.end({ timeout: 0 })
})
