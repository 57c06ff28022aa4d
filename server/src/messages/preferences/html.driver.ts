const htmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

/** An HTML answer of ours. */
export const html = (text: string, status = 200, more: Readonly<Record<string, string>> = {}) =>
  new Response(text, { status, headers: { ...htmlHeaders, ...more } })
