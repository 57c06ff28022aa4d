import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'esbuild'
import type {
  CouponAnswer,
  FormAnswer,
  OnsiteAnswer,
  Shown,
} from '../../server/src/onsite/answer.ts'
import { batchOf, type Received } from './fake-page.ts'
import { hostileCss, pages } from './fake-shop-pages.ts'

/** What a page asked, as the server reads it. */
export type Question = {
  readonly view: string
  readonly fired?: number
  readonly preview?: string
  readonly busy: boolean
  readonly page: { readonly url: string }
  readonly visit: { readonly views: number; readonly popups: number }
  readonly events: readonly { readonly id: string; readonly name: string }[]
  readonly seen: readonly { readonly campaign: number }[]
  readonly rests: readonly { readonly of: string; readonly until: number }[]
}

const answerMs = 50

/**
 * A shop on one address and a server on another that answers `/v1/onsite` as it is told and remembers what it was told,
 * each message once.
 */
export async function fakeShop() {
  const scripts = await built()
  const questions: Question[] = []
  const stored = new Map<string, Received>()
  const state = {
    answer: (_question: Question): Partial<OnsiteAnswer> => ({}),
    coupon: (): CouponAnswer => ({ kind: 'refused', message: '쿠폰이 모두 나갔어요' }),
    form: (): FormAnswer => ({ kind: 'taken' }),
    /** A blocker keeps the second part from coming. */
    isBlocked: false,
  }
  const take = async (path: string, body: string): Promise<unknown> => {
    if (path === '/v1/b') {
      for (const message of batchOf(body)) stored.set(message.messageId, message)
      return { success: true }
    }
    const question = path === '/v1/onsite' ? (JSON.parse(body) as Question) : undefined
    if (question) questions.push(question)
    await pause(answerMs)
    if (path === '/v1/onsite/coupon') return state.coupon()
    if (!question) return state.form()
    return { watch: [], show: [], quietSeconds: 0, ...state.answer(question) }
  }
  const danggol = createServer((request, response) => {
    const path = pathOf(request)
    response.setHeader('access-control-allow-origin', '*')
    const script = scripts.get(path)
    if (path.endsWith('.svg')) {
      response.setHeader('content-type', 'image/svg+xml').end(drawing(path))
    } else if (script !== undefined) {
      if (state.isBlocked && path === '/view.js') response.destroy()
      else response.setHeader('content-type', 'text/javascript').end(script)
    } else void bodyOf(request).then(async (body) => answer(response, await take(path, body)))
  })
  const host = await listening(danggol)
  const shop = createServer((request, response) => {
    const path = pathOf(request)
    if (path === '/hostile.css') {
      response.setHeader('content-type', 'text/css').end(hostileCss)
      return
    }
    if (path === '/hostile') response.setHeader('content-security-policy', policy(host))
    const page = pages[path.slice(1) as keyof typeof pages] ?? pages.plain
    const attributes = new URL(request.url ?? '/', 'http://x').searchParams.get('with') ?? ''
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(host, attributes))
  })
  const origin = await listening(shop)
  return Object.assign(state, {
    origin,
    host,
    questions,
    /** Events that came, by name, oldest first. */
    told: (name: string) =>
      [...stored.values()]
        .filter(({ event }) => event === name)
        .map(({ properties }) => properties as Record<string, unknown>),
    /** Names of all that came, oldest first; with `from` of pages alone whose address has it: one that was just closed may still tell of it. */
    names: (from = '') =>
      [...stored.values()]
        .filter((told) => JSON.stringify(told.context ?? '').includes(from))
        .map(({ event, type }) => event ?? type),
    forget: () => {
      questions.length = 0
      stored.clear()
      state.isBlocked = false
    },
    close: () => {
      for (const server of [danggol, shop]) {
        server.closeAllConnections()
        server.close()
      }
    },
  })
}
export type FakeShop = Awaited<ReturnType<typeof fakeShop>>

/** As strict as a shop's policy gets: what it names is what docs/guide/sdk.md says a shop has to allow. */
function policy(host: string): string {
  return [
    "default-src 'none'",
    `script-src ${host} 'nonce-n0nce'`,
    "style-src 'self'",
    `img-src ${host}`,
    `connect-src ${host}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

async function built(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const [file, format, path] of [
    ['index.ts', 'iife', '/sdk.js'],
    ['onsite/index.ts', 'esm', '/view.js'],
    ['load.ts', 'esm', '/load.js'],
  ] as const) {
    const { outputFiles } = await build({
      entryPoints: [new URL(`./${file}`, import.meta.url).pathname],
      bundle: true,
      minify: true,
      write: false,
      format,
      target: 'es2020',
      charset: 'utf8',
    })
    found.set(path, outputFiles[0]?.text ?? '')
  }
  return found
}

function drawing(path: string): string {
  const hue = [...path].reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="hsl(${hue} 60% 80%)"/><circle cx="400" cy="300" r="180" fill="hsl(${hue} 50% 55%)"/></svg>`
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://x').pathname
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function answer(response: ServerResponse, json: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(json))
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A message as the server shows it. */
export function shown(view: Partial<Shown['view']>, campaign = 7): Shown {
  return {
    campaign,
    token: `token-${campaign}`,
    view: {
      form: 'modal',
      place: 'center',
      selector: null,
      language: 'ko',
      name: '봄 첫 구매 혜택',
      parts: [],
      refuse: '괜찮아요',
      rests: ['today', '7d'],
      asks: 'nothing',
      look: {
        scheme: 'light',
        color: '#1c7ed6',
        background: '#ffffff',
        corners: 'round',
        font: 'sans',
      },
      ...view,
    },
    properties: { campaign_id: campaign, creative: 's2', order: 'random_visit', order_seed: 'x1' },
  }
}
