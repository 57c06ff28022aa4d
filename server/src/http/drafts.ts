import { testSendRoutes } from '../campaigns/test-sends.routes.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import type { Mailroom } from '../messages/mailroom.service.ts'
import { messagesRoutes } from '../messages/messages.routes.ts'
import { testGroupRoutes } from '../messages/test-groups.routes.ts'
import { testGroups } from '../messages/test-groups.service.ts'
import { testPhones } from '../messages/test-phones.service.ts'
import type { Members } from '../shops/members.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { Route } from '../web/route.ts'

/** Messages, and drafts of them that the shop's own people receive. */
export function draftRoutes(
  needs: {
    readonly db: Database
    readonly clock: Clock
    readonly tenants: Shops
    readonly people: Members
    readonly safe: Vault
    readonly ledger: Consent
  },
  mailroom: Mailroom,
): readonly Route[] {
  const { db, clock, tenants: shops, people: members, safe: vault, ledger: consent } = needs
  const phones = testPhones({ db, clock, vault, consent })
  const groups = testGroups({ db, clock, vault, consent })
  return [
    ...messagesRoutes({ mailroom, members, shops, phones }),
    ...testGroupRoutes({ groups, shops }),
    ...testSendRoutes({ db, clock, mailroom, groups, phones, members, shops }),
  ]
}
