import { stopEverything, stopEvidence } from '../../consent/stop.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shop } from '../../shops/shop.ts'
import { askPage, type PageLanguage, readOptOutBody, sorryPage } from '../opt-out-page.ts'
import { type Choice, readChanges, refuseAll } from './choices.ts'
import { type Confirmed, confirmed } from './confirmed.service.ts'
import { type FindNeeds, type Found, find, reachedBy } from './find.service.ts'
import { html } from './html.driver.ts'
import {
  choicesHtml,
  confirmPage,
  latePage,
  momentOf,
  type Outcome,
  outcomePage,
  undoHtml,
} from './page.ts'
import { agree, ask, type RecordNeeds, refuse } from './record.service.ts'

type Needs = FindNeeds & RecordNeeds & { readonly publicUrl: string }

/** What a browser or a mail program posts. */
type Posted = {
  readonly contentType: string
  readonly body: string
  readonly evidence: Readonly<Record<string, string>>
}

const nothing: Outcome = { refused: [], granted: [], asked: [] }

/**
 * The page behind the link of every message: the way out with one button, the choices by channel below. No sign-in, no cookie, no
 * script. Whoever holds the link may refuse; what it grants is asked of the address itself first (docs/decisions/0015).
 */
export function choicePages(needs: Needs) {
  return {
    /** Shows it; showing changes nothing, whoever looks. */
    show: async (token: string, asked: string | undefined): Promise<Response> => {
      const end = await confirmed(needs, token)
      if (end) return showEnd(needs, end, languageOf(asked, end.shop))
      const found = await find(needs, token)
      const language = languageOf(asked, found?.shop)
      if (!found) return html(sorryPage('invalid', language), 404)
      const more = choicesHtml(found.shop, found.rows, language)
      const refused = refusedBefore(found, language)
      return html(askPage(found.shop, { ...found, refused, more }, language))
    },
    /** Does what was posted, and shows the result with sender and date. */
    take: async (token: string, posted: Posted): Promise<Response> => {
      const form = new URLSearchParams(posted.body.trim())
      const asked = form.get('language') ?? undefined
      try {
        const end = await confirmed(needs, token)
        if (end)
          return await takeEnd(needs, end, { form, posted, language: languageOf(asked, end.shop) })
        const found = await find(needs, token)
        const language = languageOf(asked, found?.shop)
        if (!found) return html(sorryPage('invalid', language), 404)
        const outcome = await outcomeOf(needs, found, { form, posted })
        if (!outcome) return html(sorryPage('invalid', language), 400)
        return done(needs, found, { outcome, language })
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'busy') throw error
        return html(sorryPage('busy', languageOf(asked, undefined)), 503, { 'retry-after': '30' })
      }
    },
  }
}

/** What a form asks for, done; undefined when it asks for nothing we know. */
async function outcomeOf(
  needs: Needs,
  found: Found,
  { form, posted }: { readonly form: URLSearchParams; readonly posted: Posted },
): Promise<Outcome | undefined> {
  const { contentType, body, evidence } = posted
  const wayOut = readOptOutBody(contentType, body)
  if (wayOut !== 'other') {
    const choice = { channel: found.channel, scope: 'ad_day' } as const
    const source = wayOut === 'one-click' ? 'one_click' : 'preference_centre'
    if (found.message !== 0) await refuse(needs, found, { choices: [choice], source, evidence })
    return { ...nothing, refused: [choice] }
  }
  if (form.get('save') !== 'yes') return undefined
  if (form.get('stop') === 'yes') return stopped(needs, found, evidence)
  if (form.get('undo') === 'yes') {
    const { wanted } = readChanges(found.rows, new Set(form.getAll('choice')))
    return { ...nothing, asked: found.message === 0 ? [] : await ask(needs, found, wanted) }
  }
  const changes =
    form.get('all') === 'no'
      ? refuseAll(found.rows)
      : readChanges(found.rows, new Set(form.getAll('choice')))
  if (found.message === 0) return nothing
  if (changes.refused.length > 0) {
    const source = 'preference_centre'
    await refuse(needs, found, { choices: changes.refused, source, evidence })
  }
  const asked = await ask(needs, found, changes.wanted)
  return { refused: changes.refused, granted: [], asked }
}

/** Everything at once, whatever stands now: it outlives what older files say later. */
async function stopped(needs: Needs, found: Found, evidence: Posted['evidence']): Promise<Outcome> {
  if (found.message === 0) return nothing
  const choices = stopEverything({
    addresses: new Set(found.addresses.map((one) => one.kind)),
    spoken: new Set((await needs.consent.of(found.shop.id, found.customer)).keys()),
  })
  const source = 'preference_centre'
  await refuse(needs, found, { choices, source, evidence: { ...evidence, ...stopEvidence } })
  return { ...nothing, refused: choices }
}

/** What the page says to who has refused already, so that it does not ask again. */
function refusedBefore(found: Found, language: PageLanguage) {
  if (found.refusedAt === null) return undefined
  const choice = { channel: found.channel, scope: 'ad_day' } as const
  return {
    at: momentOf(found.shop, found.refusedAt, language),
    undo: undoHtml(undoable(found, [choice]), language),
  }
}

/** Only what has an address to ask can be taken back on a page behind a link. */
function undoable(found: Found, refused: readonly Choice[]): readonly Choice[] {
  return refused.filter(({ channel }) => reachedBy(found.addresses, channel) !== undefined)
}

function done(
  { clock }: Needs,
  found: Found,
  { outcome, language }: { readonly outcome: Outcome; readonly language: PageLanguage },
): Response {
  const isTest = found.message === 0
  const undo = undoable(found, outcome.refused)
  return html(
    outcomePage(
      found.shop,
      { at: clock.now(), outcome, isTest, undoable: undo, canGoBack: true },
      language,
    ),
  )
}

function showEnd({ clock }: Needs, end: Confirmed, language: PageLanguage): Response {
  if (clock.now() > end.until) return html(latePage(language), 410)
  return html(confirmPage(end.shop, end.grants, language))
}

async function takeEnd(
  needs: Needs,
  end: Confirmed,
  given: {
    readonly form: URLSearchParams
    readonly posted: Posted
    readonly language: PageLanguage
  },
): Promise<Response> {
  const { form, posted, language } = given
  if (form.get('agree') !== 'yes') return html(sorryPage('invalid', language), 400)
  const now = needs.clock.now()
  if (now > end.until) return html(latePage(language), 410)
  await agree(needs, end, { language, evidence: posted.evidence })
  const outcome = { ...nothing, granted: end.grants }
  return html(
    outcomePage(
      end.shop,
      { at: now, outcome, isTest: false, undoable: [], canGoBack: false },
      language,
    ),
  )
}

function languageOf(asked: string | undefined, shop: Shop | undefined): PageLanguage {
  if (asked === 'ko' || asked === 'en') return asked
  return shop?.language ?? 'ko'
}
