import type { Block } from './content.ts'
import { escapeHtml } from './template.ts'

const liquid = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/** Text that a marketer wrote, made safe for markup; its Liquid stays as it is. */
function written(text: string): string {
  let safe = ''
  let from = 0
  for (const match of text.matchAll(liquid)) {
    safe += escapeHtml(text.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return (safe + escapeHtml(text.slice(from))).replace(/\r?\n/g, '<br/>')
}

/**
 * Hides Liquid from tools that read markup: every tag becomes a word they leave alone. `shown` puts it back.
 */
export function hideLiquid(source: string): {
  readonly hidden: string
  readonly shown: (text: string) => string
} {
  const tags: string[] = []
  const hidden = source.replace(liquid, (tag) => `lqd${tags.push(tag) - 1}lqd`)
  return {
    hidden,
    shown: (text) => text.replace(/lqd(\d+)lqd/g, (_, at) => tags[Number(at)] ?? ''),
  }
}

/** The blocks as one MJML document with the shop's name on top and the composed footer. */
export function blocksMjml(
  blocks: readonly Block[],
  frame: { readonly preheader: string; readonly footer: string },
): string {
  const preview =
    frame.preheader === '' ? '' : `<mj-preview>${written(frame.preheader)}</mj-preview>`
  return `<mjml><mj-head>${preview}
<mj-style inline="inline">td, div { word-break: keep-all; overflow-wrap: anywhere }</mj-style><mj-attributes><mj-all font-family="Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"/><mj-text color="#111827" font-size="16px" line-height="1.6" padding="8px 0"/></mj-attributes>
</mj-head><mj-body background-color="#f3f4f6" width="600px">
<mj-section padding="24px 24px 8px"><mj-column><mj-text font-size="18px" font-weight="700" align="center">{{ shop.name }}</mj-text></mj-column></mj-section>
<mj-section background-color="#ffffff" padding="16px 24px 24px" border-radius="12px"><mj-column>
${blocks.map(blockMjml).join('\n')}
</mj-column></mj-section>
${frame.footer}
</mj-body></mjml>`
}

function blockMjml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<mj-text font-size="22px" font-weight="700" line-height="1.4">${written(block.text)}</mj-text>`
    case 'text':
      return `<mj-text>${written(block.text)}</mj-text>`
    case 'products':
      return productsMjml(block.list, block.limit)
    case 'button':
      return `<mj-button href="${written(block.url)}" background-color="#111827" color="#ffffff" border-radius="8px" font-size="16px" inner-padding="14px 28px" padding="16px 0">${written(block.label)}</mj-button>`
    case 'image':
      return `<mj-image src="${written(block.url)}" alt="${written(block.alt)}" padding="8px 0"${block.link ? ` href="${written(block.link)}"` : ''}/>`
    case 'divider':
      return '<mj-divider border-width="1px" border-color="#e5e7eb" padding="16px 0"/>'
  }
}

// Names, prices and addresses come from shoppers' events and the catalogue: values are escaped, addresses checked.
function productsMjml(list: string, limit: number): string {
  const url = '{{ item.url | web_url: shop.url }}'
  return `<mj-table padding="8px 0">{% for item in ${list} limit: ${limit} %}
<tr><td width="72" style="padding:8px 0">{% assign picture = item.image_url | web_url %}{% if picture != '' %}<img src="{{ picture }}" width="64" height="64" alt="" style="border-radius:8px;object-fit:cover"/>{% endif %}</td>
<td style="padding:8px 0 8px 8px;font-size:15px"><a href="${url}" style="color:#111827;text-decoration:none">{{ item.name | trunc_bytes: 80 }}</a><br/>
<span style="color:#6b7280">{% if item.price %}{{ item.price | money: shop.currency }}{% endif %}{% if item.quantity %} · {{ item.quantity }}개{% endif %}</span></td></tr>{% endfor %}</mj-table>`
}

/** A marketer's own MJML with the footer set before the end of its body; undefined when it has no body. */
export function framedMjml(mjml: string, footer: string): string | undefined {
  const end = mjml.lastIndexOf('</mj-body>')
  return end === -1 ? undefined : `${mjml.slice(0, end)}${footer}${mjml.slice(end)}`
}
