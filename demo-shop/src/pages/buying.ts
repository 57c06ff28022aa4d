import { html } from 'hono/html'
import { krw, productOf, products } from '../catalog.ts'
import { type Cart, freeShippingFrom, type Order, shippingOf } from '../session.ts'
import { asProperties, grid } from './goods.ts'
import { type Frame, type Html, page } from './layout.ts'

export type Line = ReturnType<typeof linesOf>[number]

/** The cart with its products; what is no longer sold drops out. */
export function linesOf(cart: Cart) {
  return cart.flatMap(([id, quantity]) => {
    const product = productOf(id)
    return product ? [{ product, quantity, sum: product.price * quantity }] : []
  })
}

export function goodsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.sum, 0)
}

/** Lines as events carry them (Segment's `products`). */
export function asProducts(lines: readonly Line[]) {
  return lines.map(({ product, quantity }) => ({ ...asProperties(product), quantity }))
}

function sums(goods: number): Html {
  const shipping = shippingOf(goods)
  return html`<dl class="sums"><dt>상품</dt><dd>${krw(goods)}</dd><dt>배송비</dt><dd>${shipping ? krw(shipping) : '무료'}</dd><dt class="total">모두</dt><dd class="total">${krw(goods + shipping)}</dd></dl>`
}

export function cartPage(frame: Frame, cart: Cart): Html {
  const lines = linesOf(cart)
  const goods = goodsOf(lines)
  const missing = freeShippingFrom - goods
  const filled = html`<div class="two">
      <ul class="lines">${lines.map(
        ({ product, quantity, sum }) => html`<li data-line="${product.id}">
          <a href="/products/${product.id}"><img src="/pictures/${product.picture}.svg" alt="" width="400" height="400"></a>
          <div><a class="name" href="/products/${product.id}">${product.name}</a><p class="line">${krw(product.price)}</p>
          <div class="stepper"><button type="button" data-step="-1" aria-label="${product.name} 하나 빼기">−</button><input value="${quantity}" inputmode="numeric" aria-label="${product.name} 수량" maxlength="2"><button type="button" data-step="1" aria-label="${product.name} 하나 더하기">+</button></div></div>
          <p class="price">${krw(sum)}</p><button class="remove" type="button" aria-label="${product.name} 빼기">×</button></li>`,
      )}</ul>
      <aside class="box"><h2>주문 금액</h2>${sums(goods)}
        <p class="hint">${missing > 0 ? html`${krw(missing)}어치를 더 담으면 배송비가 없어요.` : '배송비 없이 보내 드려요.'}</p>
        <a class="button wide" href="/checkout">주문하기</a></aside></div>`
  const empty = html`<div class="empty"><p>아직 담은 물건이 없어요.</p><a class="button" href="/">둘러보기</a></div>${grid(products.slice(0, 4))}`
  const body = html`<section class="bar"><div class="head tall"><h1>장바구니</h1></div>${lines.length ? filled : empty}</section>`
  return page(frame, {
    title: '장바구니',
    body,
    data: { kind: 'cart', cart: { products: asProducts(lines), value: goods, currency: 'KRW' } },
  })
}

const payments = ['신용카드', '카카오페이', '네이버페이', '무통장입금'] as const

export function checkoutPage(frame: Frame, cart: Cart): Html {
  const lines = linesOf(cart)
  const goods = goodsOf(lines)
  const body = html`<section class="bar"><div class="head tall"><h1>주문서</h1></div>
    <form class="two" method="post" action="/checkout" id="checkout">
      <div class="form">
        ${frame.member ? '' : html`<p class="note">회원이면 <a href="/login?to=/checkout">로그인</a>하고 주문해 주세요. 담은 물건은 그대로 있어요.</p>`}
        <fieldset><legend>받는 분</legend>
          <label>이름<input name="name" value="${frame.member?.name ?? ''}" required maxlength="40" autocomplete="name"></label>
          <label>이메일<input name="email" type="email" value="${frame.member?.email ?? ''}" required maxlength="120" autocomplete="email"></label>
          <label>주소<input name="address" value="서울시 온유구 늦가을로 1" required maxlength="120" autocomplete="street-address"></label></fieldset>
        <fieldset><legend>결제 방법</legend><div class="choices">${payments.map((name, i) => html`<label><input type="radio" name="payment" value="${name}"${i === 0 ? ' checked' : ''}><span>${name}</span></label>`)}</div>
          <p class="hint">데모라서 실제로 결제하지 않아요.</p></fieldset>
      </div>
      <aside class="box"><h2>담은 물건</h2><ul class="brief">${lines.map(({ product, quantity, sum }) => html`<li><span>${product.name} × ${quantity}</span><span>${krw(sum)}</span></li>`)}</ul>${sums(goods)}
        <button class="button wide">${krw(goods + shippingOf(goods))} 결제하기</button></aside>
    </form></section>`
  return page(frame, {
    title: '주문서',
    body,
    data: {
      kind: 'checkout',
      cart: { products: asProducts(lines), value: goods, currency: 'KRW' },
    },
  })
}

export function donePage(frame: Frame, order: Order): Html {
  const lines = linesOf(order.lines)
  const body = html`<section class="bar narrow"><div class="done"><h1>주문해 주셔서 고맙습니다</h1><p>주문 번호 <strong>${order.id}</strong></p></div>
    <div class="box"><ul class="brief">${lines.map(({ product, quantity, sum }) => html`<li><span>${product.name} × ${quantity}</span><span>${krw(sum)}</span></li>`)}</ul>${sums(order.goods)}
    <p class="hint">${order.payment} · 데모 주문이라 배송되지 않아요.</p></div><p class="after"><a class="button quiet" href="/">더 둘러보기</a></p></section>`
  return page(frame, { title: '주문 완료', body, data: { kind: 'done', order: order.id } })
}
