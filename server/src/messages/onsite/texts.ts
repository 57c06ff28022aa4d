import type { OnsiteContent, OnsitePart } from './content.ts'

/** Every text of a message that may hold Liquid, with the field it stands in. */
export function liquidTexts(
  content: OnsiteContent,
): readonly (readonly [field: string, text: string])[] {
  return [
    ...content.parts.flatMap((part, at) =>
      textsOf(part).map(([name, text]) => [`parts.${at}.${name}`, text] as const),
    ),
    ['refuse', content.refuse],
  ]
}

function textsOf(part: OnsitePart): readonly (readonly [name: string, text: string])[] {
  switch (part.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return [['text', part.text]]
    case 'image':
      return [
        ['image', part.image],
        ['alt', part.alt],
        ['link', part.link ?? ''],
      ]
    case 'button':
      return [
        ['label', part.label],
        ['url', part.url],
      ]
    case 'coupon':
      return [
        ['title', part.title],
        ['label', part.label],
        ['url', part.url ?? ''],
      ]
    case 'countdown':
      return [['label', part.label]]
    case 'cards':
      return [['label', part.label], ...cardTexts(part)]
    case 'form':
      return [
        ['label', part.label],
        ['thanks', part.thanks],
        ...part.fields.map(({ label }, at) => [`fields.${at}.label`, label] as const),
      ]
  }
}

function cardTexts({
  from,
}: Extract<OnsitePart, { kind: 'cards' }>): readonly (readonly [name: string, text: string])[] {
  if (from.kind !== 'written') return []
  return from.cards.flatMap(({ title, text, image, alt, url }, at) =>
    Object.entries({ title, text, image: image ?? '', alt, url }).map(
      ([name, value]) => [`from.cards.${at}.${name}`, value] as const,
    ),
  )
}

/** The first words of the message as they were written; '' where it begins with none. */
export function firstText({ parts }: OnsiteContent): string {
  for (const part of parts) {
    if (part.kind === 'heading' || part.kind === 'text') return part.text
    if (part.kind === 'coupon') return part.title
  }
  return ''
}
