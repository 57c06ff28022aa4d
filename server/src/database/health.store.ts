import type { Database } from './connection.store.ts'

export type Health = { readonly ok: boolean; readonly message: string }

const answerMs = 2_000

/** Whether PostgreSQL answers within two seconds and can be written to (a standby or a full disk cannot). */
export async function databaseHealth(db: Database): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${answerMs} ms`)), answerMs)
  })
  try {
    const [row] = await Promise.race([
      db<{ isStandby: boolean }[]>`select pg_is_in_recovery() as "isStandby"`,
      late,
    ])
    return row?.isStandby
      ? { ok: false, message: 'it is a standby and cannot be written to' }
      : { ok: true, message: 'answers' }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
