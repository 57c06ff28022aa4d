/** A rule of law or of a channel that stands behind a refusal, as the marketer reads it. */
export type Rule = {
  readonly article: Words
  /** What it says, in a sentence. */
  readonly text: Words
  /** How Danggol holds to it, and where. */
  readonly kept: Words
  /** What could not be confirmed by reading the source itself; null where nothing is open. */
  readonly unconfirmed: Words | null
  /** Day the text was last read, `YYYY-MM-DD`. */
  readonly reviewed: string
}

type Words = { readonly ko: string; readonly en: string }

/** A sentence in both languages, Korean first. */
type Said = readonly [ko: string, en: string]

/** The day all of them were last read. */
const reviewed = '2026-11-22'

/** Writes a rule down. */
export function rule(said: {
  readonly article: Said
  readonly text: Said
  readonly kept: Said
  readonly unconfirmed?: Said
}): Rule {
  return {
    article: words(said.article),
    text: words(said.text),
    kept: words(said.kept),
    unconfirmed: said.unconfirmed ? words(said.unconfirmed) : null,
    reviewed,
  }
}

function words([ko, en]: Said): Words {
  return { ko, en }
}
