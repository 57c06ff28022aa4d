import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import type { KakaoAccount, KakaoTemplate } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { type NhnResult, nhnApi } from './nhn-api.driver.ts'
import { NhnAnswer, NhnSenders, NhnTemplates, templateOf } from './nhn-wire.ts'
import type { KakaoKeys } from './settings.ts'

const pageSize = 1_000
/** Pages read of one list at most: 10,000 templates a channel. */
const pagesLimit = 10

/** What NHN Cloud tells of the shop's Kakao channels: those that may send, and their templates. */
export function nhnKakaoAccount(keys: KakaoKeys, world: ProviderWorld = {}): KakaoAccount {
  const api = nhnApi(keys, world)

  async function profiles() {
    const result = await api.get('a', `senders?status=YSC03&pageSize=${pageSize}`, NhnSenders)
    return (answered(result).senders ?? []).map(({ plusFriendId, senderKey }) => ({
      id: senderKey,
      name: plusFriendId,
    }))
  }

  async function templatesOf(profile: string): Promise<readonly KakaoTemplate[]> {
    const templates: KakaoTemplate[] = []
    for (let page = 1; page <= pagesLimit; page++) {
      const path = `senders/${encodeURIComponent(profile)}/templates?pageNum=${page}&pageSize=${pageSize}`
      const listed = answered(await api.get('a', path, NhnTemplates)).templateListResponse
      templates.push(...(listed?.templates ?? []).map(templateOf))
      if ((listed?.templates.length ?? 0) < pageSize) break
    }
    return templates
  }

  return {
    profiles,
    templates: async () => {
      const templates: KakaoTemplate[] = []
      for (const { id } of await profiles()) templates.push(...(await templatesOf(id)))
      return templates
    },
    upload: async ({ name, media, bytes, bubble }) => {
      const boundary = `danggol-${randomBytes(12).toString('hex')}`
      const form = formOf(boundary, {
        name,
        media,
        bytes,
        imageType: bubble === 'WIDE' ? 'WIDE_IMAGE' : 'IMAGE',
      })
      const { image } = answered(await api.upload('images', { bytes: form, boundary }, Uploaded))
      return { id: String(image.imageSeq ?? image.imageUrl), url: image.imageUrl }
    },
  }
}

const Uploaded = NhnAnswer.extend({
  image: z.object({ imageSeq: z.number().nullish(), imageUrl: z.url({ protocol: /^https?$/ }) }),
})

/** The answer, or why there is none as a refusal for the settings page. */
function answered<T>(result: NhnResult<T>): T {
  switch (result.kind) {
    case 'ok':
      return result.answer
    case 'refused':
      throw new Refusal('conflict', `NHN Cloud: ${result.code} ${result.message}`)
    case 'foreign':
      throw new Refusal('busy', `NHN Cloud: ${result.status} ${result.words}`)
    case 'unsent':
    case 'lost':
      throw new Refusal('busy', `NHN Cloud: ${result.why}`)
  }
}

function formOf(
  boundary: string,
  file: {
    readonly name: string
    readonly media: string
    readonly bytes: Uint8Array
    readonly imageType: string
  },
): Uint8Array<ArrayBuffer> {
  const name = file.name.replace(/[^\p{L}\p{N}._-]/gu, '_')
  return Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="imageType"\r\n\r\n${file.imageType}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="${name}"\r\n` +
        `Content-Type: ${file.media}\r\n\r\n`,
    ),
    file.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}
