import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { categoryOf, productOf, search } from './catalog.ts'
import type { DanggolApi, Message } from './danggol.provider.ts'
import { consentChanges, joined, ordered, type Who } from './news.ts'
import { joinedPage, joinPage, loginPage, mePage, missingPage } from './pages/account.ts'
import { cartPage, checkoutPage, donePage, goodsOf, linesOf } from './pages/buying.ts'
import { asProperties, categoryPage, home, productPage, searchPage } from './pages/goods.ts'
import type { Frame } from './pages/layout.ts'
import { phonePage } from './pages/phone.ts'
import { cutOut, isPicture, picture } from './pictures/picture.ts'
import type { Reminders } from './reminders.service.ts'
import { type Consents, noConsents } from './session.ts'
import type { Session, ShopBooks } from './shop.service.ts'

type Needs = {
  readonly books: ShopBooks
  readonly danggol: DanggolApi
  readonly reminders: Reminders
  readonly danggolUrl: string
  readonly browserKey: string
  /** The shop's signature of a member's id; undefined while it has no secret to sign with. */
  readonly sign: (member: string) => string | undefined
  readonly log: (line: string) => void
}

const sessionCookie = 'onyu_session'
const assets = join(import.meta.dirname, '../assets')
const fonts = dirname(
  fileURLToPath(import.meta.resolve('pretendard/dist/web/variable/pretendardvariable.css')),
)
const types: { readonly [ending: string]: string } = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** The shop's pages and forms. */
export function storefront(needs: Needs): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    // A form of another site may not act for the visitor.
    const origin = context.req.header('origin')
    if (
      context.req.method === 'POST' &&
      origin &&
      new URL(origin).host !== context.req.header('host')
    ) {
      return context.text('forbidden', 403)
    }
    await next()
    context.header('x-content-type-options', 'nosniff')
    context.header('referrer-policy', 'strict-origin-when-cross-origin')
  })
  files(app)
  app.get('/danggol-worker.js', (context) =>
    context.body(`importScripts('${needs.danggolUrl}/worker.js')`, 200, {
      'content-type': types.js ?? '',
      'cache-control': 'no-cache',
    }),
  )
  goods(app, needs)
  buying(app, needs)
  account(app, needs)
  app.get('/phone', async (context) => {
    const { frame, member } = visitor(context, needs)
    return context.html(
      phonePage(frame, member, member ? await needs.reminders.shownTo(member.id) : []),
    )
  })
  app.notFound((context) => context.html(missingPage(visitor(context, needs).frame), 404))
  return app
}

/** Who is asking: the session, its member, and what every page draws. */
function visitor(context: Context, needs: Needs) {
  const { books, danggolUrl, browserKey } = needs
  const session = books.session(getCookie(context, sessionCookie))
  remember(context, session)
  const member = books.memberOf(session)
  const cart = books.cartOf(session)
  const cartCount = cart.reduce((sum, [, quantity]) => sum + quantity, 0)
  const memberSignature = member && needs.sign(member.id)
  const frame: Frame = { danggolUrl, browserKey, member, memberSignature, cartCount }
  const device = getCookie(context, 'dg_id')
  const who: Who = { ...(member && { userId: member.id }), ...(device && { anonymousId: device }) }
  return { session, member, cart, frame, who }
}

function remember(context: Context, session: Session): void {
  setCookie(context, sessionCookie, session.id, { httpOnly: true, sameSite: 'Lax', path: '/' })
}

/** The shop does not wait for Danggol: an order must succeed also when the marketing does not hear of it at once. */
function tell(needs: Needs, messages: readonly Message[]): void {
  needs.danggol
    .send(messages)
    .catch((problem: unknown) => needs.log(`the shop could not tell Danggol: ${problem}`))
}

function files(app: Hono): void {
  app.get('/pictures/:file', (context) => {
    const name = context.req.param('file').replace(/\.svg$/, '')
    if (!isPicture(name)) return context.notFound()
    const drawn = context.req.query('alone') === undefined ? picture(name) : cutOut(name)
    return context.body(drawn, 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'max-age=3600',
    })
  })
  const folder = (path: string, root: string) =>
    app.get(`${path}/*`, async (context) => {
      const name = context.req.path.slice(path.length + 1)
      const type = types[name.split('.').pop() ?? '']
      if (!type || name.includes('..')) return context.notFound()
      const content = await readFile(join(root, name)).catch(() => undefined)
      return content
        ? context.body(new Uint8Array(content), 200, {
            'content-type': type,
            'cache-control': path === '/fonts' ? 'max-age=604800' : 'no-cache',
          })
        : context.notFound()
    })
  folder('/assets', assets)
  folder('/fonts', fonts)
}

function goods(app: Hono, needs: Needs): void {
  app.get('/', (context) => context.html(home(visitor(context, needs).frame)))
  app.get('/category/:id', (context) => {
    const category = categoryOf(context.req.param('id'))
    return category
      ? context.html(categoryPage(visitor(context, needs).frame, category))
      : context.notFound()
  })
  app.get('/search', (context) => {
    const query = (context.req.query('q') ?? '').normalize('NFC').trim().slice(0, 60)
    return context.html(searchPage(visitor(context, needs).frame, query, search(query)))
  })
  app.get('/products/:id', (context) => {
    const product = productOf(context.req.param('id'))
    return product
      ? context.html(productPage(visitor(context, needs).frame, product))
      : context.notFound()
  })
}

