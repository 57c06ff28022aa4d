/** The script under the name of its own content, as `/sdk.json` tells it. */
export type Pinned = { readonly path: string; readonly integrity: string }

/** The snippet that runs one version of the script only: a browser refuses any other. */
export function pinnedSnippet(publicUrl: string, key: string, { path, integrity }: Pinned): string {
  return [
    `<script async src="${publicUrl}${path}"`,
    `  integrity="${integrity}"`,
    `  crossorigin="anonymous" data-key="${key}"></script>`,
  ].join('\n')
}

/** What the shop's server signs member ids with, in each of its languages; the secret stays in its environment. */
export const signing = {
  node: [
    "import { createHmac } from 'node:crypto'",
    '',
    'const sign = (memberId) =>',
    "  createHmac('sha256', process.env.DANGGOL_IDENTITY_SECRET)",
    "    .update(String(memberId)).digest('hex')",
  ].join('\n'),
  php: [
    '<?php',
    'function danggol_sign($memberId) {',
    "  return hash_hmac('sha256', (string) $memberId, getenv('DANGGOL_IDENTITY_SECRET'));",
    '}',
  ].join('\n'),
  page: "danggol.identify('MEMBER_ID', {}, { userSignature: 'SIGNATURE' })",
} as const

/** What a shop pastes to be heard, for each way of pasting. The key is public. */
export function snippets(
  publicUrl: string,
  key: string,
): { readonly html: string; readonly gtm: string; readonly next: string } {
  return {
    html: `<script async src="${publicUrl}/sdk.js" data-key="${key}"></script>`,
    // Tag managers drop data attributes of script tags, so the tag is made by hand.
    gtm: [
      '<script>',
      '(function (d) {',
      "  var s = d.createElement('script')",
      '  s.async = true',
      `  s.src = '${publicUrl}/sdk.js'`,
      `  s.setAttribute('data-key', '${key}')`,
      '  d.head.appendChild(s)',
      '})(document)',
      '</script>',
    ].join('\n'),
    next: [
      "import Script from 'next/script'",
      '',
      '// app/layout.tsx',
      `<Script src="${publicUrl}/sdk.js" data-key="${key}" strategy="afterInteractive" />`,
    ].join('\n'),
  }
}
