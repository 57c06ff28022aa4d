import { html, raw } from 'hono/html'
import { categories } from '../catalog.ts'
import type { Member } from '../session.ts'

/** What every page needs to know to draw its frame. */
export type Frame = {
  readonly danggolUrl: string
  readonly browserKey: string
  readonly member: Member | undefined
  /** The shop's word for Danggol that this member is signed in here. */
  readonly memberSignature: string | undefined
  readonly cartCount: number
}

export type Html = ReturnType<typeof html>

type Page = {
  readonly title: string
  readonly body: Html
  /** What the page tells `shop.js`, and through it Danggol and the dataLayer. */
  readonly data: { readonly kind: string; readonly [key: string]: unknown }
  readonly query?: string
}

// The two lines any shop pastes; the first is a waiting list for calls made before the script has come.
const waitingList = `window.danggol=window.danggol||[];['track','identify','page','alias','group','reset','consent','askPush'].forEach(function(m){danggol[m]=function(){danggol.push([m].concat([].slice.call(arguments)))}})`

export function page(frame: Frame, given: Page): Html {
  const member = frame.member?.id ?? null
  const signature = frame.memberSignature ?? null
  const data = JSON.stringify({ ...given.data, member, signature }).replaceAll('<', '\\u003c')
  return html`<!doctype html>
<html lang="ko">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${given.title} · 온유상점</title>
  <meta name="description" content="오래 곁에 두는 생활 물건, 온유상점">
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/fonts/pretendardvariable-dynamic-subset.css">
  ${['base', 'goods', 'buying', 'extras', 'narrow'].map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
  <script>window.dataLayer=window.dataLayer||[];${raw(waitingList)}</script>
  <script async src="${frame.danggolUrl}/sdk.js" data-key="${frame.browserKey}"></script>
</head>
<body>
  <a class="skip" href="#main">본문으로 건너뛰기</a>
  ${demoBar(frame)}
  ${header(frame, given.query ?? '')}
  <main id="main">${given.body}</main>
  ${footer()}
  <aside id="reminder" class="reminder" hidden aria-live="polite"></aside>
  <div id="toast" class="toast" role="status"></div>
  <script type="application/json" id="page-data">${raw(data)}</script>
  <script src="/assets/shop.js"></script>
</body>
</html>`
}

function demoBar(frame: Frame): Html {
  return html`<div class="demo"><p>단골 데모 상점이에요. 결제와 배송은 일어나지 않아요.</p>
    <nav aria-label="데모"><a href="${frame.danggolUrl}">대시보드</a><a href="/phone">휴대폰 미리보기</a></nav></div>`
}

function header(frame: Frame, query: string): Html {
  const account = frame.member
    ? html`<a href="/me"><span class="who">${bareName(frame.member)}</span>님</a>`
    : html`<a href="/login">로그인</a><a class="wide" href="/join">회원가입</a>`
  return html`<header class="top">
    <div class="bar">
      <a class="logo" href="/">온유상점</a>
      <form class="search" action="/search" role="search">
        <label class="unseen" for="q">상품 찾기</label>
        <input id="q" name="q" type="search" value="${query}" placeholder="무엇을 찾으세요?" maxlength="60" autocomplete="off">
        <button aria-label="찾기"><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 0 0 0-13Zm5 11.500L20 20" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round"/></svg></button>
      </form>
      <nav class="account" aria-label="내 계정">${account}
        <a href="/cart" class="cart-link">장바구니<span class="count" data-count="${frame.cartCount}">${frame.cartCount}</span></a>
      </nav>
    </div>
    <nav class="shelves" aria-label="분류">${categories.map((category) => html`<a href="/category/${category.id}">${category.name}</a>`)}</nav>
  </header>`
}

function footer(): Html {
  return html`<footer class="foot">
    <div class="bar"><div><p class="logo">온유상점</p><p>오래 곁에 두는 생활 물건을 고릅니다.</p></div>
    <dl><dt>고객센터</dt><dd>평일 10:00 - 17:00 · help@onyu.example</dd><dt>상호</dt><dd>온유상점 (지어낸 가게예요)</dd><dt>보내는 곳</dt><dd>서울 어딘가의 작은 창고</dd></dl></div>
  </footer>`
}

/** A member's name without the 님 that some write themselves: the pages add it. */
export function bareName({ name }: Pick<Member, 'name'>): string {
  return name.length > 1 && name.endsWith('님') ? name.slice(0, -1) : name
}
