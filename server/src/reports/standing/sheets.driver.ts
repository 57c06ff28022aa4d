import { createSign } from 'node:crypto'
import { secondMs } from '../../lib/duration.ts'
import type { ServiceKey } from './standing.ts'

/** Where Google answers; a test has a server of its own. */
export type SheetsAddresses = { readonly token: string; readonly api: string }
export const googleAddresses: SheetsAddresses = {
  token: 'https://oauth2.googleapis.com/token',
  api: 'https://sheets.googleapis.com',
}

const scope = 'https://www.googleapis.com/auth/spreadsheets'
/** Rows of one update: some hundred kilobytes; Google recommends at most 2 MB a request. */
const rowsAtOnce = 2_000
const timeoutMs = 60 * secondMs

export type Sheet = { readonly spreadsheet: string; readonly sheet: string }

/** What Google refuses, by its code in problem.ts. */
export class SheetFault extends Error {
  readonly code: string
  readonly detail: string
  constructor(code: string, detail = '') {
    super(code)
    this.code = code
    this.detail = detail
  }
}

type Answer = { readonly status: number; readonly body: unknown }

/**
 * Replaces what stands in a tab of a Google sheet: a service account's signed assertion (RFC 7523) is changed for a token of an
 * hour, the tab's values are cleared, and rows are written as they are (RAW: nothing is run as a formula). Throws a
 * SheetFault: `key`, `not_shared`, `no_sheet`, `later`, or `google` with what it said.
 */
export async function writeSheet(
  to: Sheet & { readonly key: ServiceKey; readonly now: number; readonly at: SheetsAddresses },
  rows: readonly (readonly string[])[],
): Promise<void> {
  const token = await tokenOf(to)
  const values = `${to.at.api}/v4/spreadsheets/${to.spreadsheet}/values`
  // In A1 notation an apostrophe within quotes is doubled.
  const tab = `'${to.sheet.replaceAll("'", "''")}'`
  const ask = (method: 'POST' | 'PUT', url: string, body: object) =>
    asked(url, { method, token, body: JSON.stringify(body) })
  refuse(await ask('POST', `${values}/${encodeURIComponent(tab)}:clear`, {}))
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const range = `${tab}!A${from + 1}`
    const url = `${values}/${encodeURIComponent(range)}?valueInputOption=RAW`
    const part = rows.slice(from, from + rowsAtOnce)
    refuse(await ask('PUT', url, { range, majorDimension: 'ROWS', values: part }))
  }
}

async function tokenOf(to: {
  readonly key: ServiceKey
  readonly now: number
  readonly at: SheetsAddresses
}): Promise<string> {
  const issued = Math.floor(to.now / secondMs)
  const claims = {
    iss: to.key.client_email,
    scope,
    aud: to.at.token,
    iat: issued,
    exp: issued + 3_600,
  }
  const said = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${said}.${signature(said, to.key.private_key)}`,
  })
  const { status, body } = await asked(to.at.token, { method: 'POST', body: form.toString() })
  const token = (body as { readonly access_token?: unknown } | undefined)?.access_token
  if (status === 200 && typeof token === 'string') return token
  throw new SheetFault(status >= 500 || status === 429 ? 'later' : 'key')
}

function signature(text: string, privateKey: string): string {
  try {
    return createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')
  } catch {
    throw new SheetFault('key')
  }
}

async function asked(
  url: string,
  call: { readonly method: string; readonly token?: string; readonly body: string },
): Promise<Answer> {
  const answer = await fetch(url, {
    method: call.method,
    headers:
      call.token === undefined
        ? { 'content-type': 'application/x-www-form-urlencoded' }
        : { 'content-type': 'application/json', authorization: `Bearer ${call.token}` },
    body: call.body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => undefined)
  if (!answer) throw new SheetFault('later')
  return { status: answer.status, body: await answer.json().catch(() => undefined) }
}

function refuse({ status, body }: Answer): void {
  if (status >= 200 && status < 300) return
  if (status === 429 || status >= 500) throw new SheetFault('later')
  if (status === 401) throw new SheetFault('key')
  if (status === 403) throw new SheetFault('not_shared')
  if (status === 404) throw new SheetFault('no_sheet')
  const said = (body as { readonly error?: { readonly message?: unknown } } | undefined)?.error
  const words = typeof said?.message === 'string' ? said.message : `Google answered ${status}.`
  if (words.startsWith('Unable to parse range')) throw new SheetFault('no_sheet')
  throw new SheetFault('google', words)
}
