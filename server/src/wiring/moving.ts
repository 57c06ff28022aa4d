import { shopCopy } from '../connect/out/shop-copy.service.ts'
import { knownIn, quietArrived } from '../database/restored.store.ts'
import { keepLog } from '../events/upkeep.jobs.ts'
import { keepDecisions } from '../messages/upkeep.jobs.ts'
import { clearShop, copyShopIn, copyShopOut } from '../warehouse/shop-copy.store.ts'
import { forgetUnborn } from '../warehouse/unborn.store.ts'
import type { Ground, HouseNeeds } from './ground.ts'

/** A shop row by row, out of one installation and into another. */
export function movingShop({ db, warehouse, clock }: HouseNeeds, { safe: vault }: Ground) {
  return shopCopy({
    ...{ db, warehouse, clock, vault, quiet: quietArrived },
    makeRoom: async () => {
      await keepLog({ db, clock })
      await keepDecisions({ db, clock })
    },
    history: {
      write: (of, write) => copyShopOut(warehouse, of, write),
      read: (shop, table) => copyShopIn(warehouse, shop, table),
      clear: (shop) => clearShop(warehouse, shop),
      forgetUnborn: (of) => forgetUnborn(warehouse, of, knownIn(db, of.shop)),
    },
  })
}
