import type { Bubble } from './content.ts'

/** What Kakao allows of one bubble. Characters are UTF-16 units: the strictest way to count them. */
type Limits = {
  readonly chars: number
  readonly lineBreaks: number
  readonly buttons: number
  readonly buttonsWithCoupon: number
  readonly buttonChars: number
  readonly couponChars: number
}

/**
 * Limits of a free-form Brand Message. Where the two providers' documents differ the lower number is taken (docs/decisions/0018): NHN
 * Cloud's newest guide allows five line breaks in WIDE, Solapi's library one.
 */
export const brandLimits: Readonly<Record<Bubble, Limits>> = {
  TEXT: {
    chars: 1_300,
    lineBreaks: 99,
    buttons: 5,
    buttonsWithCoupon: 4,
    buttonChars: 14,
    couponChars: 12,
  },
  IMAGE: {
    chars: 1_300,
    lineBreaks: 99,
    buttons: 5,
    buttonsWithCoupon: 4,
    buttonChars: 14,
    couponChars: 12,
  },
  WIDE: {
    chars: 76,
    lineBreaks: 1,
    buttons: 2,
    buttonsWithCoupon: 2,
    buttonChars: 8,
    couponChars: 18,
  },
}

/** A Brand Message as its reader gets it, or as it is being written (Liquid in texts still standing). */
export type BrandShape = {
  readonly bubble: Bubble
  /** With label and footer: what the provider receives. */
  readonly text: string
  readonly hasPicture: boolean
  readonly buttons: readonly { readonly name: string; readonly url: string }[]
  readonly coupon: {
    readonly title: string
    readonly description: string
    readonly url: string
  } | null
}

/** What is in the way of a Brand Message: a sentence in each language and the field it stands beside. */
export type BrandFault = { readonly field: string; readonly ko: string; readonly en: string }

const liquid = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/**
 * Everything that Kakao would refuse. Texts with Liquid are counted without it, so that only what is too long for everybody is a
 * fault while writing; the drawn message is asked again for each person.
 */
export function brandFaults(shape: BrandShape): readonly BrandFault[] {
  return [
    ...textFaults(shape),
    ...pictureFaults(shape),
    ...buttonFaults(shape),
    ...couponFaults(shape),
  ]
}

/** Characters and line breaks of a text, without its Liquid. */
export function measured(text: string): { readonly chars: number; readonly lineBreaks: number } {
  const plain = text.replace(liquid, '')
  return { chars: plain.length, lineBreaks: (plain.match(/\r\n|\r|\n/g) ?? []).length }
}

function textFaults({ bubble, text }: BrandShape): readonly BrandFault[] {
  const limits = brandLimits[bubble]
  const { chars, lineBreaks } = measured(text)
  const faults: BrandFault[] = []
  if (chars > limits.chars) {
    faults.push({
      field: 'text',
      ko: `본문은 (광고) 표시와 수신거부 안내를 넣어 ${limits.chars.toLocaleString('en-US')}자까지예요. 지금 ${chars.toLocaleString('en-US')}자예요.`,
      en: `The text may have ${limits.chars} characters with the label and the opt-out; it has ${chars}.`,
    })
  }
  if (lineBreaks > limits.lineBreaks) {
    faults.push({
      field: 'text',
      ko:
        bubble === 'WIDE'
          ? '와이드형은 줄바꿈을 한 번만 할 수 있고, 그 한 번은 수신거부 안내 앞에 써요. 본문은 한 줄로 적어 주세요.'
          : `줄바꿈은 ${limits.lineBreaks}번까지예요. 지금 ${lineBreaks}번이에요.`,
      en:
        bubble === 'WIDE'
          ? 'A WIDE message may have one line break, and the opt-out needs it. Write the text in one line.'
          : `There may be ${limits.lineBreaks} line breaks; there are ${lineBreaks}.`,
    })
  }
  return faults
}

