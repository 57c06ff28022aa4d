import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import type { Alimtalk, BrandMessage, KakaoTemplate } from '../carrier.ts'
import { aroundOf, buttonOf } from './told-template.ts'

/** Who a message goes to and, for a Brand Message, the shop's registered number there; empty while there is none. */
type Ends = { readonly to: string; readonly from: string }

/**
 * A Kakao message as Solapi takes it. `disableSms`: falling back to a text message is ours to decide, for it has a consent, a
 * label and a price of its own. Brand Messages go to friends only (targeting I).
 */
export function solapiKakaoMessage(parcel: Alimtalk | BrandMessage, ends: Ends): JsonObject {
  const { to, from } = ends
  if (parcel.kind === 'alimtalk') {
    return {
      to,
      type: 'ATA',
      kakaoOptions: {
        pfId: parcel.profile,
        templateId: parcel.template,
        variables: Object.fromEntries(
          Object.entries(parcel.variables).map(([name, value]) => [`#{${name}}`, value]),
        ),
        disableSms: true,
      },
    }
  }
  return {
    to,
    // Its documents' examples give the number with each Brand Message; nothing is sent from it.
    ...(from === '' ? {} : { from }),
    type: 'BMS_FREE',
    text: parcel.text,
    kakaoOptions: { pfId: parcel.profile, disableSms: true, bms: bubbleOf(parcel) },
  }
}

function bubbleOf(parcel: BrandMessage): JsonObject {
  return {
    targeting: 'I',
    chatBubbleType: parcel.bubble,
    adult: false,
    ...(parcel.image === null ? {} : { imageId: parcel.image }),
    ...(parcel.buttons.length === 0
      ? {}
      : {
          buttons: parcel.buttons.map(({ type, name, mobileUrl, pcUrl }) => ({
            name,
            linkType: type,
            ...(mobileUrl === undefined ? {} : { linkMobile: mobileUrl }),
            ...(pcUrl === undefined ? {} : { linkPc: pcUrl }),
          })),
        }),
    ...(parcel.coupon === null
      ? {}
      : {
          coupon: {
            title: parcel.coupon.title,
            description: parcel.coupon.description,
            linkMobile: parcel.coupon.url,
          },
        }),
  }
}

const text = z.string().nullish()

export const SolapiChannels = z.object({
  nextKey: text,
  channelList: z.array(z.object({ channelId: z.string(), searchId: z.string() })),
})

const Template = z.object({
  templateId: z.string(),
  channelId: text,
  name: z.string(),
  content: text,
  isHidden: z.boolean().nullish(),
  header: text,
  emphasizeTitle: text,
  emphasizeSubtitle: text,
  extra: text,
  item: z
    .object({ list: z.array(z.object({ title: text, description: text })).nullish() })
    .nullish(),
  buttons: z
    .array(z.object({ buttonType: text, buttonName: text, linkMo: text, linkPc: text }))
    .nullish(),
  status: z.string(),
})
export const SolapiTemplates = z.object({ nextKey: text, templateList: z.array(Template) })

const statuses: Readonly<Record<string, KakaoTemplate['status']>> = {
  PENDING: 'waiting',
  INSPECTING: 'waiting',
  APPROVED: 'approved',
  REJECTED: 'rejected',
}

/** A template as Solapi lists it, in our words; hidden ones and states it does not document cannot be sent with. */
export function solapiTemplate(told: z.infer<typeof Template>): KakaoTemplate {
  const around = aroundOf({
    header: told.header,
    title: told.emphasizeTitle,
    subtitle: told.emphasizeSubtitle,
    extra: told.extra,
    items: told.item?.list,
  })
  return {
    profile: told.channelId ?? '',
    code: told.templateId,
    name: told.name,
    content: told.content ?? '',
    ...(around === undefined ? {} : { around }),
    buttons: (told.buttons ?? []).map(({ buttonType, buttonName, linkMo, linkPc }) =>
      buttonOf({ type: buttonType, name: buttonName, mobileUrl: linkMo, pcUrl: linkPc }),
    ),
    status: told.isHidden === true ? 'stopped' : (statuses[told.status] ?? 'stopped'),
  }
}
