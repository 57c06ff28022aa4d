import type { Page } from './page.ts'
import type { Store } from './store.ts'

const visitMs = 30 * 60_000
const fields = ['source', 'medium', 'campaign', 'term', 'content'] as const

type Origin = { readonly campaign?: { readonly [key: string]: string }; readonly referrer?: string }

/** The utm_* parameters of an address in Segment's names (`utm_campaign` is `name`); undefined when there are none. */
export function campaignOf(search: string): Origin['campaign'] {
  const given = new URLSearchParams(search)
  const found: Record<string, string> = {}
  for (const field of fields) {
    const value = given.get(`utm_${field}`)
    if (value) found[field === 'campaign' ? 'name' : field] = value
  }
  return Object.keys(found).length ? found : undefined
}

/**
 * Where this visit came from: the campaign and outside referrer of its landing page, carried for the whole visit
 * (until 30 minutes pass without an event). A new campaign link starts a new origin at once.
 */
export function visitOrigin(page: Page, kept: Store): Origin {
  const now = page.now()
  const here = page.where()
  const campaign = campaignOf(here.search)
  const outside =
    here.referrer && hostOf(here.referrer) !== hostOf(here.url) ? here.referrer : undefined
  const [at, text] = split(kept.get('visit'))
  const before: Origin = now - at < visitMs && text ? JSON.parse(text) : {}
  const origin: Origin = campaign
    ? { campaign, ...(outside && { referrer: outside }) }
    : { ...(outside && { referrer: outside }), ...before }
  kept.set('visit', `${now} ${JSON.stringify(origin)}`)
  return origin
}

function split(text: string | undefined): readonly [number, string] {
  const gap = text?.indexOf(' ') ?? -1
  return text && gap > 0 ? [Number(text.slice(0, gap)), text.slice(gap + 1)] : [0, '']
}

function hostOf(url: string): string {
  return url.split('/')[2] ?? ''
}
