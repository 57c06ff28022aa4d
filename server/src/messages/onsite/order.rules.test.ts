import { expect, test } from 'vitest'
import { CompiledOnsite } from './content.ts'
import { drawOnsite, orderSeed, parseOnsite } from './draw.ts'

// Who sees which card first is chance, and of a person the same chance every time.

const titles = ['A', 'B', 'C', 'D', 'E']
const parsed = parseOnsite(
  CompiledOnsite.parse({
    channel: 'onsite',
    format: 1,
    nature: { purpose: 'advertising' },
    content: {
      channel: 'onsite',
      form: 'slide',
      order: 'random_person',
      parts: [
        {
          kind: 'cards',
          id: 'p1',
          from: {
            kind: 'written',
            cards: titles.map((title) => ({ title, url: `/p/${title}` })),
          },
        },
      ],
    },
    brand: { color: '#000000', background: '#ffffff', corners: 'round', font: 'sans' },
  }),
)

function seenBy(person: number, visit: number): readonly string[] {
  const seed = orderSeed('random_person', {
    campaign: 7,
    version: 1,
    assignmentKey: `d${person}`,
    visit,
    view: `v${visit}`,
  })
  if (!parsed) return []
  const shop = {
    name: '온샵',
    url: 'https://shop.example',
    currency: 'KRW',
    timeZone: 'Asia/Seoul',
    sender: {},
    settings: {},
  } as unknown as Parameters<typeof drawOnsite>[1]['shop']
  const draft = { context: {}, customer: { name: null }, shop, at: 0, unsubscribeUrl: shop.url }
  const drawn = drawOnsite(parsed, { ...draft, linkTo: (url) => url }, seed)
  const part = drawn.kind === 'ok' ? drawn.view.parts[0] : undefined
  return part?.kind === 'cards' ? part.cards.map(({ title }) => title) : []
}

test('each of five cards stands at each place for a fifth of 6,000 people', () => {
  const people = 6_000
  const counts = new Map<string, number>()
  for (let person = 0; person < people; person++)
    for (const [place, title] of seenBy(person, 1).entries())
      counts.set(`${title}${place}`, (counts.get(`${title}${place}`) ?? 0) + 1)
  const expected = people / titles.length
  let chi = 0
  for (const title of titles)
    for (const place of titles.keys())
      chi += ((counts.get(`${title}${place}`) ?? 0) - expected) ** 2 / expected
  // Of permutations four fifths of it have sixteen degrees of freedom: 39.25 is passed by chance once in a thousand.
  expect((chi * 4) / 5).toBeLessThan(39.25)
})

test('a person sees the same order at every visit', () => {
  for (let person = 0; person < 50; person++) {
    expect(seenBy(person, 2)).toEqual(seenBy(person, 1))
    expect([...seenBy(person, 1)].sort()).toEqual(titles)
  }
})
