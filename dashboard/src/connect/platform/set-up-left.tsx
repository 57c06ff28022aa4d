import type { Connection } from '../../api/connections.ts'
import { useWords } from '../../app/language.ts'
import { Code } from '../../design/states.tsx'
import style from '../../settings/settings.module.css'
import { platformWords } from './platform-words.ts'
import { waysWords } from './ways-words.ts'

/** The lines that the shop pastes as a custom pixel. */
const pixelLines = (url: string): string =>
  [
    'window.danggolPixel = { analytics, init };',
    "const script = document.createElement('script');",
    `script.src = '${url}';`,
    'document.head.append(script);',
  ].join('\n')

/** What is left to be done at the platform by hand, now that it is connected. */
export function SetUpLeft({ connection }: { readonly connection: Connection }) {
  const said = useWords(platformWords)
  const ways = useWords(waysWords)
  const { kind, webhookUrl, pixelUrl } = connection
  if (kind === 'woocommerce') return <p className={style.note}>{ways.wooHooks}</p>
  return (
    <>
      {kind === 'shopify' && pixelUrl && (
        <div>
          <p className={style.note}>{ways.pixel}</p>
          <Code text={pixelLines(pixelUrl)} />
        </div>
      )}
      {webhookUrl && (
        <div>
          <p className={style.note}>{kind === 'shopify' ? ways.privacy : said.webhook}</p>
          <Code text={webhookUrl} />
        </div>
      )}
    </>
  )
}
