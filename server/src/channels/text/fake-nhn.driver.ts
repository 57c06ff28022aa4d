import {
  type FakeAnswer,
  fakeAccount,
  openFakeServer,
  seoulStamp,
  type TakenText,
  type TextEnd,
  type TextFake,
} from './fake-server.driver.ts'

export const fakeNhnKeys = { appKey: 'appKey0001', secretKey: 'secretKey0001' }

const codeOf: Record<Exclude<TextEnd, 'waiting'>, string> = {
  delivered: '1000',
  no_address: '3003',
  spam_filtered: '3012',
  unreachable: '2003',
  // It bills afterwards: there is nothing to run out of.
  no_balance: 'E999',
}

type Body = {
  readonly body: string
  readonly title?: string
  readonly sendNo: string
  readonly attachFileIdList?: readonly number[]
  readonly recipientList: readonly {
    readonly recipientNo?: string
    readonly internationalRecipientNo?: string
    readonly recipientGroupingKey?: string
  }[]
}

const success = { isSuccessful: true, resultCode: 0, resultMessage: 'SUCCESS' }
const refused = (resultCode: number, resultMessage: string): FakeAnswer => ({
  body: { header: { isSuccessful: false, resultCode, resultMessage } },
})

/** NHN Cloud SMS v3.0 as its guide has it. */
export async function openFakeNhn(): Promise<TextFake & Pick<Made, 'files'>> {
  const taken: TakenText[] = []
  const account = fakeAccount()
  const clock = { now: Date.UTC(2026, 10, 22, 1) }
  const files = new Map<number, string>()
  const server = await openFakeServer((request) => {
    const path = /^\/sms\/v3\.0\/appKeys\/([^/]+)\/(.+)$/.exec(request.path)
    if (path?.[1] !== fakeNhnKeys.appKey) return refused(-1000, 'Invalid appKey.')
    if (request.headers['x-secret-key'] !== fakeNhnKeys.secretKey)
      return refused(-1002, 'Service is disabled.')
    const call = `${request.method} ${path[2]}`
    const send = /^POST sender\/(ad-)?(sms|mms)$/.exec(call)
    if (send) {
      const form = send[2] === 'sms' ? 'SMS' : 'LMS'
      const kind = { advertising: send[1] === 'ad-', form }
      return sendOne(JSON.parse(request.body) as Body, kind, { taken, account, clock, files })
    }
    const list = /^GET sender\/(sms|mms)$/.exec(call)
    if (list) return listed(request.query, taken, list[1] === 'sms')
    switch (call) {
      case 'GET sendNos':
        return rows(request.query, account.senders.map(senderRow))
      case 'GET blockservice/recipients':
        return rows(
          request.query,
          account.refused.map(({ number, at }) => ({
            unsubscribeNo: request.query.get('unsubscribeNo'),
            recipientNo: number,
            requestDate: seoulStamp(at),
          })),
        )
      case 'POST attachfile/binaryUpload':
        return keepFile(JSON.parse(request.body), files)
      default:
        return refused(-9998, 'Not exist API.')
    }
  })
  return { ...server, taken, account, clock, files }
}

type Made = Pick<TextFake, 'taken' | 'account' | 'clock'> & {
  /** By the id they were given; it forgets them after some days. */
  readonly files: Map<number, string>
}

function keepFile(
  { fileName, fileBody }: { readonly fileName: string; readonly fileBody: string },
  files: Made['files'],
): FakeAnswer {
  if (!/^.{1,41}\.jpe?g$/.test(fileName)) return refused(-2003, 'Attach file required jpg or jpeg.')
  if (Buffer.from(fileBody, 'base64').length > 300 * 1024)
    return refused(-2005, 'The file size must be greater than 0 and less than 300KB.')
  const fileId = 4711 + files.size
  files.set(fileId, fileBody)
  return { body: { header: success, body: { data: { fileId, fileName } } } }
}

function senderRow({ number, active }: { readonly number: string; readonly active: boolean }) {
  return { sendNo: number, useYn: active ? 'Y' : 'N', blockYn: 'N' }
}

