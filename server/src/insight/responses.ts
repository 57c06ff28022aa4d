import { partiallyPooled, stratifiedDifference } from '../statistics/partial-pooling.ts'
import { type BuyerStage, buyerStages, leastGroup, type Response } from './messaging-report.ts'

/** People of one arm of a campaign who were alike, and those of them who ordered in time. */
export type Answered = {
  readonly campaign: number
  readonly version: number
  readonly step: number
  readonly channel: string
  readonly arm: 'treatment' | 'holdout'
  readonly stage: BuyerStage
  readonly people: number
  readonly answered: number
}

/** Responses by stage and way; the differences of one way are drawn towards each other. */
export function responsesOf(
  rows: readonly Answered[],
  wayOf: (row: Answered) => string,
): Response[] {
  const ways = [...Map.groupBy(rows, wayOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  return ways.flatMap(([way, own]) => {
    const stages = buyerStages.flatMap((stage) => {
      const here = own.filter((row) => row.stage === stage)
      return here.length === 0 ? [] : [{ stage, ...measured(here) }]
    })
    const known = stages.flatMap(({ stage, difference }) =>
      difference ? [{ stage, difference }] : [],
    )
    const pooled = partiallyPooled(known.map((one) => one.difference))
    return stages.map(({ stage, treatment, holdout, needsMore }) => {
      const at = known.findIndex((one) => one.stage === stage)
      return { stage, way, treatment, holdout, needsMore, difference: pooled[at] ?? null }
    })
  })
}

function measured(rows: readonly Answered[]) {
  const sum = (of: readonly Answered[], arm: Answered['arm']) =>
    of.reduce(
      (all, row) =>
        row.arm === arm
          ? { people: all.people + row.people, answered: all.answered + row.answered }
          : all,
      { people: 0, answered: 0 },
    )
  const [treatment, holdout] = [sum(rows, 'treatment'), sum(rows, 'holdout')]
  const needsMore = Math.max(0, leastGroup - Math.min(treatment.people, holdout.people))
  const pairs = [...Map.groupBy(rows, (row) => row.campaign).values()].map((own) => {
    const [sent, held] = [sum(own, 'treatment'), sum(own, 'holdout')]
    return {
      treatment: { people: sent.people, reached: sent.answered },
      holdout: { people: held.people, reached: held.answered },
    }
  })
  return {
    treatment,
    holdout,
    needsMore,
    difference: needsMore > 0 ? null : stratifiedDifference(pairs),
  }
}
