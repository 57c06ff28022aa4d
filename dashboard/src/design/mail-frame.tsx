import { useState } from 'react'

type Props = { readonly html: string; readonly title: string; readonly least?: number }

// The mail decides nothing: no script, no form, no access to this page, and links open elsewhere.
const guard =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src http: https: data:; style-src \'unsafe-inline\' http: https:; font-src http: https: data:"><base target="_blank">'

/** A mail as its reader sees it, in a frame that can run nothing. */
export function MailFrame({ html, title, least = 480 }: Props) {
  const [height, setHeight] = useState(least)
  const guarded = html.includes('<head>')
    ? html.replace('<head>', `<head>${guard}`)
    : `${guard}${html}`
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
