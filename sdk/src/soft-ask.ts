import type { Answer } from './ask-memory.ts'

/** The words of the ask; each can be replaced by the shop. */
export type AskWords = {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
  readonly later: string
}

/** Names what is agreed to: advertising, how to turn it off. Version 1 of the wording. */
export const words: Readonly<Record<'ko' | 'en', AskWords>> = {
  ko: {
    title: '새 소식을 알림으로 받아 보시겠어요?',
    text: '할인, 쿠폰 같은 광고성 정보를 이 브라우저로 보내드려요. 브라우저의 설정 > 알림에서 언제든 끌 수 있어요.',
    yes: '알림 받기',
    no: '받지 않기',
    later: '30일간 보지 않기',
  },
  en: {
    title: 'Get our news as notifications?',
    text: 'We send advertising such as discounts and coupons to this browser. Turn it off at any time under Settings > Notifications.',
    yes: 'Notify me',
    no: 'No thanks',
    later: 'Not for 30 days',
  },
}

const style = `
:host{all:initial}
section{position:fixed;z-index:2147483000;left:16px;right:16px;bottom:16px;max-width:400px;margin:0 auto;box-sizing:border-box;padding:20px;border-radius:16px;background:#fff;color:#111827;box-shadow:0 8px 32px #0003;font:15px/1.6 Pretendard,'Apple SD Gothic Neo','Malgun Gothic',system-ui,sans-serif;word-break:keep-all;overflow-wrap:anywhere}
h2{margin:0 0 4px;font-size:17px;line-height:1.4}p{margin:0 0 16px;color:#4b5563}
div{display:flex;gap:8px}button{flex:1;min-height:44px;padding:10px;border:1px solid #111827;border-radius:10px;background:#fff;color:#111827;font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid #60a5fa;outline-offset:2px}
.later{flex:none;width:100%;min-height:44px;margin-top:4px;border:0;font-weight:400;color:#4b5563;text-decoration:underline;background:none}
@media(prefers-color-scheme:dark){section{background:#1f2937;color:#f9fafb}p,.later{color:#d1d5db}button{background:#1f2937;color:#f9fafb;border-color:#f9fafb}}
@media(prefers-reduced-motion:no-preference){section{animation:rise .25s ease-out}}@keyframes rise{from{transform:translateY(16px);opacity:0}}`

/**
 * Asks at the bottom of the page before the browser asks: yes and no weigh the same, Escape is a no. The page is neither
 * moved nor covered; its own styles do not reach in.
 */
export function softAsk(document: Document, said: AskWords): Promise<Answer> {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const make = (tag: string, text: string, into: Node): HTMLElement => {
    const element = document.createElement(tag)
    element.textContent = text
    return into.appendChild(element)
  }
  make('style', style, root)
  const card = make('section', '', root)
  card.setAttribute('role', 'dialog')
  card.setAttribute('aria-labelledby', 'title')
  card.setAttribute('aria-describedby', 'text')
  card.lang = said === words.en ? 'en' : 'ko'
  make('h2', said.title, card).id = 'title'
  make('p', said.text, card).id = 'text'
  const row = make('div', '', card)
  return new Promise((resolve) => {
    const answer = (given: Answer) => () => {
      host.remove()
      document.removeEventListener('keydown', onKey)
      resolve(given)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') answer('refused')()
    }
    make('button', said.no, row).addEventListener('click', answer('refused'))
    make('button', said.yes, row).addEventListener('click', answer('agreed'))
    const later = make('button', said.later, card)
    later.className = 'later'
    later.addEventListener('click', answer('not_for_30_days'))
    document.addEventListener('keydown', onKey)
    document.body.append(host)
  })
}
