import type { Database, Tx } from '../../database/connection.store.ts'

type CarriedKey = { readonly purpose: string; readonly sealed: string }

/** Keys that came from another installation, sealed. */
export function readCarriedKeys(db: Database | Tx): Promise<readonly CarriedKey[]> {
  return db<CarriedKey[]>`select purpose, sealed from carried_keys order by purpose`
}

/** Keeps the keys of the installation a shop was brought from, each sealed with ours. */
export async function keepCarriedKeys(tx: Tx, keys: readonly CarriedKey[]): Promise<void> {
  await tx`
    insert into carried_keys (purpose, sealed)
    select * from unnest(${keys.map(({ purpose }) => purpose)}::text[], ${keys.map(({ sealed }) => sealed)}::text[])`
}
