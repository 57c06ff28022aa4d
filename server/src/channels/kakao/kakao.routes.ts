import { z } from 'zod'
import type { ShopId } from '../../lib/brand.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { hookPath } from '../hook-address.ts'
import type { Kakao, Listed } from './kakao.service.ts'
import { type KakaoSettings, KakaoSettingsInput, kakaoSettings } from './settings.ts'
import { variablesOf } from './template.ts'

type Needs = {
  readonly kakao: Kakao
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'seal' | 'sign'>
  /** The JPEG of a picture of the library cut for a bubble; throws where there is none, it is too small or has no words. */
  readonly ofLibrary: (
    shop: ShopId,
    key: string,
    bubble: 'IMAGE' | 'WIDE',
  ) => Promise<{ readonly name: string; readonly bytes: Uint8Array }>
}

const Answer = z
  .object({
    provider: z.enum(['solapi', 'nhn']),
    apiKey: z.string(),
    profile: z.string(),
    profileName: z.string(),
    alimtalkWon: z.number(),
    brandWon: z.number(),
    /** Path the provider posts its reports to. */
    hook: z.string(),
  })
  .nullable()

/** The shop's account at a Kakao provider, its templates and pictures. */
export function kakaoRoutes(needs: Needs): readonly Route[] {
  return [...accountRoutes(needs), ...templateRoutes(needs), ...pictureRoutes(needs)]
}

function accountRoutes({ kakao, shops, vault }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/kakao',
      summary:
        'The account KakaoTalk messages go by; null while they go to the test inbox. The secret is never sent back.',
      roles: ['marketer', 'developer'],
      response: Answer,
      handle: async ({ actor }) =>
        answerOf((await shops.shop(actor.shop)).settings.kakao, actor.shop, vault),
    }),
    route({
      method: 'put',
      path: '/api/shop/kakao',
      summary:
        'Sets the account and reads its channels and templates. An absent secret keeps the stored one.',
      roles: ['developer'],
      body: KakaoSettingsInput,
      response: Answer,
      handle: async ({ actor, body }) => {
        const before = kakaoSettings((await shops.shop(actor.shop)).settings.kakao)
        const settings = stored(body, before, vault.seal)
        if (before?.provider !== settings.provider || before.apiKey !== settings.apiKey) {
          await kakao.forget(actor.shop)
        }
        await shops.set(actor.shop, 'kakao', { ...settings })
        const named = await withProfile(kakao, actor.shop, settings).catch(
          async (error: unknown) => {
            await shops.set(actor.shop, 'kakao', before ? { ...before } : null)
            throw error
          },
        )
        await shops.set(actor.shop, 'kakao', { ...named })
        const { provider, profile } = named
        await shops.audit(actor, 'kakao.changed', {
          object: `shop:${actor.shop}`,
          detail: { provider, profile },
        })
        return answerOf(named, actor.shop, vault)
      },
    }),
    route({
      method: 'delete',
      path: '/api/shop/kakao',
      summary: 'Forgets the account: KakaoTalk messages go to the test inbox again.',
      roles: ['developer'],
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor }) => {
        await shops.set(actor.shop, 'kakao', null)
        await kakao.forget(actor.shop)
        await shops.audit(actor, 'kakao.removed', { object: `shop:${actor.shop}` })
        return { ok: true }
      },
    }),
  ]
}

const Template = z.object({
  profile: z.string(),
  code: z.string(),
  name: z.string(),
  content: z.string(),
  around: z
    .object({
      header: z.string(),
      title: z.string(),
      subtitle: z.string(),
      items: z.array(z.object({ title: z.string(), description: z.string() })),
      extra: z.string(),
    })
    .partial(),
  buttons: z.array(z.object({ type: z.string(), name: z.string() })),
  status: z.enum(['approved', 'waiting', 'rejected', 'stopped']),
  /** Names without `#{}`, in order of appearance. */
  variables: z.array(z.string()),
  /** UTC ms when it was last seen to have changed. */
  changedAt: z.number(),
})

const Templates = z.object({
  isPractice: z.boolean(),
  readAt: z.number().nullable(),
  error: z.string().nullable(),
  profiles: z.array(z.object({ id: z.string(), name: z.string() })),
  templates: z.array(Template),
})

function templateRoutes({ kakao, shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/kakao/templates',
      summary:
        'Alimtalk templates as last read from the provider; without an account those for practice.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Templates,
      handle: async ({ actor }) => templatesOf(await kakao.list(actor.shop)),
    }),
    route({
      method: 'post',
      path: '/api/kakao/templates/sync',
      summary:
        'Reads channels and templates from the provider now; they are read every hour by themselves.',
      roles: ['marketer', 'developer'],
      response: Templates,
      handle: async ({ actor }) => {
        const listed = await kakao.sync(actor.shop)
        await shops.audit(actor, 'kakao.templates-read', {
          object: `shop:${actor.shop}`,
          detail: { templates: listed.templates.length },
        })
        return templatesOf(listed)
      },
    }),
  ]
}

/** Largest picture of a Brand Message, bytes (Solapi's documents). */
const pictureBytes = 500 * 1024

