import {
  type FakeAnswer,
  type FakeRequest,
  fakeAccount,
  openFakeServer,
  seoulStamp,
  type TakenText,
  type TextEnd,
  type TextFake,
} from './fake-server.driver.ts'

export const fakeAligoKeys = { userId: 'onshop', key: 'aligokey0001' }

const stateOf: Record<TextEnd, string> = {
  waiting: '전송중',
  delivered: '발송완료',
  no_address: '가입자없음',
  spam_filtered: '스팸차단',
  unreachable: '전원꺼짐',
  no_balance: '잔액부족',
}

const refused = (result_code: number, message: string): FakeAnswer => ({
  body: { result_code, message },
})

/** Aligo as its specification page and public clients have it: forms in, 200 and a code out, whatever happened. */
export async function openFakeAligo(): Promise<TextFake> {
  const taken: TakenText[] = []
  const account = fakeAccount()
  const clock = { now: Date.UTC(2026, 10, 22, 1) }
  const made = { taken, account, clock, masses: 0 }
  const server = await openFakeServer((request) => {
    const { form, picture } = formOf(request)
    const user = form.get('user_id') ?? form.get('userid')
    if (request.method !== 'POST') return { status: 405, body: 'POST only' }
    if (form.get('key') !== fakeAligoKeys.key || user !== fakeAligoKeys.userId)
      return refused(-101, '인증오류입니다.')
    switch (request.path) {
      case '/send/':
        return isRegistered(account, form)
          ? { body: { result_code: '1', message: 'success', msg_id: '0', success_cnt: 1 } }
          : refused(-201, '등록되지 않은 발신번호입니다.')
      case '/send_mass/':
        return sendMass(form, picture, made)
      case '/sms_list/':
        return results(form, taken)
      case '/list/':
        return { body: { result_code: 1, message: 'success', list: recent(taken), next_yn: 'N' } }
      case '/remain/': {
        const left = Math.floor(account.money / 20)
        const counts = { SMS_CNT: left, LMS_CNT: Math.floor(left / 3), MMS_CNT: 0 }
        return { body: { result_code: 1, message: 'success', ...counts } }
      }
      default:
        return { status: 404, body: '<html>없는 페이지</html>' }
    }
  })
  return { ...server, taken, account, clock }
}

/** The fields of a form and the picture in it, however it was encoded. */
function formOf({ headers, body, bytes }: FakeRequest) {
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] as string)
  if (!boundary) return { form: new URLSearchParams(body), picture: null }
  const form = new URLSearchParams()
  let picture: string | null = null
  for (const part of bytes.toString('latin1').split(`--${boundary[1]}`)) {
    const [, name, rest = ''] = /name="([^"]+)"([\s\S]*)$/.exec(part) ?? []
    const value = Buffer.from(rest.slice(rest.indexOf('\r\n\r\n') + 4, -2), 'latin1')
    if (name === 'image1') picture = value.toString('base64')
    else if (name) form.set(name, value.toString('utf8'))
  }
  return { form, picture }
}

function isRegistered(account: TextFake['account'], form: URLSearchParams): boolean {
  return account.senders.some((one) => one.number === form.get('sender') && one.active)
}

function recent(taken: readonly TakenText[]): readonly object[] {
  return taken.slice(-30).map((one) => ({ mid: one.id.split(':')[0], sender: one.from }))
}

function sendMass(
  form: URLSearchParams,
  picture: string | null,
  made: Pick<TextFake, 'taken' | 'account' | 'clock'> & { masses: number },
): FakeAnswer {
  const { taken, account, clock } = made
  const cnt = Number(form.get('cnt'))
  if (!(cnt >= 1 && cnt <= 500)) return refused(-301, 'cnt 오류')
  if (!isRegistered(account, form)) return refused(-201, '등록되지 않은 발신번호입니다.')
  if (form.get('msg_type') === 'MMS' && picture === null) return refused(-302, '이미지가 없습니다.')
  if (account.money < 20 * cnt) return refused(-105, '잔여건수가 부족합니다.')
  made.masses++
  const mass = String(146_719_000 + made.masses)
  let errors = 0
  for (let at = 1; at <= cnt; at++) {
    const to = form.get(`rec_${at}`) ?? ''
    const isBad = !/^01\d{8,9}$/.test(to)
    if (isBad) errors++
    else account.money -= 20
    taken.push({
      id: `${mass}:${to}`,
      to,
      from: form.get('sender') ?? '',
      text: form.get(`msg_${at}`) ?? '',
      subject: form.get('title'),
      form: form.get('msg_type') ?? 'SMS',
      advertising: null,
      key: null,
      at: clock.now,
      picture,
      // A number that cannot be is listed too, with its error.
      end: isBad ? 'no_address' : 'waiting',
    })
  }
  return {
    body: {
      result_code: '1',
      message: 'success',
      msg_id: mass,
      success_cnt: cnt - errors,
      error_cnt: errors,
      msg_type: form.get('msg_type'),
    },
  }
}

function results(form: URLSearchParams, taken: readonly TakenText[]): FakeAnswer {
  const page = Number(form.get('page') ?? '1')
  const size = Number(form.get('page_size') ?? '30')
  const found = taken.filter((one) => one.id.startsWith(`${form.get('mid')}:`))
  const rows = found.slice((page - 1) * size, page * size)
  return {
    body: {
      result_code: 1,
      message: 'success',
      next_yn: found.length > page * size ? 'Y' : 'N',
      list: rows.map((one) => ({
        mdid: one.id,
        type: one.form,
        sender: one.from,
        receiver: one.to,
        sms_state: stateOf[one.end],
        reg_date: seoulStamp(one.at).slice(0, 19),
        send_date: seoulStamp(one.at).slice(0, 19),
        reserve_date: '',
      })),
    },
  }
}
