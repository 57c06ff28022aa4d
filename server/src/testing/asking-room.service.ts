import type { Tx } from '../database/connection.store.ts'
import type { LineRoom } from '../events/turn.ts'
import type { MessageIntent, MessageOutcome } from '../messages/intent.ts'
import type { Messages } from '../messages/messages.service.ts'

/** A room on the line that asks the one door for what a test wants, in the turn of the person it is about. */
export function asking(
  room: Messages,
  desk: { wanted: MessageIntent[]; outcomes: MessageOutcome[] },
): LineRoom<Tx> {
  return {
    name: 'asking',
    open: async (_, turn) => ({
      nextDue: () => Number.POSITIVE_INFINITY,
      fire: () => {},
      apply: () => {},
      discard: () => {},
      close: async (tx) => {
        const mine = desk.wanted.filter((intent) => turn.people.has(intent.customer))
        desk.wanted = desk.wanted.filter((intent) => !mine.includes(intent))
        desk.outcomes.push(...(await room.decideAll(tx, turn, mine)))
      },
    }),
  }
}
