import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { canonicalJson } from '../../lib/json.ts'
import { localTime, utcOfLocal } from '../../lib/zone.ts'
import type { Alimtalk, BrandMessage, Handover, KakaoTemplate, Provider } from '../carrier.ts'
import { fillTemplate, type TemplateFault, templateFaultWords } from './template.ts'

/** The template of this channel and code as the provider last listed it. */
export type Lookup = (of: {
  readonly profile: string
  readonly code: string
}) => Promise<KakaoTemplate | undefined>

const zone = 'Asia/Seoul'
/** Kakao takes no Brand Message from 20:50 to 08:00, whatever was consented to. */
const closesAtMs = 20 * hourMs + 50 * minuteMs
const opensAtMs = 8 * hourMs

/** When a Brand Message may go again (UTC ms); undefined by day. */
export function brandNightEnd(at: number): number | undefined {
  const local = localTime(at, zone)
  const ofDay = local % dayMs
  if (ofDay >= opensAtMs && ofDay < closesAtMs) return undefined
  const day = local - ofDay + (ofDay >= closesAtMs ? dayMs : 0)
  return utcOfLocal(day + opensAtMs, zone)
}

/** Whether what would be sent is what is approved now, byte for byte. */
export function alimtalkFault(
  known: KakaoTemplate | undefined,
  parcel: Pick<Alimtalk, 'variables' | 'text' | 'buttons'>,
): TemplateFault | undefined {
  if (!known) return 'unknown'
  if (known.status !== 'approved') return known.status
  const filled = fillTemplate(known, parcel.variables)
  if (filled.kind !== 'ok' || filled.text !== parcel.text) return 'changed'
  return canonicalJson(filled.buttons) === canonicalJson(parcel.buttons) ? undefined : 'changed'
}

/**
 * The last look before a provider: a template that was stopped or changed since publishing is not sent with, and no Brand
 * Message leaves at night, whatever was decided before.
 */
export function watched(
  provider: Provider<Alimtalk | BrandMessage>,
  template: Lookup,
): Provider<Alimtalk | BrandMessage> {
  async function inTheWay(parcel: Alimtalk | BrandMessage): Promise<Handover | undefined> {
    if (parcel.kind === 'brand') {
      const retryAt = brandNightEnd(parcel.at)
      const detail = 'Kakao takes no Brand Message from 20:50 to 08:00'
      return retryAt === undefined ? undefined : { kind: 'temporary', detail, retryAt }
    }
    const known = await template({ profile: parcel.profile, code: parcel.template })
    const fault = alimtalkFault(known, parcel)
    if (!fault) return undefined
    return { kind: 'permanent', cause: 'template_mismatch', detail: templateFaultWords[fault].ko }
  }

  return {
    ...provider,
    send: async (parcel) => (await inTheWay(parcel)) ?? (await provider.send(parcel)),
  }
}
