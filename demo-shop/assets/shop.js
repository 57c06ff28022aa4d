// The shop's own page script. It speaks to Danggol the two ways shops do: dataLayer pushes that a tag manager reads too,
// and danggol.track for what Google has no name for.
const data = JSON.parse(document.getElementById('page-data').textContent)
const danggol = window.danggol
let toastTimer
const won = (amount) => `${amount.toLocaleString('ko-KR')}원`

// Who is here. Signing out was done by the form below; a member is named once a visit, and on each page where the shop's
// server has signed for them, so that messages on the page may speak to them.
const known = sessionGet('member')
if (data.member && (data.signature || known !== data.member)) {
  danggol.identify(data.member, {}, data.signature ? { userSignature: data.signature } : undefined)
  sessionSet('member', data.member)
}

if (data.layer) {
  window.dataLayer.push({ ecommerce: null })
  window.dataLayer.push(data.layer)
}
if (data.kind === 'cart' && data.cart.products.length) danggol.track('Cart Viewed', data.cart)
if (data.kind === 'checkout') danggol.track('Checkout Started', data.cart)
// A good moment to ask for notifications; nothing is shown while web push is off in Danggol's settings.
if (data.kind === 'done') danggol.askPush()

function sessionGet(key) {
  try {
    return sessionStorage.getItem(`onyu.${key}`)
  } catch {
    return null
  }
}

function sessionSet(key, value) {
  try {
    sessionStorage.setItem(`onyu.${key}`, value)
  } catch {
    // A browser without storage only forgets; the shop still works.
  }
}

function toast(text, link) {
  const place = document.getElementById('toast')
  place.replaceChildren(text)
  if (link) {
    const anchor = document.createElement('a')
    anchor.href = link.href
    anchor.textContent = link.text
    place.append(anchor)
  }
  place.classList.add('shown')
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => place.classList.remove('shown'), 4000)
}

async function changeCart(change) {
  const answer = await fetch('/cart', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  if (!answer.ok) throw new Error('cart')
  const cart = await answer.json()
  for (const count of document.querySelectorAll('.count')) {
    count.textContent = cart.count
    count.dataset.count = cart.count
  }
  const difference = cart.quantity - cart.before
  const properties = { ...cart.product, quantity: Math.abs(difference), cart_value: cart.value }
  if (difference > 0) danggol.track('Product Added', properties)
  if (difference < 0) danggol.track('Product Removed', properties)
  return cart
}

for (const stepper of document.querySelectorAll('.stepper')) {
  const input = stepper.querySelector('input')
  stepper.addEventListener('click', (event) => {
    const step = Number(event.target.dataset.step)
    if (!step) return
    input.value = Math.min(Math.max((Number.parseInt(input.value, 10) || 1) + step, 1), 20)
    input.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

for (const form of document.querySelectorAll('[data-add]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const quantity = Math.min(Math.max(Number.parseInt(form.quantity.value, 10) || 1, 1), 20)
    try {
      await changeCart({ product: form.dataset.add, quantity, add: true })
      if (event.submitter?.value === 'checkout') location.href = '/checkout'
      else toast('장바구니에 담았어요', { href: '/cart', text: '보러 가기' })
    } catch {
      toast('담지 못했어요. 잠시 뒤에 다시 눌러 주세요.')
    }
  })
}

for (const line of document.querySelectorAll('[data-line]')) {
  const set = async (quantity) => {
    try {
      await changeCart({ product: line.dataset.line, quantity })
      location.reload()
    } catch {
      toast('바꾸지 못했어요. 잠시 뒤에 다시 해 주세요.')
    }
  }
  line.addEventListener('change', (event) =>
    set(Math.max(Number.parseInt(event.target.value, 10) || 1, 1)),
  )
  line.querySelector('.remove').addEventListener('click', () => set(0))
}

document.getElementById('checkout')?.addEventListener('submit', (event) => {
  const payment = new FormData(event.target).get('payment')
  danggol.track('Payment Info Entered', {
    payment_method: payment,
    value: data.cart.value,
    currency: 'KRW',
  })
})

document.getElementById('logout')?.addEventListener('submit', () => {
  danggol.reset()
  sessionSet('member', '')
})

if (data.kind === 'phone') setInterval(refreshPhone, 5000)
async function refreshPhone() {
  const answer = await fetch('/phone').catch(() => undefined)
  if (!answer?.ok) return
  const fresh = new DOMParser()
    .parseFromString(await answer.text(), 'text/html')
    .getElementById('talk')
  const shown = document.getElementById('talk')
  if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh)
}

// The reminder on the page: someone whose cart waits and who has been still for a while sees it once a visit.
const stillMs = 15000
const quietDays = 7
let stillTimer
function watchStillness() {
  clearTimeout(stillTimer)
  stillTimer = setTimeout(remind, stillMs)
}
if (!['cart', 'checkout', 'done', 'phone', 'join', 'login'].includes(data.kind)) {
  for (const act of ['pointerdown', 'keydown', 'scroll'])
    addEventListener(act, watchStillness, { passive: true })
  watchStillness()
}

function quiet() {
  try {
    return Number(localStorage.getItem('onyu.quietUntil')) > Date.now()
  } catch {
    return false
  }
}

async function remind() {
  if (sessionGet('reminded') || quiet() || document.visibilityState !== 'visible') return
  const answer = await fetch('/cart.json').catch(() => undefined)
  const { lines = [] } = answer?.ok ? await answer.json() : {}
  const [first] = lines
  if (!first) return
  sessionSet('reminded', 'yes')
  const promotion = {
    promotion_id: 'onsite_cart_reminder',
    name: '담아두신 상품',
    creative: 'slide_in',
  }
  const place = document.getElementById('reminder')
  const picture = Object.assign(document.createElement('img'), {
    src: first.image_url,
    alt: '',
    width: 72,
    height: 72,
  })
  const words = document.createElement('div')
  const title = Object.assign(document.createElement('p'), {
    className: 'name',
    textContent: '담아두신 물건이 기다려요',
  })
  const more = lines.length > 1 ? ` 외 ${lines.length - 1}가지` : ''
  const sum = lines.reduce((total, line) => total + line.price * line.quantity, 0)
  const what = Object.assign(document.createElement('p'), {
    className: 'line',
    textContent: `${first.name}${more} · ${won(sum)}`,
  })
  words.append(title, what)
  const go = Object.assign(document.createElement('a'), {
    className: 'button',
    href: '/cart',
    textContent: '장바구니 보기',
  })
  go.addEventListener('click', () => danggol.track('Promotion Clicked', promotion))
  const close = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button quiet',
    textContent: '괜찮아요',
  })
  const never = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'plain',
    textContent: `${quietDays}일간 보지 않기`,
  })
  const hide = () => place.classList.remove('shown')
  close.addEventListener('click', hide)
  never.addEventListener('click', () => {
    try {
      localStorage.setItem('onyu.quietUntil', Date.now() + quietDays * 86400000)
    } catch {
      // Without storage it stays away for this visit.
    }
    hide()
  })
  const choices = document.createElement('div')
  choices.className = 'choices'
  choices.append(close, go)
  place.replaceChildren(picture, words, choices, never)
  place.hidden = false
  requestAnimationFrame(() => place.classList.add('shown'))
  danggol.track('Promotion Viewed', promotion)
}
