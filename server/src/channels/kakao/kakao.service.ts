import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { type Clock, systemClock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Alimtalk, BrandMessage, KakaoAccount, KakaoTemplate, Provider } from '../carrier.ts'
import { carrying, type Described } from '../described.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { textSettings } from '../text/settings.ts'
import { type Lookup, watched } from './guard.ts'
import { nhnKakaoProvider } from './nhn-kakao.provider.ts'
import { nhnKakaoAccount } from './nhn-kakao-account.provider.ts'
import { insertPicture, readPicture } from './pictures.store.ts'
import { practiceProfile, practiceTemplates } from './practice.ts'
import { type KakaoKeys, type KakaoSettings, kakaoSettings } from './settings.ts'
import { solapiKakao, solapiKakaoAccount } from './solapi-kakao.provider.ts'
import {
  dropTemplates,
  keepSync,
  keepTemplates,
  readSync,
  readTemplate,
  readTemplates,
  type Sync,
  stopUnlisted,
} from './templates.store.ts'

type OfShop = Pick<Shop, 'id' | 'settings'>

/** The shop's Kakao provider by its settings; undefined, so that messages go to the test inbox, while there is none. */
export function kakaoOf(
  shop: OfShop,
  needs: { readonly db: Database; readonly vault: Pick<Vault, 'open'> },
  world: ProviderWorld = {},
): Described | undefined {
  const settings = kakaoSettings(shop.settings.kakao)
  if (!settings) return undefined
  const template = remembered(
    (of) => readTemplate(needs.db, shop.id, of),
    world.now ?? systemClock.now,
  )
  // A number registered at another provider is not one of Solapi's.
  const text = textSettings(shop.settings.text)
  const from = text?.provider === settings.provider ? text.senderNumber : ''
  return {
    settings: { ...settings, from },
    open: () => {
      const keys = { ...keysOf(settings, needs.vault), from }
      return carrying('kakao', watched(providerOf(settings.provider, keys, world), template))
    },
  }
}

/** A template is read anew after this long: a crowd is sent the same one. */
const rememberMs = 10_000

function remembered(lookUp: Lookup, now: () => number): Lookup {
  const known = new Map<string, { readonly at: number; readonly template: ReturnType<Lookup> }>()
  return (of) => {
    const key = `${of.profile} ${of.code}`
    const before = known.get(key)
    if (before && Math.abs(now() - before.at) < rememberMs) return before.template
    const template = lookUp(of)
    known.set(key, { at: now(), template })
    // A failed reading is not remembered.
    template.catch(() => known.delete(key))
    return template
  }
}

function providerOf(
  provider: KakaoSettings['provider'],
  keys: KakaoKeys & { readonly from: string },
  world: ProviderWorld,
): Provider<Alimtalk | BrandMessage> {
  switch (provider) {
    case 'solapi':
      return solapiKakao(keys, world)
    case 'nhn':
      return nhnKakaoProvider(keys, world)
  }
}

function accountOf(
  settings: KakaoSettings,
  vault: Pick<Vault, 'open'>,
  world: ProviderWorld,
): KakaoAccount {
  const keys = keysOf(settings, vault)
  switch (settings.provider) {
    case 'solapi':
      return solapiKakaoAccount(keys, world)
    case 'nhn':
      return nhnKakaoAccount(keys, world)
  }
}

function keysOf({ apiKey, sealedSecret }: KakaoSettings, vault: Pick<Vault, 'open'>): KakaoKeys {
  return { apiKey, secret: vault.open(sealedSecret) }
}

/** The shop's Kakao channels, templates and pictures: read from the provider, kept here. */
export type Listed = {
  readonly sync: Sync
  /** There is no account: the templates are for practice. */
  readonly isPractice: boolean
  readonly templates: readonly (KakaoTemplate & { readonly changedAt: number })[]
}

/** Keeps what the provider knows of the shop's Kakao channels. */
export function kakao(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop' | 'ids'>
  readonly vault: Pick<Vault, 'open'>
  /** Where the providers are: only tests say so. */
  readonly world?: ProviderWorld
}) {
  const { db, clock, shops, vault } = needs

  async function accountFor(shop: ShopId) {
    const settings = kakaoSettings((await shops.shop(shop)).settings.kakao)
    return settings && { settings, account: accountOf(settings, vault, needs.world ?? {}) }
  }

  async function list(shop: ShopId): Promise<Listed> {
    const { settings } = await shops.shop(shop)
    if (kakaoSettings(settings.kakao)) {
      const [sync, templates] = await Promise.all([readSync(db, shop), readTemplates(db, shop)])
      return { sync, isPractice: false, templates }
    }
    return {
      sync: { at: null, succeededAt: null, error: null, profiles: [practiceProfile] },
      isPractice: true,
      templates: practiceTemplates.map((template) => ({ ...template, changedAt: 0 })),
    }
  }

  /** Reads channels and templates anew; what went wrong is kept and told, what was known stays. */
  async function sync(shop: ShopId): Promise<Listed> {
    const known = await accountFor(shop)
    if (!known) return await list(shop)
    const now = clock.now()
    try {
      const profiles = await known.account.profiles()
      const listed = await known.account.templates()
      // A template listed twice would be kept twice in one statement, which the database refuses.
      const templates = [
        ...new Map(listed.map((one) => [`${one.profile} ${one.code}`, one])).values(),
      ]
      await db.begin(async (tx) => {
        await keepTemplates(tx, shop, { templates, now })
        await stopUnlisted(tx, shop, now)
        await keepSync(tx, shop, { at: now, profiles })
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await keepSync(db, shop, { at: now, error: error.message.slice(0, 500) })
    }
    return await list(shop)
  }

  return {
    list,
    sync,
    /** Forgets what was read of an account the shop no longer uses. */
    forget: (shop: ShopId) => db.begin((tx) => dropTemplates(tx, shop)),
    /** Reads the templates of every shop that has an account, one after the other. */
    syncAll: async (): Promise<void> => {
      for (const id of await shops.ids()) {
        const { settings } = await shops.shop(id)
        if (kakaoSettings(settings.kakao)) await sync(id)
      }
    },
    /** Hands a picture to the provider and keeps it. Without an account it is only kept. */
    upload: async (
      shop: ShopId,
      picture: Parameters<KakaoAccount['upload']>[0],
    ): Promise<{ readonly id: string; readonly url: string | null }> => {
      const known = await accountFor(shop)
      const at = clock.now()
      const told = known
        ? await known.account.upload(picture)
        : { id: `practice-${shop}-${at}`, url: null }
      const provider = known?.settings.provider ?? 'practice'
      await insertPicture(db, shop, { ...picture, ...told, provider, at })
      return told
    },
    picture: (shop: ShopId, id: string) => readPicture(db, shop, id),
  }
}
export type Kakao = ReturnType<typeof kakao>
