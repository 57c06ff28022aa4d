import { Hono } from 'hono'
import { escapeHtml } from '../../lib/html.ts'
import type { PlayedPost, PostedLetter } from './played-post.contract.ts'

type Said = { readonly ko: string; readonly en: string }
type Choice = { readonly value: string; readonly label: string }
type PlayedField = Said & {
  readonly name: string
  readonly kind: 'text' | 'number' | 'check' | 'choose'
  /** What it holds at first; a check is ticked by `yes`. */
  readonly value?: string
  readonly choices?: () => readonly Choice[]
  /** What was put in before and is in force; empty: nothing. */
  readonly kept?: () => string
}
/** Something that a person can let happen in a played shop. */
export type PlayedAct = Said & {
  readonly key: string
  readonly fields: readonly PlayedField[]
  readonly run: (said: Readonly<Record<string, string>>) => void
}

/**
 * The page of a played platform: what can happen in its shop, as forms, and which webhooks left, with what was answered. Each form is a
 * POST to `/play/<key>`, so that a command line can do the same.
 */
export function playedPage(played: {
  readonly title: Said
  readonly acts: readonly PlayedAct[]
  readonly post: PlayedPost
}): Hono {
  const app = new Hono()
  // Another page in the same browser lets nothing happen here; a command line may.
  app.use('/play/*', async (context, next) => {
    const origin = context.req.header('origin')
    const isElsewhere = origin !== undefined && origin !== new URL(context.req.url).origin
    return isElsewhere ? context.text('Forbidden', 403) : await next()
  })
  app.get('/', (context) => {
    const language = context.req.header('accept-language')?.startsWith('en') ? 'en' : 'ko'
    return context.html(page(played, language))
  })
  app.post('/play/:key', async (context) => {
    const { key } = context.req.param()
    const said = Object.fromEntries(new URLSearchParams(await context.req.text()))
    if (key === 'again') played.post.again(Number(said.no))
    else {
      const act = played.acts.find((one) => one.key === key)
      if (!act) return context.text('Not found', 404)
      act.run(said)
    }
    await played.post.turn()
    return context.redirect('/', 303)
  })
  return app
}

type Language = keyof Said

const words = {
  left: { ko: '나간 웹훅', en: 'Webhooks that left' },
  none: {
    ko: '아직 없어요. 위에서 무언가를 일으켜 보세요.',
    en: 'None yet. Let something happen above.',
  },
  nowhere: { ko: '보낼 주소가 없어요', en: 'No address to send it to' },
  waits: { ko: '곧 보내요', en: 'About to leave' },
  away: { ko: '닿지 않았어요', en: 'Could not be reached' },
  taken: { ko: '받았어요', en: 'Taken' },
  refused: { ko: '받지 않았어요', en: 'Not taken' },
  again: { ko: '한 번 더 보내기', en: 'Send once more' },
  kept: { ko: '저장됨', en: 'Saved' },
  go: { ko: '일으키기', en: 'Let it happen' },
} satisfies Record<string, Said>

function page({ title, acts, post }: Parameters<typeof playedPage>[0], language: Language): string {
  const say = (said: Said): string => escapeHtml(said[language])
  const letters = post.posted()
  const rows = letters.map((one) => letterRow(one, language)).join('')
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${say(title)}</title><style>${style}</style><body><main><h1>${say(title)}</h1>
<div class="acts">${acts.map((act) => form(act, language)).join('')}</div>
<h2>${say(words.left)}</h2>${rows === '' ? `<p>${say(words.none)}</p>` : `<ul>${rows}</ul>`}
</main></body></html>`
}

function form(act: PlayedAct, language: Language): string {
  const fields = act.fields.map((field) => input(field, language)).join('')
  return `<form method="post" action="/play/${act.key}" id="${act.key}"><h2>${escapeHtml(act[language])}</h2>${fields}
<button>${escapeHtml(words.go[language])}</button></form>`
}

function input(field: PlayedField, language: Language): string {
  const { name, kind, choices } = field
  const kept = field.kept?.() ?? ''
  const value = kept || (field.value ?? '')
  const label = escapeHtml(`${field[language]}${kept && ` · ${words.kept[language]}`}`)
  switch (kind) {
    case 'check':
      return `<label class="check"><input type="checkbox" name="${name}" value="yes"${value === 'yes' ? ' checked' : ''}> ${label}</label>`
    case 'choose': {
      const options = (choices?.() ?? []).map(
        (one) => `<option value="${escapeHtml(one.value)}">${escapeHtml(one.label)}</option>`,
      )
      return `<label>${label}<select name="${name}">${options.join('')}</select></label>`
    }
    case 'text':
    case 'number':
      return `<label>${label}<input type="${kind}" name="${name}" value="${escapeHtml(value)}"></label>`
  }
}

function letterRow({ no, letter, leftAt, status }: PostedLetter, language: Language): string {
  const time = new Date(leftAt).toLocaleTimeString(language, { timeZone: 'Asia/Seoul' })
  const came = said(letter.url, status)
  const code = status === null || status === 0 ? '' : ` (${status})`
  return `<li><b>${escapeHtml(letter.topic)}</b> ${escapeHtml(time)} · ${escapeHtml(came[language])}${code}
<code>${escapeHtml(letter.body.slice(0, 200))}</code>
<form method="post" action="/play/again"><input type="hidden" name="no" value="${no}"><button>${escapeHtml(words.again[language])}</button></form></li>`
}

function said(url: string | null, status: number | null): Said {
  if (url === null) return words.nowhere
  if (status === null) return words.waits
  if (status === 0) return words.away
  return status < 300 ? words.taken : words.refused
}

const style = `body{font:15px/1.5 sans-serif;margin:0;color:#222;background:#f6f6f4}main{max-width:1080px;margin:0 auto;padding:24px 16px}
h1{font-size:22px}h2{font-size:16px;margin:0 0 8px}.acts{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:12px;margin-bottom:24px}
form{margin:0}.acts form{background:#fff;border:1px solid #ddd;border-radius:8px;padding:12px}label{display:block;margin-bottom:8px}
input:not([type=checkbox]),select{box-sizing:border-box;width:100%;padding:6px;font:inherit}button{padding:6px 12px;font:inherit;cursor:pointer}
ul{list-style:none;padding:0}li{background:#fff;border:1px solid #ddd;border-radius:8px;padding:8px 12px;margin-bottom:8px}
code{display:block;overflow-wrap:anywhere;color:#555;font-size:12px;margin:4px 0}`
