import { html } from 'hono/html'
import type { Reminder } from '../reminders.service.ts'
import type { Member } from '../session.ts'
import { bareName, type Frame, type Html, page } from './layout.ts'

function time(at: number): string {
  return new Date(at).toLocaleTimeString('ko-KR', {
    timeZone: 'Asia/Seoul',
    hour: 'numeric',
    minute: '2-digit',
  })
}

/** The member's phone: what Danggol sent, drawn as it would arrive. */
export function phonePage(
  frame: Frame,
  member: Member | undefined,
  reminders: readonly Reminder[],
): Html {
  const how = member
    ? '로그인한 채로 물건을 담고 기다려 보세요. 광고 수신에 동의한 회원에게만 와요.'
    : html`<a href="/join">가입</a>하면서 광고 수신에 동의하고, 물건을 담아 두면 여기로 와요.`
  const bubbles = reminders.map(
    (reminder) =>
      html`<li><span class="from">온유상점</span><div class="bubble"><p class="subject">${reminder.title}</p><p>${reminder.text}</p><a href="/cart">장바구니 보기</a></div><time>${time(reminder.at)}</time></li>`,
  )
  const body = html`<section class="bar phone-page"><div class="words"><h1>휴대폰 미리보기</h1><p>${member ? html`${bareName(member)}님에게 간 알림이에요.` : '알림이 손님에게 어떻게 보이는지 그려 드려요.'}</p><p class="hint">${how}</p></div>
    <div class="phone" role="img" aria-label="휴대폰 화면"><div class="status"><span>온유상점</span></div><ul class="talk" id="talk">${bubbles.length ? bubbles : html`<li class="none">아직 온 알림이 없어요</li>`}</ul></div></section>`
  return page(frame, { title: '휴대폰 미리보기', body, data: { kind: 'phone' } })
}
