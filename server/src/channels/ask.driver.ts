export type Asked = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/**
 * What came of asking a provider's server.
 * - answered  it said something; `body` is cut at the limit
 * - unsent    the request certainly did not reach it
 * - lost      nobody knows: it may have been acted upon
 */
export type AskResult =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: Headers
      readonly body: string
    }
  | { readonly kind: 'unsent'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }

/** Longest a whole call may take, whatever trickles in. */
const askMs = 30_000
const usualPatience = () => AbortSignal.timeout(askMs)
const answerBytes = 4 * 1024 * 1024

// No connection was made, or the other side could not prove who it is: nothing of the request has left.
const neverLeft =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** Asks a provider over HTTP, bounded in time and in the size of the answer. Redirects are answers, not orders. */
export async function ask(request: Asked, patience = usualPatience): Promise<AskResult> {
  const { url, method, headers, body } = request
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: patience(),
      ...(body === undefined ? {} : { body }),
    })
    return {
      kind: 'answered',
      status: response.status,
      headers: response.headers,
      body: await boundedText(response),
    }
  } catch (error) {
    return { kind: neverReached(error) ? 'unsent' : 'lost', why: wordsOf(error) }
  }
}

/** Whether a failed call certainly never reached the other side; anything else may have been acted upon. */
export function neverReached(error: unknown): boolean {
  return codesOf(error).some((code) => neverLeft.test(code))
}

async function boundedText(response: Response): Promise<string> {
  if (!response.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > answerBytes) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Codes of an error and of what caused it; a name with several addresses fails with one for each. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : []
  const code = 'code' in error ? [String(error.code)] : []
  return [...code, ...inner, ...codesOf(error.cause)]
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
