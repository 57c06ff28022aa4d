import { createHmac } from 'node:crypto'
import {
  type FakeAnswer,
  type FakeRequest,
  fakeAccount,
  openFakeServer,
  type TakenText,
  type TextEnd,
  type TextFake,
} from './fake-server.driver.ts'

export const fakeSolapiKeys = {
  apiKey: 'NCSAKEY0000000000',
  apiSecret: 'SECRET000000000000000000000000',
}

const statusOf: Record<TextEnd, string> = {
  waiting: '3000',
  delivered: '4000',
  no_address: '3032',
  spam_filtered: '3054',
  unreachable: '3040',
  no_balance: '2230',
}

type Body = {
  readonly messages: readonly {
    readonly to: string
    readonly from?: string
    readonly text?: string
    readonly subject?: string
    readonly type?: string
    readonly imageId?: string
    readonly customFields?: Record<string, string>
  }[]
  readonly showMessageList?: boolean
}

/** Solapi's v4 interface as its documents and its SDK have it, with the signature checked. */
export async function openFakeSolapi(): Promise<TextFake> {
  const taken: TakenText[] = []
  const account = fakeAccount()
  const clock = { now: Date.UTC(2026, 10, 22, 1) }
  const files = new Map<string, string>()
  const server = await openFakeServer((request) => {
    if (!isSigned(request)) {
      const errorMessage = '인증에 실패했습니다.'
      return { status: 401, body: { errorCode: 'SignatureDoesNotMatch', errorMessage } }
    }
    switch (`${request.method} ${request.path}`) {
      case 'POST /messages/v4/send-many/detail':
        return sendMany(JSON.parse(request.body) as Body, { taken, account, clock, files })
      case 'GET /messages/v4/list':
        return list(request.query, taken)
      case 'GET /cash/v1/balance':
        return { body: { balance: account.money, point: 0, minimumCash: 3_000 } }
      case 'GET /iam/v1/black':
        return blacks(request.query, account)
      case 'GET /senderid/v1/numbers':
        return { body: { accountId: '12925149', limit: 20, senderIds: senderIds(account) } }
      case 'POST /storage/v1/files':
        files.set('ST01FZ220522', JSON.parse(request.body).file)
        return { body: { fileId: 'ST01FZ220522', type: 'MMS', link: null } }
      default:
        return { status: 404, body: { errorCode: 'ResourceNotFound', errorMessage: request.path } }
    }
  })
  return { ...server, taken, account, clock }
}

function isSigned({ headers }: FakeRequest): boolean {
  const parts =
    /^HMAC-SHA256 apiKey=([^,]+), date=([^,]+), salt=([^,]{12,64}), signature=([0-9a-f]{64})$/.exec(
      String(headers.authorization),
    )
  if (parts?.[1] !== fakeSolapiKeys.apiKey || Number.isNaN(Date.parse(parts[2] ?? ''))) return false
  const expected = createHmac('sha256', fakeSolapiKeys.apiSecret)
    .update(`${parts[2]}${parts[3]}`)
    .digest('hex')
  return expected === parts[4]
}

type Made = Pick<TextFake, 'taken' | 'account' | 'clock'> & {
  /** By the id they were given. */
  readonly files: Map<string, string>
}

