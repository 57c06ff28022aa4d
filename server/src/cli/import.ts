import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { Refusal } from '../lib/refusal.ts'
import { importConsentsFile } from './import-consents.ts'
import { progressBar } from './progress-bar.ts'
import { importShop, isWholeShop } from './whole-shop.ts'
import { caughtUp, shopOf, withHouse } from './with-house.ts'

/** `import`: a folder of `export`, a file of consents, or one of orders, by what is named first. */
export async function importFile(config: Config, args: readonly string[]): Promise<void> {
  if (isWholeShop(args[0])) return importShop(config, args)
  if (args[0] === 'consents') return importConsentsFile(config, args)
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { shop: { type: 'string' } },
    allowPositionals: true,
  })
  const [kind, file] = positionals
  if (kind !== 'orders' || file === undefined)
    throw new Refusal('invalid', 'Say: import orders FILE, or import consents FILE', 'import')
  await withHouse(config, async (house, { started }) => {
    const shop = await shopOf(house, values.shop)
    const bar = progressBar(process.stderr)
    const wasEmpty = (await house.position(shop)).head === 0
    // Without a server the line runs here, beside the reading, so that nothing piles up.
    if (started) await house.start()
    const done = await house.imports.orders(shop, file, ({ phase, share }) =>
      bar.show(phase === 'reading' ? '읽는 중 reading' : '쓰는 중 writing', share),
    )
    await caughtUp(house, shop, bar)
    bar.end()
    if (wasEmpty && (await house.shops.shop(shop)).currency !== done.currency) {
      await house.shops.change(shop, { currency: done.currency })
      console.error(`The shop was empty; its currency is now that of the file, ${done.currency}.`)
    }
    console.log(JSON.stringify(done, null, 2))
  })
}
