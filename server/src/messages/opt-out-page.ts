import type { ConsentChannel } from '../consent/consent.ts'
import { readPicturePath } from '../images/address.ts'
import { escapeHtml } from '../lib/html.ts'
import type { Shop } from '../shops/shop.ts'
import { type Brand, brandOf, cornerOf } from './brand.ts'
import { between, fontStack } from './look.ts'
import { paletteOf } from './palette.ts'

/** Languages the page is written in. */
export type PageLanguage = 'ko' | 'en'

const words = {
  ko: {
    title: '광고 수신거부와 수신 설정',
    ask: (shop: string, what: string) => `${shop}에서 보내는 광고 ${what} 그만 받으시겠어요?`,
    already: (what: string) => `광고 ${what} 받지 않고 계세요.`,
    since: '거부하신 때',
    address: '받는 곳',
    button: '수신거부하기',
    note: '주문과 배송 안내처럼 꼭 필요한 연락은 계속 드려요. 로그인은 필요 없어요.',
    other: 'English',
    invalid: '주소가 바뀌었거나 잘못된 링크예요. 받은 메시지에 있는 링크를 다시 눌러 주세요.',
    busy: '지금은 처리하지 못했어요. 잠시 뒤에 다시 눌러 주세요. 그동안 광고는 보내지 않아요.',
  },
  en: {
    title: 'Unsubscribe and preferences',
    ask: (shop: string, what: string) => `Stop receiving advertising ${what} from ${shop}?`,
    already: (what: string) => `You receive no advertising ${what}.`,
    since: 'Refused on',
    address: 'Address',
    button: 'Unsubscribe',
    note: 'You will still hear what you need, about orders and deliveries. No sign-in is needed.',
    other: '한국어',
    invalid: 'This link is wrong or was changed. Please use the link in the message again.',
    busy: 'This could not be recorded just now. Please try again shortly; no advertising is sent meanwhile.',
  },
} as const

const optOutWhat = {
  ko: {
    email: '메일을',
    sms: '문자를',
    kakao: '카카오톡을',
    web_push: '알림을',
    app_push: '알림을',
    phone: '전화를',
  },
  en: {
    email: 'e-mail',
    sms: 'text messages',
    kakao: 'KakaoTalk messages',
    web_push: 'notifications',
    app_push: 'notifications',
    phone: 'calls',
  },
} as const satisfies Record<PageLanguage, Record<ConsentChannel, string>>

/**
 * Asks, with one button for the message at hand and the other choices below; showing it changes nothing (RFC 8058: link
 * scanners open it). Who has refused is not asked again: the page says so, and how to undo it.
 */
export function askPage(
  shop: Shop,
  about: {
    readonly channel: ConsentChannel
    readonly masked: string | null
    /** When they refused, in words, and HTML of what undoes it; absent while they have not. */
    readonly refused?: { readonly at: string; readonly undo: string } | undefined
    /** HTML of the choices below; empty where there are none. */
    readonly more: string
  },
  language: PageLanguage,
): string {
  const say = words[language]
  const { masked, refused } = about
  const what = optOutWhat[language][about.channel]
  const line = (name: string, value: string) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`
  const address = masked === null ? '' : line(say.address, masked)
  if (refused)
    return pageOf(language, {
      shop,
      title: say.title,
      body: `<h1>${escapeHtml(say.already(what))}</h1><dl>${address}${line(say.since, refused.at)}</dl>
<p>${say.note}</p>${refused.undo}${about.more}`,
    })
  return pageOf(language, {
    shop,
    title: say.title,
    body: `<h1>${escapeHtml(say.ask(shop.name, what))}</h1>${address && `<dl>${address}</dl>`}
<form method="post"><input type="hidden" name="confirm" value="yes"><input type="hidden" name="language" value="${language}"><button type="submit">${say.button}</button></form>
<p>${say.note}</p>${about.more}`,
  })
}

/** A link that leads nowhere, or a moment in which nothing could be recorded. */
export function sorryPage(why: 'invalid' | 'busy', language: PageLanguage): string {
  const say = words[language]
  const body = `<h1>${say.title}</h1><p role="alert">${say[why]}</p>`
  return pageOf(language, { title: say.title, body })
}

/** A page in the brand of its shop: no script, no cookie, nothing from elsewhere; `body` is HTML. */
export function pageOf(
  language: PageLanguage,
  page: { readonly title: string; readonly body: string; readonly shop?: Shop },
): string {
  const { title, body, shop } = page
  const brand = brandOf(shop?.settings.brand)
  const head = shop ? headOf(shop, brand) : ''
  const other = language === 'ko' ? 'en' : 'ko'
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>
${styleOf(brand)}
</style></head><body><main>${head}${body}<p><a href="?language=${other}" hreflang="${other}">${words[language].other}</a></p></main></body></html>`
}