function sendMany(body: Body, { taken, account, clock, files }: Made): FakeAnswer {
  const images = body.messages.flatMap(({ imageId }) => imageId ?? [])
  if (images.some((id) => !files.has(id)))
    return {
      status: 400,
      body: { errorCode: 'ResourceNotFound', errorMessage: '이미지가 없습니다.' },
    }
  if (body.messages.some((message) => !/^\d{8,11}$/.test(message.to))) {
    const errorMessage = '수신번호 형식이 올바르지 않습니다.'
    return { status: 400, body: { errorCode: 'ValidationError', errorMessage } }
  }
  const failed: object[] = []
  const listed: object[] = []
  for (const message of body.messages) {
    const code = codeOf(message, account)
    const id = `M4V2026112210${String(taken.length + failed.length).padStart(18, '0')}`
    const told = {
      messageId: id,
      statusCode: code,
      statusMessage: code === '2000' ? '정상 접수(이통사로 접수 예정)' : '접수 실패',
      customFields: message.customFields ?? {},
    }
    if (code !== '2000') {
      failed.push({
        ...told,
        to: message.to,
        from: message.from ?? '',
        type: message.type ?? 'SMS',
        country: '82',
        accountId: '12925149',
      })
      continue
    }
    listed.push(told)
    account.money -= 20
    taken.push({
      id,
      to: message.to,
      from: message.from ?? '',
      text: message.text ?? '',
      subject: message.subject ?? null,
      form: message.type ?? 'SMS',
      advertising: null,
      key: message.customFields?.key ?? null,
      at: clock.now,
      picture: files.get(message.imageId ?? '') ?? null,
      end: 'waiting',
    })
  }
  const count = { total: body.messages.length, registeredFailed: failed.length }
  return {
    body: {
      groupInfo: { groupId: 'G4V20261122100000AAAAAAAAAAAAAAA', count },
      failedMessageList: failed,
      ...(body.showMessageList ? { messageList: listed } : {}),
    },
  }
}

function codeOf(message: Body['messages'][number], account: TextFake['account']): string {
  if (account.money < 20) return '1030'
  if (account.refused.some((one) => one.number === message.to)) return '1061'
  const isRegistered = account.senders.some((one) => one.number === message.from && one.active)
  return isRegistered ? '2000' : '1062'
}

function list(query: URLSearchParams, taken: readonly TakenText[]): FakeAnswer {
  const limit = Math.min(Number(query.get('limit') ?? '20'), 500)
  const ids = query.getAll('messageIds')
  const from = Date.parse(query.get('startDate') ?? '') || 0
  const to = Date.parse(query.get('endDate') ?? '') || Number.MAX_SAFE_INTEGER
  const found = taken.filter(
    (one) => (ids.length === 0 || ids.includes(one.id)) && one.at >= from && one.at <= to,
  )
  const start = Math.max(
    found.findIndex((one) => one.id === query.get('startKey')),
    0,
  )
  const page = found.slice(start, start + limit)
  return {
    body: {
      startKey: query.get('startKey'),
      nextKey: found[start + limit]?.id ?? null,
      limit,
      messageList: Object.fromEntries(page.map((one) => [one.id, listed(one)])),
    },
  }
}

function listed(one: TakenText): object {
  const { id, to, from, text, at, end } = one
  return {
    messageId: id,
    to,
    from,
    text,
    type: one.form,
    subject: one.subject,
    status: end === 'waiting' ? 'SENDING' : 'COMPLETE',
    statusCode: statusOf[end],
    reason: end,
    customFields: one.key === null ? {} : { key: one.key },
    dateCreated: new Date(at).toISOString(),
    dateUpdated: new Date(at).toISOString(),
    dateReported: end === 'waiting' ? null : new Date(at + 3_000).toISOString(),
  }
}

function blacks(query: URLSearchParams, account: TextFake['account']): FakeAnswer {
  const limit = Math.min(Number(query.get('limit') ?? '20'), 500)
  const start = Number(query.get('startKey') ?? '0')
  return {
    body: {
      startKey: query.get('startKey'),
      limit,
      nextKey: start + limit < account.refused.length ? String(start + limit) : null,
      blackList: account.refused.slice(start, start + limit).map(({ number, at }) => ({
        handleKey: `BL${number}`,
        type: 'DENIAL',
        senderNumber: '0801234567',
        recipientNumber: number,
        dateCreated: new Date(at).toISOString(),
        dateUpdated: new Date(at).toISOString(),
      })),
    },
  }
}

function senderIds(account: TextFake['account']): readonly object[] {
  return account.senders.map(({ number, active }) => ({
    phoneNumber: number,
    status: active ? 'ACTIVE' : 'INACTIVE',
    expireAt: null,
    handleKey: `SED${number}`,
  }))
}
