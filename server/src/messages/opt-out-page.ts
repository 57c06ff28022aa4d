import type { Shop } from '../shops/shop.ts'
import { koreanDate } from './filters.ts'
import { escapeHtml } from './template.ts'

/** Languages the page is written in. */
export type PageLanguage = 'ko' | 'en'

const words = {
  ko: {
    title: '광고 메일 수신거부',
    ask: (shop: string) => `${shop}에서 보내는 광고 메일을 그만 받으시겠어요?`,
    address: '받는 주소',
    button: '수신거부하기',
    note: '주문과 배송 안내처럼 꼭 필요한 메일은 계속 보내드려요. 로그인은 필요 없어요.',
    other: 'English',
    done: '수신거부 처리결과 안내',
    result: '광고 메일 수신거부(동의 철회)가 정상 처리되었어요.',
    sender: '전송자',
    at: '처리일시',
    test: '시험으로 보낸 메일이라 바뀐 것은 없어요.',
    invalid: '주소가 바뀌었거나 잘못된 링크예요. 메일에 있는 수신거부 링크를 다시 눌러 주세요.',
    busy: '지금은 처리하지 못했어요. 잠시 뒤에 다시 눌러 주세요. 그동안 광고 메일은 보내지 않아요.',
  },
  en: {
    title: 'Unsubscribe',
    ask: (shop: string) => `Stop receiving advertising e-mail from ${shop}?`,
    address: 'Address',
    button: 'Unsubscribe',
    note: 'You will still get the mails you need, about orders and deliveries. No sign-in is needed.',
    other: '한국어',
    done: 'You are unsubscribed',
    result: 'Your consent to advertising e-mail has been withdrawn.',
    sender: 'Sender',
    at: 'Processed at',
    test: 'This was a test mail, so nothing was changed.',
    invalid: 'This link is wrong or was changed. Please use the link in the mail again.',
    busy: 'This could not be recorded just now. Please try again shortly; no advertising is sent meanwhile.',
  },
} as const

/** Asks, with one button; showing it changes nothing (RFC 8058: link scanners open it). */
export function askPage(shop: Shop, masked: string | null, language: PageLanguage): string {
  const say = words[language]
  const address =
    masked === null ? '' : `<dl><dt>${say.address}</dt><dd>${escapeHtml(masked)}</dd></dl>`
  return page(
    language,
    say.title,
    `<h1>${escapeHtml(say.ask(shop.name))}</h1>${address}
<form method="post"><input type="hidden" name="confirm" value="yes"><input type="hidden" name="language" value="${language}"><button type="submit">${say.button}</button></form>
<p>${say.note}</p>`,
  )
}

/** The result with sender and date, as article 50 (7) wants it told. `at` is UTC ms. */
export function donePage(
  shop: Shop,
  done: { readonly at: number; readonly isTest: boolean },
  language: PageLanguage,
): string {
  const say = words[language]
  const format = language === 'ko' ? 'YYYY년 M월 D일 HH:mm' : 'YYYY-MM-DD HH:mm'
  const at = koreanDate(done.at, format, { zone: shop.timeZone, now: done.at })
  return page(
    language,
    say.done,
    `<h1>${say.done}</h1><p role="status">${done.isTest ? say.test : say.result}</p>
<dl><dt>${say.sender}</dt><dd>${escapeHtml(shop.sender.legalName || shop.name)}</dd><dt>${say.at}</dt><dd>${at}</dd></dl>`,
  )
}

/** A link that leads nowhere, or a moment in which nothing could be recorded. */
export function sorryPage(why: 'invalid' | 'busy', language: PageLanguage): string {
  const say = words[language]
  return page(language, say.title, `<h1>${say.title}</h1><p role="alert">${say[why]}</p>`)
}

function page(language: PageLanguage, title: string, body: string): string {
  const other = language === 'ko' ? 'en' : 'ko'
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>
body{margin:0;background:#f9fafb;color:#111827;font:16px/1.6 Pretendard,'Apple SD Gothic Neo','Malgun Gothic',system-ui,sans-serif}
main{max-width:440px;margin:12vh auto 0;padding:32px 24px;background:#fff;border:1px solid #e5e7eb;border-radius:12px}
h1{font-size:22px;line-height:1.4;margin:0 0 16px;word-break:keep-all}p,dd{color:#4b5563;word-break:keep-all}dl{margin:0 0 16px}dt{font-size:13px;color:#6b7280}dd{margin:0 0 8px}
button{width:100%;padding:14px;border:0;border-radius:8px;background:#111827;color:#fff;font:inherit;font-weight:600;cursor:pointer}
button:focus-visible,a:focus-visible{outline:3px solid #93c5fd;outline-offset:2px}a{color:#374151;font-size:13px}
@media(max-width:480px){main{margin:0;border:0;border-radius:0;min-height:100vh;box-sizing:border-box}}
@media(prefers-color-scheme:dark){body{background:#0b0f17;color:#f3f4f6}main{background:#111827;border-color:#1f2937}p,dd{color:#d1d5db}dt,a{color:#9ca3af}button{background:#f3f4f6;color:#111827}}
</style></head><body><main>${body}<p><a href="?language=${other}" hreflang="${other}">${words[language].other}</a></p></main></body></html>`
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
