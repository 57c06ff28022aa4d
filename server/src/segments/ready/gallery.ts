import { journeySegments } from './journey.ts'
import type { ReadySegment } from './ready.ts'
import { usualSegments } from './usual.ts'

/** Every ready segment, the journey first. A new one is a few lines in one of the two lists. */
export const readySegments: readonly ReadySegment[] = [...journeySegments, ...usualSegments]

/** The ids, as the routes accept them. */
export const readyIds = readySegments.map(({ id }) => id) as [string, ...string[]]
