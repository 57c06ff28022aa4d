import { z } from 'zod'
import type { Alimtalk, BrandMessage, KakaoButton, KakaoTemplate } from '../carrier.ts'
import { aroundOf, buttonOf } from './told-template.ts'

/** Which of the two services of the provider a message went through; first letter of its provider id. */
export type NhnService = 'a' | 'b'

/** What is the same for all people of one request. */
export type NhnRequest = {
  readonly service: NhnService
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The request a message fits into; those with an equal one share a call. */
export function requestOf(parcel: Alimtalk | BrandMessage): NhnRequest {
  return parcel.kind === 'alimtalk'
    ? {
        service: 'a',
        path: 'messages',
        body: { senderKey: parcel.profile, templateCode: parcel.template },
      }
    : { service: 'b', path: 'freestyle-messages', body: brandBody(parcel) }
}

/** One person of a request; `to` is the number as dialled in Korea. Falling back to a text message is ours to decide: `isResend` is always false. */
export function recipientOf(
  parcel: Alimtalk | BrandMessage,
  to: string,
): Readonly<Record<string, unknown>> {
  const common = {
    recipientNo: to,
    resendParameter: { isResend: false },
    recipientGroupingKey: parcel.key,
  }
  if (parcel.kind === 'brand') return { ...common, targeting: 'I' }
  return Object.keys(parcel.variables).length === 0
    ? common
    : { ...common, templateParameter: parcel.variables }
}

function brandBody(parcel: BrandMessage): Readonly<Record<string, unknown>> {
  return {
    senderKey: parcel.profile,
    chatBubbleType: parcel.bubble,
    content: parcel.text,
    ...(parcel.imageUrl === null ? {} : { image: { imageUrl: parcel.imageUrl } }),
    ...(parcel.buttons.length === 0 ? {} : { buttons: parcel.buttons.map(wireButton) }),
    ...(parcel.coupon === null
      ? {}
      : {
          coupon: {
            title: parcel.coupon.title,
            description: parcel.coupon.description,
            linkMo: parcel.coupon.url,
          },
        }),
  }
}

function wireButton({ type, name, mobileUrl, pcUrl }: KakaoButton) {
  return {
    type,
    name,
    ...(mobileUrl === undefined ? {} : { linkMo: mobileUrl }),
    ...(pcUrl === undefined ? {} : { linkPc: pcUrl }),
  }
}

const Header = z.object({
  resultCode: z.number(),
  resultMessage: z.string().nullish(),
  isSuccessful: z.boolean(),
})

/** Every answer has this. */
export const NhnAnswer = z.object({ header: Header })

export const NhnSent = z.object({
  header: Header,
  message: z
    .object({
      requestId: z.string().min(1).max(100),
      sendResults: z.array(
        z.object({
          recipientSeq: z.number().int(),
          resultCode: z.number(),
          resultMessage: z.string().nullish(),
          recipientGroupingKey: z.string().nullish(),
        }),
      ),
    })
    .nullish(),
})

const Told = z.object({
  requestId: z.string(),
  recipientSeq: z.number().int(),
  messageStatus: z.string().nullish(),
  resultCode: z.string().nullish(),
  resultCodeName: z.string().nullish(),
  receiveDate: z.string().nullish(),
  recipientGroupingKey: z.string().nullish(),
})
export const NhnTold = z.object({ header: Header, message: Told.nullish() })
export const NhnList = z.object({
  header: Header,
  messageSearchResultResponse: z.object({ messages: z.array(Told) }).nullish(),
})

export const NhnSenders = z.object({
  header: Header,
  senders: z
    .array(
      z.object({
        plusFriendId: z.string(),
        senderKey: z.string(),
        status: z.string().nullish(),
        dormant: z.boolean().nullish(),
        block: z.boolean().nullish(),
      }),
    )
    .nullish(),
  totalCount: z.number().nullish(),
})

const text = z.string().nullish()
const Button = z.object({ type: text, name: text, linkMo: text, linkPc: text })
const Template = z.object({
  senderKey: z.string(),
  templateCode: z.string(),
  templateName: z.string(),
  templateContent: z.string(),
  templateHeader: text,
  templateTitle: text,
  templateSubtitle: text,
  templateExtra: text,
  templateItem: z
    .object({ list: z.array(z.object({ title: text, description: text })).nullish() })
    .nullish(),
  buttons: z.array(Button).nullish(),
  status: z.string().nullish(),
  dormant: z.boolean().nullish(),
  block: z.boolean().nullish(),
})
export const NhnTemplates = z.object({
  header: Header,
  templateListResponse: z
    .object({ templates: z.array(Template), totalCount: z.number().nullish() })
    .nullish(),
})

// TSC01 requested, TSC02 being inspected, TSC03 approved, TSC04 rejected; whatever else there is cannot be sent with.
const statuses: Readonly<Record<string, KakaoTemplate['status']>> = {
  TSC01: 'waiting',
  TSC02: 'waiting',
  TSC03: 'approved',
  TSC04: 'rejected',
}

/** A template as the provider lists it, in our words. */
export function templateOf(told: z.infer<typeof Template>): KakaoTemplate {
  const around = aroundOf({
    header: told.templateHeader,
    title: told.templateTitle,
    subtitle: told.templateSubtitle,
    extra: told.templateExtra,
    items: told.templateItem?.list,
  })
  return {
    profile: told.senderKey,
    code: told.templateCode,
    name: told.templateName,
    content: told.templateContent,
    ...(around === undefined ? {} : { around }),
    buttons: (told.buttons ?? []).map(({ type, name, linkMo, linkPc }) =>
      buttonOf({ type, name, mobileUrl: linkMo, pcUrl: linkPc }),
    ),
    status:
      told.dormant === true || told.block === true
        ? 'stopped'
        : (statuses[told.status ?? ''] ?? 'stopped'),
  }
}
