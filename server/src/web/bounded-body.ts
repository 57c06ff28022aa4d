/** A request or an answer. */
type Sent = Pick<Request, 'headers' | 'body'>

/**
 * The body of a request or an answer, read no further than the limit; undefined when it is longer. A length that is told is believed where it is
 * too long already, and counted all the same: chunked bodies tell none.
 */
export async function boundedBytes(
  request: Sent,
  limitBytes: number,
): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limitBytes) return undefined
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** The same as text. */
export async function boundedBody(request: Sent, limitBytes: number): Promise<string | undefined> {
  const bytes = await boundedBytes(request, limitBytes)
  // A mark at the beginning is part of what was sent: what is signed is compared byte by byte.
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
