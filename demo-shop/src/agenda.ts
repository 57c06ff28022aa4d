import type { Message } from './danggol.provider.ts'

/** Something that will be done at a time (UTC ms), and what is to be told of it then. */
export type Planned = {
  readonly at: number
  readonly run: (now: number) => readonly Message[] | Promise<readonly Message[]>
}

/** What is going to happen. Beyond `limit` things nothing more is planned. */
export function agenda(limit: number) {
  let planned: readonly Planned[] = []
  return {
    plan: (...more: readonly Planned[]) => {
      planned = [...planned, ...more].slice(0, limit)
    },
    /** Does what is due, in order of time. */
    runDue: async (now: number): Promise<readonly Message[]> => {
      const due = planned.filter((each) => each.at <= now).sort((a, b) => a.at - b.at)
      planned = planned.filter((each) => each.at > now)
      const messages: Message[] = []
      for (const each of due) messages.push(...(await each.run(now)))
      return messages
    },
  }
}
