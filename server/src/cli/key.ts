import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Scope, scopes } from '../shops/access.ts'
import { shopOf, withHouse } from './with-house.ts'

/** `key create`: the key alone goes to the standard output, for scripts. */
export async function key(config: Config, args: readonly string[]): Promise<void> {
  const options = {
    scope: { type: 'string' },
    name: { type: 'string' },
    shop: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const scope = scopes.find((one): one is Scope => one === values.scope)
  if (positionals[0] !== 'create' || !scope)
    throw new Refusal('invalid', 'Say: key create --scope browser|write|admin', '--scope')
  await withHouse(config, async (house) => {
    const made = await house.keys.create(
      await shopOf(house, values.shop),
      values.name ?? 'cli',
      scope,
    )
    console.log(made.key)
  })
}
