import { createVerify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SheetsAddresses } from './sheets.driver.ts'

/**
 * A server that answers as Google's token endpoint and Sheets API v4 say they do, for one service account and the sheets shared with
 * it: the assertion's signature, audience and life are checked, tokens end, unknown sheets and tabs are refused, values:clear and
 * values.update act on cells.
 */
export async function sheetsServer(account: {
  readonly email: string
  readonly publicKey: string
  readonly now: () => number
}) {
  const tabs = new Map<string, string[][]>()
  const state = { token: '', refuseNext: 0, sharedWith: account.email }
  const server = createServer(async (request, response) => {
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const wrong = (code: number, message: string) => say(code, { error: { code, message } })
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '', 'http://localhost')
    if (url.pathname === '/token') {
      const form = new URLSearchParams(body)
      const isRight = isAssertion(form.get('assertion') ?? '', { ...account, aud: at().token })
      if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer' || !isRight)
        return say(400, { error: 'invalid_grant' })
      state.token = `ya29.${account.now()}`
      return say(200, { access_token: state.token, expires_in: 3_599, token_type: 'Bearer' })
    }
    if (state.refuseNext-- > 0) return wrong(429, 'Quota exceeded')
    state.refuseNext = 0
    if (request.headers.authorization !== `Bearer ${state.token}`)
      return wrong(401, 'Request had invalid authentication credentials.')
    const [, spreadsheet, range, clears] =
      /^\/v4\/spreadsheets\/([\w-]+)\/values\/(.+?)(:clear)?$/.exec(
        decodeURIComponent(url.pathname),
      ) ?? []
    if (!spreadsheet || !range || ![...tabs.keys()].some((one) => one.startsWith(spreadsheet)))
      return wrong(404, 'Requested entity was not found.')
    if (state.sharedWith !== account.email) return wrong(403, 'The caller does not have permission')
    const [, tab = '', row = '1'] = /^'((?:[^']|'')+)'(?:!A(\d+))?$/.exec(range) ?? []
    const key = `${spreadsheet}/${tab.replaceAll("''", "'")}`
    const cells = tabs.get(key)
    if (!cells) return wrong(400, `Unable to parse range: ${range}`)
    if (clears) {
      cells.length = 0
      return say(200, { spreadsheetId: spreadsheet, clearedRange: range })
    }
    if (request.method !== 'PUT' || url.searchParams.get('valueInputOption') !== 'RAW')
      return wrong(400, "'valueInputOption' is required but not specified")
    const { values } = JSON.parse(body) as { readonly values: string[][] }
    values.forEach((line, index) => {
      cells[Number(row) - 1 + index] = line
    })
    return say(200, { spreadsheetId: spreadsheet, updatedRows: values.length })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const at = (): SheetsAddresses => ({ token: `${base}/token`, api: base })
  return {
    at: at(),
    state,
    /** Makes a tab of a sheet that is shared with the account, and answers its cells. */
    tab: (spreadsheet: string, name: string): string[][] => {
      const cells: string[][] = []
      tabs.set(`${spreadsheet}/${name}`, cells)
      return cells
    },
    close: (): void => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function isAssertion(
  text: string,
  want: {
    readonly email: string
    readonly publicKey: string
    readonly aud: string
    readonly now: () => number
  },
): boolean {
  const [head = '', claims = '', signed = ''] = text.split('.')
  const verify = createVerify('RSA-SHA256').update(`${head}.${claims}`)
  if (!verify.verify(want.publicKey, signed, 'base64url')) return false
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
    readonly iss: string
    readonly aud: string
    readonly exp: number
    readonly iat: number
    readonly scope: string
  }
  const seconds = want.now() / 1000
  const lives = said.iat <= seconds && said.exp > seconds && said.exp - said.iat <= 3_600
  return (
    said.iss === want.email && said.aud === want.aud && lives && said.scope.includes('spreadsheets')
  )
}
