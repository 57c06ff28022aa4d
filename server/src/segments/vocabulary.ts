import { z } from 'zod'

/** A property or trait that really arrived, how often lately, and its most frequent values as text. */
export const PathSeen = z
  .object({
    path: z.string(),
    type: z.enum(['text', 'number', 'boolean', 'date', 'list']),
    count: z.number(),
    examples: z.array(z.string()).readonly(),
  })
  .readonly()
export type PathSeen = z.infer<typeof PathSeen>

/** What conditions can be about: the names and paths that arrived lately, the frequent ones first. */
export const Vocabulary = z
  .object({
    events: z
      .array(
        z
          .object({ name: z.string(), count: z.number(), properties: z.array(PathSeen).readonly() })
          .readonly(),
      )
      .readonly(),
    traits: z.array(PathSeen).readonly(),
  })
  .readonly()
export type Vocabulary = z.infer<typeof Vocabulary>
