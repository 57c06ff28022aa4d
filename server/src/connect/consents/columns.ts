import { normaliseEmail, normalisePhone } from '../../customers/contact.ts'

/** What a column of a file of consents or refusals says. */
export type ColumnKind =
  | 'user'
  | 'customer'
  | 'email'
  | 'phone'
  | 'name'
  | 'channel'
  | 'answer'
  | 'night'
  | 'personal'
  | 'date'
  | 'from'
  | 'wording'
  | 'ip'
  | 'agent'
  | 'answer_email'
  | 'answer_sms'
  | 'answer_kakao'

/** Where each column stands, from 0. */
export type Columns = {
  readonly header: boolean
  readonly at: ReadonlyMap<ColumnKind, number>
}

/** Names of columns without spaces, dashes and case, as shop platforms and spreadsheets write them. */
const names: Readonly<Record<ColumnKind, readonly string[]>> = {
  user: 'userid memberid membercode memberno id loginid 아이디 회원아이디 회원id 회원번호 고객아이디 고객id 고객번호'.split(
    ' ',
  ),
  customer: ['customerid', 'danggolid'],
  email: 'email emailaddress mail 이메일 이메일주소 메일 메일주소 전자우편'.split(' '),
  phone:
    'phone phonenumber mobile mobilephone cellphone tel hp 핸드폰 핸드폰번호 휴대폰 휴대폰번호 휴대전화 휴대전화번호 연락처 전화 전화번호 번호 수신번호 수신자번호 거부번호 수신거부번호'.split(
      ' ',
    ),
  name: 'name customername 이름 성명 회원명 회원이름 고객명 고객이름 성함'.split(' '),
  channel: 'channel 채널 매체 수단'.split(' '),
  answer: 'answer consent agreed kind status 동의 동의여부 수신동의 수신동의여부 상태 구분'.split(
    ' ',
  ),
  night: 'night adnight 야간 야간동의 야간수신동의 야간수신동의여부'.split(' '),
  personal:
    'personaldata personaldatamarketing 마케팅동의 마케팅활용동의 개인정보마케팅 개인정보마케팅동의 개인정보마케팅활용동의'.split(
      ' ',
    ),
  date: 'date at time agreedat consentedat 일시 날짜 동의일 동의일시 동의일자 수신동의일 수신동의일시 변경일 변경일시 거부일 거부일시 등록일'.split(
    ' ',
  ),
  from: 'source from 출처 경로 동의경로 수집경로 동의출처'.split(' '),
  wording: 'wording 문구 동의문구 문구버전'.split(' '),
  ip: ['ip', 'ipaddress', '아이피', '접속ip'],
  agent: ['useragent', 'agent', 'browser'],
  answer_email:
    'emailconsent newsmail emailagree 이메일수신동의 이메일수신동의여부 이메일수신 이메일수신여부 메일수신여부 뉴스메일'.split(
      ' ',
    ),
  answer_sms:
    'smsconsent sms smsagree 문자수신동의 문자수신여부 sms수신동의 sms수신동의여부 sms수신 sms수신여부'.split(
      ' ',
    ),
  answer_kakao:
    'kakaoconsent kakao 카카오수신동의 카카오톡수신동의 카카오톡수신여부 알림톡수신여부'.split(' '),
}

const kindOfName = new Map(
  (Object.entries(names) as [ColumnKind, readonly string[]][]).flatMap(([kind, all]) =>
    all.map((name) => [name, kind] as const),
  ),
)

/**
 * Which column says what: by the names in the first row, or, in a bare list of numbers or addresses, by what stands in it.
 * undefined when no column says who.
 */
export function columnsOf(rows: readonly (readonly string[])[]): Columns | undefined {
  const [first = []] = rows
  const named = new Map<ColumnKind, number>()
  first.forEach((cell, index) => {
    const kind = kindOfName.get(cell.toLowerCase().replace(/[\s_()\-.]/g, ''))
    if (kind && !named.has(kind)) named.set(kind, index)
  })
  if (saysWho(named)) return { header: true, at: named }
  const at = new Map<ColumnKind, number>()
  for (const row of rows.slice(0, 50))
    row.forEach((cell, index) => {
      const kind = addressKind(cell)
      if (kind && !at.has(kind)) at.set(kind, index)
    })
  if (at.size === 0) return undefined
  // A first row of other words over addresses is a header in words we do not know.
  const header = [...at].every(([kind, index]) => addressKind(first[index] ?? '') !== kind)
  return { header, at }
}

function saysWho(at: ReadonlyMap<ColumnKind, number>): boolean {
  return at.has('user') || at.has('customer') || at.has('email') || at.has('phone')
}

/** What kind of address a cell holds, if any. */
export function addressKind(cell: string): 'email' | 'phone' | undefined {
  if (cell.includes('@')) return normaliseEmail(cell) === undefined ? undefined : 'email'
  return normalisePhone(cell) === undefined ? undefined : 'phone'
}
