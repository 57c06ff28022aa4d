import type { OnsiteView } from '../../../../server/src/messages/onsite/view.ts'

/** Fills a document with a page of a shop in grey, on which no link leads anywhere. */
export function fakePage(page: Document): void {
  page.body.style.cssText = 'margin:0;background:#fff'
  page.addEventListener('click', (event) => event.preventDefault(), true)
  const block = (into: HTMLElement, look: string) => {
    const element = page.createElement('div')
    element.style.cssText = look
    return into.appendChild(element)
  }
  const grey = 'background:#eef0f2;border-radius:8px'
  block(page.body, `${grey};height:56px;border-radius:0`)
  const main = block(page.body, 'max-width:960px;margin:24px auto;padding:0 16px')
  block(main, `${grey};height:28px;width:55%`)
  block(main, `${grey};height:16px;width:80%;margin-top:16px`)
  block(main, '').id = 'spot'
  const shelf = block(
    main,
    'display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:16px;margin-top:24px',
  )
  for (let at = 0; at < 8; at++) block(shelf, `${grey};height:180px`)
}

/** Where in such a page the message stands. */
export function spotFor(page: Document, { form }: Pick<OnsiteView, 'form'>): HTMLElement {
  return (form === 'inline' ? page.querySelector<HTMLElement>('#spot') : null) ?? page.body
}