const bubble = z.enum(['IMAGE', 'WIDE'])
const PictureInput = z.union([
  /** Of the library, by its key. */
  z.strictObject({ bubble, image: z.string().min(1).max(40) }),
  z.object({
    name: z.string().trim().min(1).max(100),
    bubble,
    /** JPEG or PNG in base64. */
    data: z.base64().min(1),
  }),
])

/** The bytes that were meant, whichever way they were told. */
async function bytesOf(
  { ofLibrary }: Needs,
  shop: ShopId,
  asked: z.infer<typeof PictureInput>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  if ('data' in asked) return { name: asked.name, bytes: Buffer.from(asked.data, 'base64') }
  const { name, bytes } = await ofLibrary(shop, asked.image, asked.bubble)
  return { name, bytes: Buffer.from(bytes) }
}

function pictureRoutes(needs: Needs): readonly Route[] {
  const { kakao, shops } = needs
  return [
    route({
      method: 'post',
      path: '/api/kakao/pictures',
      summary:
        'Hands a picture for Brand Messages to the provider: one of the library by its key, or JPEG or PNG up to 500 KB.',
      roles: ['marketer'],
      body: PictureInput,
      response: z.object({ id: z.string(), url: z.string().nullable() }),
      handle: async ({ actor, body }) => {
        const { name, bytes } = await bytesOf(needs, actor.shop, body)
        const media = mediaOf(bytes)
        if (!media) throw new Refusal('invalid', 'The picture is neither JPEG nor PNG.', 'data')
        if (bytes.length > pictureBytes) {
          throw new Refusal('too-large', 'The picture is larger than 500 KB.', 'data')
        }
        const { bubble } = body
        const told = await kakao.upload(actor.shop, { name, bubble, media, bytes })
        await shops.audit(actor, 'kakao.picture-uploaded', {
          object: `shop:${actor.shop}`,
          detail: { name, bytes: bytes.length },
        })
        return told
      },
    }),
    route({
      method: 'get',
      path: '/api/kakao/pictures/{id}',
      summary: 'A picture that was handed over.',
      roles: ['marketer', 'developer', 'viewer'],
      params: z.object({ id: z.string().min(1).max(300) }),
      response: z.unknown(),
      media: { response: 'image/*' },
      handle: async ({ actor, params }) => {
        const picture = await kakao.picture(actor.shop, params.id)
        if (!picture) throw new Refusal('not-found', 'There is no such picture.')
        return new Response(Buffer.from(picture.bytes), {
          headers: {
            'content-type': picture.media,
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, max-age=86400',
          },
        })
      },
    }),
  ]
}

function mediaOf(bytes: Buffer): 'image/jpeg' | 'image/png' | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  return bytes.subarray(0, 8).equals(Buffer.from(png)) ? 'image/png' : undefined
}

/** The channel messages are sent from: the one chosen, or the only one there is. */
async function withProfile(
  kakao: Kakao,
  shop: ShopId,
  settings: KakaoSettings,
): Promise<KakaoSettings> {
  const { sync } = await kakao.sync(shop)
  const only = sync.profiles.length === 1 ? sync.profiles[0] : undefined
  const chosen = sync.profiles.find((one) => one.id === settings.profile)
  const profile = chosen ?? (settings.profile === '' ? only : undefined)
  if (settings.profile !== '' && !chosen && sync.error === null) {
    throw new Refusal('invalid', 'The account has no such channel.', 'profile')
  }
  return profile ? { ...settings, profile: profile.id, profileName: profile.name } : settings
}

function stored(
  { secret, ...input }: KakaoSettingsInput,
  before: KakaoSettings | undefined,
  seal: (text: string) => string,
): KakaoSettings {
  // The stored secret was given for one account; it is not shown to another.
  const isSame = before?.provider === input.provider && before.apiKey === input.apiKey
  const sealedSecret = secret === undefined ? (isSame ? before.sealedSecret : '') : seal(secret)
  if (sealedSecret === '') throw new Refusal('invalid', 'The secret key is missing.', 'secret')
  return { ...input, sealedSecret, profileName: isSame ? before.profileName : '' }
}

function answerOf(
  section: unknown,
  shop: ShopId,
  vault: Pick<Vault, 'sign'>,
): z.infer<typeof Answer> {
  const settings = kakaoSettings(section)
  if (!settings) return null
  const { provider, apiKey, profile, profileName, alimtalkWon, brandWon } = settings
  const hook = hookPath(provider, shop, vault)
  return { provider, apiKey, profile, profileName, alimtalkWon, brandWon, hook }
}

function templatesOf({ sync, isPractice, templates }: Listed): z.infer<typeof Templates> {
  return {
    isPractice,
    readAt: sync.succeededAt,
    error: sync.error,
    profiles: [...sync.profiles],
    templates: templates.map((template) => ({
      profile: template.profile,
      code: template.code,
      name: template.name,
      content: template.content,
      around: { ...template.around, items: [...(template.around?.items ?? [])] },
      buttons: template.buttons.map(({ type, name }) => ({ type, name })),
      status: template.status,
      variables: [...variablesOf(template)],
      changedAt: template.changedAt,
    })),
  }
}
