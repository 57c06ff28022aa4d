import { escapeHtml } from '../lib/html.ts'
import { type Brand, cornerOf } from './brand.ts'
import type { Block, ColumnBlock } from './content.ts'
import { socialName } from './look.ts'
import { paletteOf } from './palette.ts'

/** A Liquid tag or output. */
export const liquid = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/** Text that a marketer wrote, made safe for markup; its Liquid stays as it is. */
export function written(text: string): string {
  let safe = ''
  let from = 0
  for (const match of text.matchAll(liquid)) {
    safe += escapeHtml(text.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return (safe + escapeHtml(text.slice(from))).replace(/\r?\n/g, '<br/>')
}

const heights = { small: 8, medium: 24, large: 48 } as const

/** One block as what stands in a column; two columns are laid out by `layout.ts`. */
export function blockMjml(block: Exclude<Block, { kind: 'columns' }>, brand: Brand): string {
  switch (block.kind) {
    case 'heading':
      return `<mj-text css-class="d-text" font-size="22px" font-weight="700" line-height="1.4">${written(block.text)}</mj-text>`
    case 'text':
      return `<mj-text css-class="d-text">${written(block.text)}</mj-text>`
    case 'note':
      return `<mj-text css-class="d-faint" font-size="13px" color="${day(brand).faint}">${written(block.text)}</mj-text>`
    case 'products':
      return block.layout === 'grid' ? gridMjml(block, brand) : rowsMjml(block, brand)
    case 'button':
      return buttonMjml(block, brand)
    case 'image':
      return `<mj-image src="${written(block.url)}" alt="${written(block.alt)}" padding="8px 0"${block.link ? ` href="${written(block.link)}"` : ''}/>`
    case 'divider':
      return `<mj-divider css-class="d-line" border-width="1px" border-color="${day(brand).line}" padding="16px 0"/>`
    case 'space':
      return `<mj-spacer height="${heights[block.size]}px"/>`
    case 'coupon':
      return couponMjml(block, brand)
    case 'social':
      return socialMjml(brand)
  }
}

/** The blocks of one column. */
export function columnMjml(blocks: readonly ColumnBlock[], brand: Brand): string {
  return blocks.map((block) => blockMjml(block, brand)).join('\n')
}

const radius = (brand: Brand, size: number) => `${cornerOf(brand, size)}px`
const day = (brand: Brand) => paletteOf(brand, 'light')

function buttonMjml(block: Extract<Block, { kind: 'button' }>, brand: Brand): string {
  const { background, border, text } = day(brand).button
  return `<mj-button css-class="d-button" href="${written(block.url)}" background-color="${background}" border="2px solid ${border}" color="${text}" border-radius="${radius(brand, 1)}" font-size="16px" inner-padding="12px 26px" padding="16px 0">${written(block.label)}</mj-button>`
}

type Products = Extract<Block, { kind: 'products' }>

// Names, prices and addresses come from shoppers' events and the catalogue: values are escaped, addresses checked.
const urlOf = (item: string) => `{{ ${item}.url | web_url: shop.url }}`
// On sale the price of today stands before the usual one; what is recommended says in a few words why.
const priceOf = (item: string) =>
  `{% if ${item}.sale_price %}{{ ${item}.sale_price | money: shop.currency }} <s>{{ ${item}.price | money: shop.currency }}</s>{% elsif ${item}.price %}{{ ${item}.price | money: shop.currency }}{% endif %}`
const lineOf = (item: string) => `{% if ${item}.line %}<br/>{{ ${item}.line }}{% endif %}`
const ifPicture = (item: string) =>
  `{% assign picture = ${item}.image_url | web_url %}{% if picture != '' %}`

function rowsMjml({ list, limit }: Products, brand: Brand): string {
  const { text, faint } = day(brand)
  return `<mj-table css-class="d-text" padding="8px 0">{% for item in ${list} limit: ${limit} %}
<tr><td width="72" style="padding:8px 0">${ifPicture('item')}<img src="{{ picture }}" width="64" height="64" alt="" style="border-radius:8px;object-fit:cover"/>{% endif %}</td>
<td style="padding:8px 0 8px 8px;font-size:15px"><a href="${urlOf('item')}" style="color:${text};text-decoration:none">{{ item.name | trunc_bytes: 80 }}</a><br/>
<span class="d-faint" style="color:${faint}">${priceOf('item')}{% if item.quantity %}{% if item.price or item.sale_price %} · {% endif %}{{ item.quantity }}개{% endif %}${lineOf('item')}</span></td></tr>{% endfor %}</mj-table>`
}

// Two a row, an odd last one alone on the left. Every second turn of the loop writes a whole row: half a row in an `if`
// is mended by tools that read markup, and then it is wrong.
function gridMjml({ list, limit }: Products, brand: Brand): string {
  const { text, faint } = day(brand)
  const cell = (
    item: string,
  ) => `${ifPicture(item)}<a href="${urlOf(item)}"><img src="{{ picture }}" width="240" alt="" style="width:100%;height:auto;border-radius:${radius(brand, 1)}"/></a><br/>{% endif %}
<a href="${urlOf(item)}" style="color:${text};text-decoration:none">{{ ${item}.name | trunc_bytes: 60 }}</a><br/>
<span class="d-faint" style="color:${faint}">${priceOf(item)}</span>`
  const style = 'padding:8px;font-size:15px;vertical-align:top'
  return `<mj-table css-class="d-text" padding="8px 0">{% for item in ${list} limit: ${limit} %}{% assign side = forloop.index0 | modulo: 2 %}{% if side == 0 %}{% assign other = ${list}[forloop.index] %}
<tr><td width="50%" style="${style}">${cell('item')}</td><td width="50%" style="${style}">{% if other and forloop.index < ${limit} %}${cell('other')}{% endif %}</td></tr>{% endif %}{% endfor %}</mj-table>`
}

/** The code large and easy to copy; the sentence instead of it where this person has none. */
function couponMjml(block: Extract<Block, { kind: 'coupon' }>, brand: Brand): string {
  const { faint } = day(brand)
  const until =
    block.until === ''
      ? ''
      : `<div class="d-faint" style="color:${faint};font-size:13px;padding-top:6px">${written(block.until)}</div>`
  const box = `border:2px dashed ${brand.color};border-radius:${radius(brand, 1.25)};padding:18px 16px;text-align:center`
  return `<mj-table css-class="d-text" padding="12px 0"><tr><td class="d-coupon" style="${box}">{% capture coupon_code %}${written(block.code)}{% endcapture %}{% assign coupon_code = coupon_code | strip %}{% if coupon_code != '' %}<div style="font-size:15px">${written(block.title)}</div>
<div style="font-size:26px;font-weight:700;letter-spacing:2px;padding-top:4px">${written(block.code)}</div>${until}{% else %}<div style="font-size:15px">${written(block.otherwise)}</div>{% endif %}</td></tr></mj-table>`
}

function socialMjml(brand: Brand): string {
  const { faint } = day(brand)
  const links = brand.social.map(
    ({ kind, url }) =>
      `<a href="${escapeHtml(url)}" style="color:${faint};text-decoration:underline">${socialName[kind]}</a>`,
  )
  if (links.length === 0) return ''
  return `<mj-text css-class="d-faint" align="center" font-size="13px" color="${faint}">${links.join(' &#160;·&#160; ')}</mj-text>`
}