function buying(app: Hono, needs: Needs): void {
  const { books } = needs
  app.get('/cart', (context) => {
    const { frame, cart } = visitor(context, needs)
    return context.html(cartPage(frame, cart))
  })
  app.post('/cart', async (context) => {
    const { session, cart } = visitor(context, needs)
    const asked: { product?: unknown; quantity?: unknown; add?: unknown } = await context.req
      .json()
      .catch(() => ({}))
    const product = productOf(String(asked.product))
    const before = cart.find(([id]) => id === product?.id)?.[1] ?? 0
    const wanted = Math.trunc(Number(asked.quantity))
    if (!product || !Number.isFinite(wanted)) return context.json({ problem: 'invalid' }, 400)
    const after = books.cartOf(
      books.setQuantity(session, product.id, asked.add ? before + wanted : wanted),
    )
    const quantity = after.find(([id]) => id === product.id)?.[1] ?? 0
    const count = after.reduce((sum, [, each]) => sum + each, 0)
    return context.json({
      product: asProperties(product),
      before,
      quantity,
      count,
      value: goodsOf(linesOf(after)),
    })
  })
  // What the slide-in shows; asked for by the page when it has been quiet for a while.
  app.get('/cart.json', (context) => {
    const lines = linesOf(visitor(context, needs).cart)
    return context.json({
      lines: lines.map(({ product, quantity }) => ({ ...asProperties(product), quantity })),
    })
  })
  app.get('/checkout', (context) => {
    const { frame, cart } = visitor(context, needs)
    return cart.length ? context.html(checkoutPage(frame, cart)) : context.redirect('/cart')
  })
  app.post('/checkout', async (context) => {
    const { session, who } = visitor(context, needs)
    const form = await context.req.parseBody()
    const order = books.order(session, text(form.payment).slice(0, 20) || '신용카드')
    if (!order) return context.redirect('/cart')
    const device = who.userId || who.anonymousId ? who : { anonymousId: session.id }
    tell(needs, [ordered(order, device)])
    return context.redirect(`/orders/${order.id}`, 303)
  })
  app.get('/orders/:id', (context) => {
    const { session, frame } = visitor(context, needs)
    const order = books.ordersOf(session).find((each) => each.id === context.req.param('id'))
    return order ? context.html(donePage(frame, order)) : context.notFound()
  })
}

function account(app: Hono, needs: Needs): void {
  const { books } = needs
  app.get('/join', (context) => context.html(joinPage(visitor(context, needs).frame, {})))
  app.get('/join_result', (context) => {
    const { frame, member } = visitor(context, needs)
    return member ? context.html(joinedPage(frame, member)) : context.redirect('/join')
  })
  app.get('/login', (context) =>
    context.html(loginPage(visitor(context, needs).frame, { to: inside(context.req.query('to')) })),
  )
  app.post('/join', async (context) => {
    const { session, frame, who } = visitor(context, needs)
    const form = await context.req.parseBody()
    const values = {
      name: text(form.name).slice(0, 40),
      email: text(form.email).slice(0, 120),
    }
    const password = text(form.password)
    const retry = (problem: string) => context.html(joinPage(frame, { problem, values }), 422)
    if (!values.name) return retry('이름을 적어 주세요.')
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(values.email))
      return retry('이메일 주소를 다시 봐 주세요. 예: haneul@example.com')
    if (password.length < 6) return retry('비밀번호는 여섯 글자부터예요.')
    if (form.terms !== 'yes') return retry('약관에 동의해야 가입할 수 있어요.')
    const made = books.join(session, { ...values, password, consents: consentsOf(form) })
    if (made === 'taken') return retry('이미 가입한 이메일이에요. 로그인해 주세요.')
    if (made === 'full') return retry('데모 상점이 꽉 찼어요. 잠시 뒤에 다시 해 주세요.')
    remember(context, made.session)
    tell(needs, joined(made.member, who))
    return context.redirect('/join_result', 303)
  })
  app.post('/login', async (context) => {
    const { session, frame } = visitor(context, needs)
    const form = await context.req.parseBody()
    const email = text(form.email)
    const made = books.signIn(session, email, text(form.password))
    const to = inside(text(form.to))
    if (!made)
      return context.html(
        loginPage(frame, { problem: '이메일이나 비밀번호가 맞지 않아요.', values: { email }, to }),
        422,
      )
    remember(context, made.session)
    return context.redirect(to || '/', 303)
  })
  app.post('/logout', (context) => {
    books.signOut(visitor(context, needs).session)
    return context.redirect('/', 303)
  })
  app.get('/me', (context) => {
    const { session, frame, member } = visitor(context, needs)
    return member
      ? context.html(mePage(frame, member, books.ordersOf(session)))
      : context.redirect('/login?to=/me')
  })
  app.post('/me/consents', async (context) => {
    const { member } = visitor(context, needs)
    if (!member) return context.redirect('/login?to=/me')
    const given = consentsOf(await context.req.parseBody())
    const changes = consentChanges(member, {
      given,
      cause: Date.now().toString(36),
      before: member.consents,
    })
    books.setConsents(member, given)
    if (changes.length) tell(needs, changes)
    return context.redirect('/me', 303)
  })
}

type FormBody = { readonly [name: string]: unknown }

function text(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC').trim() : ''
}

/** A ticked box, and night only together with advertising at all. */
function consentsOf(form: FormBody): Consents {
  const ticked = (name: keyof Consents) => form[name] === 'yes'
  return {
    ...noConsents,
    personalData: ticked('personalData'),
    emailAds: ticked('emailAds'),
    nightAds: ticked('emailAds') && ticked('nightAds'),
  }
}

/** An address inside the shop, or nothing. */
function inside(to: string | undefined): string {
  return to && /^\/(?![/\\])/.test(to) ? to : ''
}