/** The shop's logo where it is a picture of ours; its name is in the page anyway. */
function headOf({ name }: Shop, brand: Brand): string {
  if (!readPicturePath(brand.logo)) return ''
  return `<p class="logo"><img src="${brand.logo}" alt="${escapeHtml(name)}" width="${Math.min(brand.logoWidth, 240)}"></p>`
}

/** The brand by day and by night; saying no looks as easy as saying yes. */
function styleOf(brand: Brand): string {
  const [small, large] = [cornerOf(brand), cornerOf(brand, 1.5)]
  const colours = (scheme: 'light' | 'dark') => {
    const { background, text, faint, line, color, ink } = paletteOf(brand, scheme)
    const soft = between(text, background, 0.2)
    return `main{background:${background};color:${text};border-color:${line}}p,dd{color:${soft}}dt,legend small,a{color:${faint}}button{background:${color};color:${ink}}button.plain{background:${background};color:${text};border-color:${faint}}fieldset,h2{border-color:${line}}input[type=checkbox]{accent-color:${color}}`
  }
  return `body{margin:0;background:#f9fafb;font:16px/1.6 ${fontStack[brand.font]}}
main{max-width:440px;margin:8vh auto;padding:32px 24px;border:1px solid;border-radius:${large}px}.logo img{max-width:100%;height:auto}
h1{font-size:22px;line-height:1.4;margin:0 0 16px;word-break:keep-all}p,dd{word-break:keep-all}dl{margin:0 0 16px}dt{font-size:13px}dd{margin:0 0 8px}
button{width:100%;padding:14px;border:0;border-radius:${small}px;font:inherit;font-weight:600;cursor:pointer}
button:focus-visible,a:focus-visible{outline:3px solid #93c5fd;outline-offset:2px}a{font-size:13px}
h2{font-size:17px;margin:32px 0 12px;padding-top:24px;border-top:1px solid}fieldset{margin:0 0 12px;padding:12px 16px;border:1px solid;border-radius:${small}px}legend{padding:0 6px;font-weight:600}legend small{font-weight:400}
label{display:flex;gap:10px;padding:6px 0;align-items:flex-start;font-size:15px;line-height:1.5;word-break:keep-all}input[type=checkbox]{width:20px;height:20px;margin:2px 0 0;flex:none}.note{font-size:13px}.acts{display:flex;flex-wrap:wrap;gap:8px}.acts button{flex:1 1 160px}button.plain{border:1px solid}ul{padding-left:20px;word-break:keep-all}
${colours('light')}
@media(max-width:480px){main{margin:0;border:0;border-radius:0;min-height:100vh;box-sizing:border-box}}
@media(prefers-color-scheme:dark){body{background:#0b0f17}.logo img{background:#fff;border-radius:8px;padding:4px}${colours('dark')}}`
}

/** What a POST to the opt-out address asks for. */
export type OptOutRequest = 'one-click' | 'confirmed' | 'other'

/**
 * Reads the body of a POST as receivers really send it: RFC 8058 allows both form encodings; some copied the RFC's example
 * with its wrong boundary, some end the body with a line break. Anything but exactly One-Click is not an opt-out.
 */
export function readOptOutBody(contentType: string, body: string): OptOutRequest {
  if (/^multipart\/form-data\b/i.test(contentType)) {
    const value =
      /name="?List-Unsubscribe"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]*)\r?\n--/i.exec(
        body,
      )?.[1]
    return value?.trim() === 'One-Click' ? 'one-click' : 'other'
  }
  const form = new URLSearchParams(body.trim())
  if (form.get('List-Unsubscribe') === 'One-Click') return 'one-click'
  return form.get('confirm') === 'yes' ? 'confirmed' : 'other'
}