function pictureFaults({ bubble, hasPicture }: BrandShape): readonly BrandFault[] {
  if (bubble === 'TEXT' && hasPicture) {
    return [
      {
        field: 'picture',
        ko: '텍스트형에는 그림을 넣을 수 없어요. 이미지형이나 와이드형으로 바꿔 주세요.',
        en: 'A TEXT message has no picture. Choose IMAGE or WIDE.',
      },
    ]
  }
  if (bubble === 'TEXT' || hasPicture) return []
  return [
    {
      field: 'picture',
      ko: '그림을 올려 주세요. 이미지형과 와이드형에는 그림이 꼭 있어야 해요.',
      en: 'Upload a picture: IMAGE and WIDE messages need one.',
    },
  ]
}

function buttonFaults({ bubble, buttons, coupon }: BrandShape): readonly BrandFault[] {
  const limits = brandLimits[bubble]
  const most = coupon ? limits.buttonsWithCoupon : limits.buttons
  const faults: BrandFault[] = []
  if (buttons.length > most) {
    const why = coupon && limits.buttonsWithCoupon < limits.buttons ? '쿠폰이 있으면 ' : ''
    faults.push({
      field: 'buttons',
      ko: `${why}버튼은 ${most}개까지예요. 지금 ${buttons.length}개예요.`,
      en: `There may be ${most} buttons${why === '' ? '' : ' with a coupon'}; there are ${buttons.length}.`,
    })
  }
  buttons.forEach(({ name, url }, at) => {
    const { chars } = measured(name)
    if (name.trim() === '' || chars > limits.buttonChars || /[\r\n]/.test(name)) {
      faults.push({
        field: `buttons.${at}.name`,
        ko: `버튼 이름은 한 줄로 1~${limits.buttonChars}자예요. 지금 ${chars}자예요.`,
        en: `A button's name is one line of 1 to ${limits.buttonChars} characters; it has ${chars}.`,
      })
    }
    if (!isAddress(url)) faults.push(addressFault(`buttons.${at}.url`))
  })
  return faults
}

function couponFaults({ bubble, coupon }: BrandShape): readonly BrandFault[] {
  if (!coupon) return []
  const most = brandLimits[bubble].couponChars
  const faults: BrandFault[] = []
  if (!isCouponTitle(coupon.title)) {
    faults.push({
      field: 'coupon.title',
      ko: "쿠폰 제목은 카카오가 정한 다섯 가지 꼴만 돼요: '5000원 할인 쿠폰'(쉼표 없이), '10% 할인 쿠폰', '배송비 할인 쿠폰', '수건 무료 쿠폰', '포인트 UP 쿠폰'(앞말은 띄어쓰기 없이 7자까지).",
      en: "Kakao knows five coupon titles: 'N원 할인 쿠폰' (no comma), 'N% 할인 쿠폰', '배송비 할인 쿠폰', 'XXX 무료 쿠폰', 'XXX UP 쿠폰' (XXX up to 7 characters, no space).",
    })
  }
  const { chars } = measured(coupon.description)
  if (chars > most || coupon.description.trim() === '' || /[\r\n]/.test(coupon.description)) {
    faults.push({
      field: 'coupon.description',
      ko: `쿠폰 설명은 한 줄로 1~${most}자예요. 지금 ${chars}자예요.`,
      en: `The coupon's description is one line of 1 to ${most} characters; it has ${chars}.`,
    })
  }
  if (!isAddress(coupon.url)) faults.push(addressFault('coupon.url'))
  return faults
}

/** Kakao's grammar of coupon titles; a title with Liquid is looked at when it is drawn. */
function isCouponTitle(title: string): boolean {
  if (/\{\{[\s\S]*?\}\}/.test(title)) return true
  if (title === '배송비 할인 쿠폰') return true
  if (/^[1-9]\d{0,7}원 할인 쿠폰$/.test(title)) return true
  if (/^(?:[1-9]\d?|100)% 할인 쿠폰$/.test(title)) return true
  return /^\S{1,7} (?:무료|UP) 쿠폰$/.test(title)
}

function isAddress(url: string): boolean {
  return /^https?:\/\/\S+$/i.test(url) || /^\{\{[^{}]+\}\}$/.test(url.trim())
}

function addressFault(field: string): BrandFault {
  return {
    field,
    ko: 'http:// 또는 https://로 시작하는 주소를 적어 주세요.',
    en: 'Write an address that begins with http:// or https://.',
  }
}
