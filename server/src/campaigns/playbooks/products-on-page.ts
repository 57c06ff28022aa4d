import type { OnsitePart } from '../../messages/onsite/content.ts'
import type { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import type { PageTrigger } from '../page/page-trigger.ts'
import { type journeyWeights, precedenceOf } from '../precedence.ts'
import { busyPages, onPage } from './page-parts.ts'
import { audienceOf } from './parts.ts'
import type { Language, Made } from './playbook.ts'

/** What a message that shows products says. */
export type PageWords = {
  readonly heading: string
  readonly text?: string
  /** On each card's button. */
  readonly look: string
}

/** What a message that shows products is: when it comes, to whom, what it recommends, and what it is measured by. */
type ProductsOnPage = {
  readonly id: keyof typeof journeyWeights
  readonly trigger: Pick<PageTrigger, 'when' | 'often'> & Partial<PageTrigger>
  /** The key of the segment that it is for. */
  readonly audience?: string
  readonly exits?: readonly string[]
  readonly form: 'slide' | 'sheet'
  readonly order?: 'random_person'
  readonly recommend: Recipe
  readonly goal?: { readonly metric?: 'orders'; readonly windowHours: number }
  readonly holdoutShare?: number
}

const refuse: { readonly [L in Language]: string } = { ko: '괜찮아요', en: 'No, thanks' }

/** The draft of a flow whose one message shows products on the page, never where people are busy, and counts orders. */
export function productsOnPage(
  { id, trigger, audience, exits = ['Order Completed'], recommend, ...of }: ProductsOnPage,
  { heading, text, look }: PageWords,
  { language, made }: { readonly language: Language; readonly made: Made },
): Flow {
  const { form, order, goal = { windowHours: 72 }, holdoutShare = 0.1 } = of
  const parts: readonly OnsitePart[] = [
    { kind: 'heading', id: 'p1', text: heading },
    ...(text === undefined ? [] : [{ kind: 'text', id: 'p2', text } as const]),
    {
      kind: 'cards',
      id: text === undefined ? 'p2' : 'p3',
      from: { kind: 'recommended' },
      limit: recommend.limit,
      label: look,
      why: false,
    },
  ]
  const rests = ['today', '7d'] as const
  return Flow.parse({
    trigger: { kind: 'page', never: busyPages, ...trigger },
    ...(audience === undefined ? {} : audienceOf(made, audience)),
    exits,
    steps: [
      onPage(made, 1, {
        ...{
          form,
          parts: [...parts],
          recommend,
          refuse: refuse[language],
          rests: [...rests],
          language,
        },
        ...(order ? { order } : {}),
      }),
    ],
    goal: { event: 'Order Completed', ...goal },
    holdoutShare,
    precedence: precedenceOf(id),
    nature: { purpose: 'advertising' },
  })
}
