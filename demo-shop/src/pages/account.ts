import { html } from 'hono/html'
import { krw } from '../catalog.ts'
import type { Member, Order } from '../session.ts'
import { linesOf } from './buying.ts'
import { bareName, type Frame, type Html, page } from './layout.ts'

type Form = {
  readonly problem?: string
  readonly values?: { readonly [name: string]: string }
  readonly to?: string
}

function problem(form: Form): Html | '' {
  return form.problem ? html`<p class="problem" role="alert">${form.problem}</p>` : ''
}

function hidden(form: Form): Html | '' {
  return form.to ? html`<input type="hidden" name="to" value="${form.to}">` : ''
}

/** The optional boxes stand apart, unticked, each with its own exact words. */
const boxes = [
  [
    'personalData',
    '개인정보 마케팅 이용에 동의해요',
    '이름·이메일·구매 이력을 맞춤 혜택을 알려 드리는 데 이용합니다. 탈퇴하거나 동의를 거둘 때까지 보관해요.',
  ],
  [
    'emailAds',
    '이메일로 광고를 받을게요',
    '할인·새 상품 소식을 이메일로 보내 드립니다. 언제든 메일 아래 수신거부로 그만 받을 수 있어요.',
  ],
  [
    'nightAds',
    '밤 9시부터 아침 8시 사이에도 받을게요',
    '야간 광고성 정보 수신에 따로 동의하는 것이에요.',
  ],
] as const

export function consentBoxes(given: { readonly [name: string]: boolean }): Html {
  return html`<div class="boxes">${boxes.map(
    ([name, title, text]) =>
      html`<label class="check"><input type="checkbox" name="${name}" value="yes"${given[name] ? ' checked' : ''}><span><strong>${title} <em>선택</em></strong><small>${text}</small></span></label>`,
  )}</div>`
}

export function joinPage(frame: Frame, form: Form): Html {
  const values = form.values ?? {}
  const body = html`<section class="bar narrow"><div class="head tall"><h1>회원가입</h1><p>이름과 이메일이면 돼요</p></div>
    <form class="form box" method="post" action="/join">${problem(form)}${hidden(form)}
      <label>이름<input name="name" value="${values.name ?? ''}" required maxlength="40" autocomplete="name"></label>
      <label>이메일<input name="email" type="email" value="${values.email ?? ''}" required maxlength="120" autocomplete="email" placeholder="you@example.com"></label>
      <p class="hint">데모에서는 어떤 메일도 밖으로 나가지 않아요. 대시보드의 테스트 받은편지함에서 볼 수 있어요.</p>
      <label>비밀번호<input name="password" type="password" required minlength="6" maxlength="100" autocomplete="new-password"></label>
      <label class="check"><input type="checkbox" name="terms" value="yes" required><span><strong>이용약관과 개인정보 수집·이용에 동의해요 <em class="must">필수</em></strong><small>회원 관리와 주문 처리를 위해 이름·이메일을 모으고, 탈퇴하면 바로 지워요.</small></span></label>
      ${consentBoxes({})}
      <p class="hint">선택 항목에 동의하지 않아도 가입할 수 있어요.</p>
      <button class="button wide">가입하기</button><p class="swap">이미 회원이세요? <a href="/login">로그인</a></p></form></section>`
  return page(frame, { title: '회원가입', body, data: { kind: 'join' } })
}

/** Where whoever joined comes to; campaigns know the joining by its address too. */
export function joinedPage(frame: Frame, member: Member): Html {
  const body = html`<section class="bar narrow"><div class="done"><h1>가입해 주셔서 고맙습니다</h1><p>${bareName(member)}님, 반가워요. 천천히 둘러보세요.</p></div>
    <p class="after"><a class="button" href="/">둘러보기</a></p></section>`
  return page(frame, { title: '가입 완료', body, data: { kind: 'joined' } })
}

export function loginPage(frame: Frame, form: Form): Html {
  const body = html`<section class="bar narrow"><div class="head tall"><h1>로그인</h1></div>
    <form class="form box" method="post" action="/login">${problem(form)}${hidden(form)}
      <label>이메일<input name="email" type="email" value="${form.values?.email ?? ''}" required maxlength="120" autocomplete="email"></label>
      <label>비밀번호<input name="password" type="password" required maxlength="100" autocomplete="current-password"></label>
      <button class="button wide">로그인</button><p class="swap">처음이세요? <a href="/join">회원가입</a></p></form></section>`
  return page(frame, { title: '로그인', body, data: { kind: 'login' } })
}

export function mePage(frame: Frame, member: Member, orders: readonly Order[]): Html {
  const list = orders.length
    ? html`<ul class="orders">${orders.map((order) => {
        const [first, ...rest] = linesOf(order.lines)
        return html`<li><a href="/orders/${order.id}"><img src="/pictures/${first?.product.picture ?? 'mug'}.svg" alt="" width="400" height="400"><span><strong>${first?.product.name ?? ''}${rest.length ? ` 외 ${rest.length}가지` : ''}</strong>${new Date(order.at).toLocaleDateString('ko-KR', { timeZone: 'Asia/Seoul', month: 'long', day: 'numeric' })} · ${order.id}</span><span class="price">${krw(order.goods + order.shipping)}</span></a></li>`
      })}</ul>`
    : html`<p class="hint">아직 주문이 없어요.</p>`
  const body = html`<section class="bar narrow"><div class="head tall"><h1>${bareName(member)}님</h1><p>${member.email}</p></div>
    <div class="box"><h2>주문</h2>${list}</div>
    <form class="form box" method="post" action="/me/consents"><h2>수신동의</h2>${consentBoxes({ ...member.consents })}<button class="button quiet">이대로 바꾸기</button></form>
    <form method="post" action="/logout" class="after" id="logout"><button class="button quiet">로그아웃</button></form></section>`
  return page(frame, { title: '마이페이지', body, data: { kind: 'me' } })
}

export function missingPage(frame: Frame): Html {
  const body = html`<section class="bar"><div class="empty tall"><h1>찾으시는 곳이 없어요</h1><p>주소가 바뀌었거나 더는 팔지 않는 물건이에요.</p><a class="button" href="/">처음으로</a></div></section>`
  return page(frame, { title: '없는 페이지', body, data: { kind: 'missing' } })
}
