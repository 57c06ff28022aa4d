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
  const variance = Math.max(0, outlook.squares / outlook.people - mean * mean)
  return asked.shares.map((share) => {
    // The variance of the difference times people shared out evenly is four times that of one person, whatever the share.
    const people = Math.ceil(
      peopleNeededAnytime({ effect: mean * asked.lift, spread: 4 * variance, share }),
    )
    return { share, people, weeks: Math.ceil(people / pace) }
  })
}
