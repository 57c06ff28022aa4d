import { peopleNeededAnytime } from '../statistics/power.ts'

/** What history says of the people a campaign is for, and of what they do without it. */
export type Outlook = {
  /** People who would have entered in the last weeks, each once, and over how many days. */
  readonly entrants: number
  readonly entrantsDays: number
  /** Of those who would have entered so long ago that the goal's window is over: how many, and what each did. */
  readonly people: number
  /** Sum over them of what the campaign is judged by, and of its square. */
  readonly sum: number
  readonly squares: number
}

/** How long one share of hold-out has to run. */
export type Duration = {
  /** 0 to 1, exclusive. */
  readonly share: number
  /** People both groups need together. */
  readonly people: number
  readonly weeks: number
}

/** Fewer people than this say nothing of what happens without the campaign. */
export const leastPast = 50

/** Weeks beyond which a plan is no plan. */
export const longestWeeks = 260

/** People a week who would enter. */
export function entrantsAWeek({ entrants, entrantsDays }: Outlook): number {
  return entrantsDays > 0 ? (entrants * 7) / entrantsDays : 0
}

/**
 * How long each share of hold-out takes at the present pace until a true relative `lift` of what the campaign is judged by
 * is clear, however often one looks (statistics/power.ts). Empty where history is too thin to say. The last people also need the
 * goal's window, which comes on top.
 */
export function durationsOf(
  outlook: Outlook,
  asked: { readonly lift: number; readonly shares: readonly number[] },
): readonly Duration[] {
  const pace = entrantsAWeek(outlook)
  const mean = outlook.people > 0 ? outlook.sum / outlook.people : 0
  if (pace <= 0 || outlook.people < leastPast || mean <= 0) return []
  return peopleByShare({ mean, squares: outlook.squares / outlook.people }, asked).map((one) => ({
    ...one,
    weeks: Math.ceil(one.people / pace),
  }))
}

/** How long a campaign would have to run, and what that was worked out from. */
export type Plan = {
  readonly entrantsAWeek: number
  /** What people do without it, each: orders, or the share who buys. null: too few came before. */
  readonly base: number | null
  readonly pastPeople: number
  readonly lift: number
  readonly windowDays: number
  readonly durations: readonly Duration[]
  /** Where history is too thin for `durations`: the same under an assumption; null else. */
  readonly assumed: Assumed | null
}

/** What is assumed of the people who enter where history does not say what they do. */
export type Assumed = {
  /** The share of them who buy within the window, 0 to 1. */
  readonly buyers: number
  /** What one who buys does in the window, as the shop's buyers did so far: orders, or 1. */
  readonly each: number
  readonly durations: readonly {
    readonly share: number
    readonly people: number
    /** null: nobody came of late. */
    readonly weeks: number | null
  }[]
}

/** Of a hundred members five buy: between what small shops and good campaigns see. */
export const assumedBuyers = 0.05

/**
 * The plan where history holds orders, but not the people who came and did not order: what if five in a hundred of those
 * who enter buy, and each who does orders as often as the shop's buyers did in their first window? An assumption, said as one.
 */
export function assumedOf(
  outlook: Outlook,
  past: { readonly people: number; readonly sum: number; readonly squares: number },
  asked: { readonly lift: number; readonly shares: readonly number[] },
): Assumed {
  const pace = entrantsAWeek(outlook)
  const isKnown = past.people >= leastPast
  const each = isKnown ? past.sum / past.people : 1
  const eachSquared = isKnown ? past.squares / past.people : 1
  const one = { mean: assumedBuyers * each, squares: assumedBuyers * eachSquared }
  const durations = peopleByShare(one, asked).map(({ share, people }) => ({
    ...{ share, people },
    weeks: pace > 0 ? Math.ceil(people / pace) : null,
  }))
  return { buyers: assumedBuyers, each, durations }
}

/** People both groups need, by share; of the mean of one person, and the mean of its square. */
function peopleByShare(
  { mean, squares }: { readonly mean: number; readonly squares: number },
  { lift, shares }: { readonly lift: number; readonly shares: readonly number[] },
) {
  const variance = Math.max(0, squares - mean * mean)
  // The variance of the difference times people shared out evenly is four times that of one person, whatever the share.
  return shares.map((share) => ({
    share,
    people: Math.ceil(peopleNeededAnytime({ effect: mean * lift, spread: 4 * variance, share })),
  }))
}
