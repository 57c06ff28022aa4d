import { useState } from 'react'

type Props = {
  readonly html: string
  readonly title: string
  readonly least?: number
  /** As a reader sees it whose mail program is light or dark; as this machine is set unless said. */
  readonly scheme?: 'light' | 'dark'
}

// The mail decides nothing: no script, no form, no access to this page, and links open elsewhere.
const guard =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src http: https: data:; style-src \'unsafe-inline\' http: https:; font-src http: https: data:"><base target="_blank">'

/** A mail as its reader sees it, in a frame that can run nothing. */
export function MailFrame({ html, title, least = 480, scheme }: Props) {
  const [height, setHeight] = useState(least)
  const shown = inScheme(html, scheme)
  const guarded = shown.includes('<head>')
    ? shown.replace('<head>', `<head>${guard}`)
    : `${guard}${shown}`
  return (
    <iframe
      title={title}
      sandbox="allow-same-origin allow-popups"
      srcDoc={guarded}
      height={height}
      onLoad={(event) => {
        const inside = event.currentTarget.contentDocument?.documentElement
        if (inside) setHeight(Math.max(least, Math.min(2_400, inside.scrollHeight)))
      }}
    />
  )
}

// A frame takes the scheme of the machine; another one is shown by making its media query always or never true.
function inScheme(html: string, scheme: Props['scheme']): string {
  if (!scheme) return html
  return html.replaceAll(
    '(prefers-color-scheme: dark)',
    scheme === 'dark' ? '(min-width: 0)' : '(max-width: 0)',
  )
}
