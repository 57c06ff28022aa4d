import { blockMjml, columnMjml, liquid, written } from './block-mjml.ts'
import { type Brand, cornerOf } from './brand.ts'
import type { Block } from './content.ts'
import { fontStack } from './look.ts'
import { paletteOf } from './palette.ts'

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

/** The blocks as one MJML document with the shop's mark on top and the composed footer. */
export function blocksMjml(
  blocks: readonly Block[],
  frame: { readonly preheader: string; readonly footer: string; readonly brand: Brand },
): string {
  const { brand } = frame
  const preview =
    frame.preheader === '' ? '' : `<mj-preview>${written(frame.preheader)}</mj-preview>`
  const corner = cornerOf(brand, 1.5)
  const round = corner > 0 ? ` border-radius="${corner}px"` : ''
  const { background, text } = paletteOf(brand, 'light')
  return `<mjml lang="ko"><mj-head>${preview}
<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
<mj-style>${darkStyle(brand)}</mj-style>
<mj-style inline="inline">td, div { word-break: keep-all; overflow-wrap: anywhere }</mj-style><mj-attributes><mj-all font-family="${fontStack[brand.font]}"/><mj-text color="${text}" font-size="16px" line-height="1.6" padding="8px 0"/><mj-table color="${text}"/></mj-attributes>
</mj-head><mj-body css-class="d-page" background-color="#f3f4f6" width="600px">
<mj-section padding="24px 24px 8px"><mj-column>${headMjml(brand)}</mj-column></mj-section>
<mj-wrapper css-class="d-card" background-color="${background}" padding="16px 24px 24px"${round}>
${sectionsMjml(blocks, brand)}
</mj-wrapper>
${frame.footer}
</mj-body></mjml>`
}

function headMjml(brand: Brand): string {
  if (brand.logo === '') {
    return '<mj-text css-class="d-text" color="#111827" font-size="18px" font-weight="700" align="center">{{ shop.name }}</mj-text>'
  }
  return `<mj-image css-class="d-logo" src="${written(brand.logo)}" alt="{{ shop.name }}" href="{{ link.shop }}" width="${brand.logoWidth}px" padding="0"/>`
}

/** Blocks one below the other share a section; two columns are a section of their own. */
function sectionsMjml(blocks: readonly Block[], brand: Brand): string {
  const sections: string[] = []
  let run: string[] = []
  const close = () => {
    if (run.length > 0) {
      sections.push(
        `<mj-section padding="0"><mj-column>\n${run.join('\n')}\n</mj-column></mj-section>`,
      )
    }
    run = []
  }
  for (const block of blocks) {
    if (block.kind !== 'columns') {
      run.push(blockMjml(block, brand))
      continue
    }
    close()
    const column = (side: typeof block.left, padding: string) =>
      `<mj-column padding="${padding}">\n${columnMjml(side, brand)}\n</mj-column>`
    sections.push(
      `<mj-section padding="0">${column(block.left, '0 8px 0 0')}${column(block.right, '0 0 0 8px')}</mj-section>`,
    )
  }
  close()
  return sections.join('\n')
}

/**
 * The same mail for readers who prefer the dark. Apple Mail and Thunderbird follow the media query, Outlook on the web marks
 * the page (`data-ogsc`); Gmail makes its own dark colours and reads neither.
 */
function darkStyle(brand: Brand): string {
  // A logo drawn for white paper keeps a piece of it.
  const { background, text, faint, line, color, button } = paletteOf(brand, 'dark')
  const rules = (root: string) => `
${root} .d-page, ${root} .d-page > div { background-color: #111827 !important; }
${root} .d-card, ${root} .d-card > table, ${root} .d-card > table > tbody > tr > td { background-color: ${background} !important; }
${root} .d-text, ${root} .d-text div, ${root} .d-text td, ${root} .d-text table, ${root} .d-text a { color: ${text} !important; }
${root} .d-faint, ${root} .d-faint div, ${root} .d-faint a, ${root} .d-text .d-faint { color: ${faint} !important; }
${root} .d-foot div, ${root} .d-foot a { color: #9ca3af !important; }
${root} .d-line p { border-top-color: ${line} !important; }
${root} .d-coupon { border-color: ${color} !important; }
${root} .d-logo img { background-color: #ffffff; border-radius: 8px; }
${root} .d-button td, ${root} .d-button a { background-color: ${button.background} !important; background: ${button.background} !important; border-color: ${button.border} !important; color: ${button.text} !important; }`
  return `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {${rules('')} }
${rules('[data-ogsc]')}`
}

/** A marketer's own MJML with the footer set before the end of its body; undefined when it has no body. */
export function framedMjml(mjml: string, footer: string): string | undefined {
  const end = mjml.lastIndexOf('</mj-body>')
  return end === -1 ? undefined : `${mjml.slice(0, end)}${footer}${mjml.slice(end)}`
}
