import type { Clock } from '../../lib/clock.ts'
import { secondMs } from '../../lib/duration.ts'

/** A webhook of a played platform as it leaves. */
export type PlayedLetter = {
  /** null: nobody has written down where such webhooks go. */
  readonly url: string | null
  readonly topic: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How often it is posted while nobody takes it. */
  readonly tries: number
  /** What the receiver answered; 0: nobody did. */
  readonly heard?: (status: number) => void
}

export type PostedLetter = {
  readonly no: number
  readonly letter: PlayedLetter
  readonly leftAt: number
  readonly tried: number
  /** null: not answered yet, 0: it could not be reached. */
  readonly status: number | null
  /** UTC ms of the next try; null: there is none. */
  readonly nextAt: number | null
}

const kept = 40
/** Platforms wait minutes to hours; who tries one out does not want to. */
const firstRestMs = 2 * secondMs

/** Posts what a played platform tells, as the platform does: late is possible, lost too, and by hand once more. */
export function playedPost(needs: {
  readonly clock: Pick<Clock, 'now'>
  readonly take: () => readonly PlayedLetter[]
  readonly post: (url: string, init: RequestInit) => Promise<Response>
}) {
  const { clock } = needs
  let posted: readonly PostedLetter[] = []
  let made = 0

  const put = (letter: PlayedLetter): void => {
    const leftAt = clock.now()
    const nextAt = letter.url === null ? null : leftAt
    const fresh = { no: ++made, letter, leftAt, tried: 0, status: null, nextAt }
    posted = [fresh, ...posted].slice(0, kept)
  }

  async function attempt({ no, letter, tried }: PostedLetter): Promise<void> {
    const { url, headers, body } = letter
    const answer = await needs
      .post(url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      .catch(() => undefined)
    const status = answer?.status ?? 0
    letter.heard?.(status)
    const isTaken = status >= 200 && status < 300
    const nextAt =
      isTaken || tried + 1 >= letter.tries ? null : clock.now() + firstRestMs * 2 ** tried
    posted = posted.map((one) =>
      one.no === no ? { ...one, tried: tried + 1, status, nextAt } : one,
    )
  }

  return {
    /** Posts what is due. */
    turn: async (): Promise<void> => {
      for (const letter of needs.take()) put(letter)
      const now = clock.now()
      const due = posted.filter(({ nextAt }) => nextAt !== null && nextAt <= now)
      for (const one of [...due].reverse()) await attempt(one)
    },
    /** The newest first. */
    posted: (): readonly PostedLetter[] => posted,
    /** The same once more, as platforms do. */
    again: (no: number): void => {
      const one = posted.find((letter) => letter.no === no)
      if (one) put(one.letter)
    },
  }
}
export type PlayedPost = ReturnType<typeof playedPost>