function sendOne(
  body: Body,
  { advertising, form }: { readonly advertising: boolean; readonly form: string },
  { taken, account, clock, files }: Made,
): FakeAnswer {
  const [fileId] = body.attachFileIdList ?? []
  if (fileId !== undefined && !files.has(fileId))
    return refused(-2004, 'File is expired or does not exist.')
  if (!account.senders.some((one) => one.number === body.sendNo && one.active))
    return refused(-2312, 'Not regist sendno.')
  if (advertising && !/^\(광고\)[\s\S]*무료\s?(수신)?\s?거부\s?\d/.test(body.body))
    return refused(-6003, 'The body must contain block guide ment.')
  if (body.recipientList.length > 1_000) return refused(-2016, 'The max recipient size is 1000.')
  if (form === 'LMS' && !body.title) return refused(-2014, 'The recipient can not be empty.')
  const numbers = body.recipientList.map((one) => one.recipientNo ?? one.internationalRecipientNo)
  if (numbers.some((number) => !/^\d{8,15}$/.test(number ?? '')))
    return refused(-2019, 'RecipientNo is invalid.')
  const requestId = `20261122100000R${String(taken.length).padStart(8, '0')}`
  const sendResultList = body.recipientList.map((one, at) => {
    const to = one.recipientNo ?? one.internationalRecipientNo ?? ''
    const told = {
      recipientNo: to,
      recipientSeq: at + 1,
      recipientGroupingKey: one.recipientGroupingKey,
    }
    if (account.refused.some((refusedOne) => refusedOne.number === to))
      return { ...told, resultCode: -6001, resultMessage: 'Recipient Number is refused.' }
    taken.push({
      id: `${requestId}:${at + 1}`,
      to,
      from: body.sendNo,
      text: body.body,
      subject: body.title ?? null,
      form: form === 'LMS' && fileId !== undefined ? 'MMS' : form,
      advertising,
      key: one.recipientGroupingKey ?? null,
      at: clock.now,
      picture: files.get(fileId ?? 0) ?? null,
      end: 'waiting',
    })
    return { ...told, resultCode: 0, resultMessage: 'SUCCESS' }
  })
  const data = { requestId, statusCode: '2', senderGroupingKey: null, sendResultList }
  return { body: { header: success, body: { data } } }
}

function listed(query: URLSearchParams, taken: readonly TakenText[], isShort: boolean): FakeAnswer {
  const request = query.get('requestId')
  const from = query.get('startCreateDate')
  const to = query.get('endCreateDate')
  if (!request && !(from && to))
    return refused(-2011, 'RequestId or start/endRequestDate or start/endCreateDate is required.')
  const key = query.get('recipientGroupingKey')
  const found = taken.filter(
    (one) =>
      (one.form === 'SMS') === isShort &&
      (!request || one.id.startsWith(`${request}:`)) &&
      (!key || one.key === key) &&
      (!from || seoulStamp(one.at) >= from) &&
      (!to || seoulStamp(one.at) <= `${to}.9`),
  )
  return rows(
    query,
    found.map((one) => ({
      requestId: one.id.split(':')[0],
      recipientSeq: Number(one.id.split(':')[1]),
      requestDate: seoulStamp(one.at),
      resultDate: one.end === 'waiting' ? null : seoulStamp(one.at + 3_000),
      body: one.text,
      recipientNo: one.to,
      msgStatus: one.end === 'waiting' ? '2' : one.end === 'delivered' ? '3' : '0',
      resultCode: one.end === 'waiting' ? null : codeOf[one.end],
      resultCodeName: one.end,
      recipientGroupingKey: one.key,
    })),
  )
}

function rows(query: URLSearchParams, all: readonly object[]): FakeAnswer {
  const pageNum = Number(query.get('pageNum') ?? '1')
  const pageSize = Number(query.get('pageSize') ?? '15')
  const data = all.slice((pageNum - 1) * pageSize, pageNum * pageSize)
  return { body: { header: success, body: { pageNum, pageSize, totalCount: all.length, data } } }
}
