import type { Said } from './backtest.ts'

/** Why a backtest came to no end, by code. */
const backtestProblems = {
  memory: {
    ko: '살펴볼 기록이 너무 많아서 메모리가 모자랐어요. 기간을 줄여서 다시 해 주세요.',
    en: 'There was too much history for the memory it is given. Try a shorter period.',
  },
  ended: {
    ko: '돌려보던 작업이 갑자기 끝났어요. 서버는 괜찮아요. 잠시 뒤에 다시 해 주세요.',
    en: 'The thread that ran it ended suddenly; the server is fine. Try again in a while.',
  },
  unread: {
    ko: '기록을 읽지 못해서 끝까지 돌려보지 못했어요. 잠시 뒤에 다시 해 주세요.',
    en: 'History could not be read, so it did not come to its end. Try again in a while.',
  },
} as const satisfies { readonly [code: string]: Said }
type Problem = keyof typeof backtestProblems

/** Which of them an error is; `unread` where nothing else is known. */
export function problemOf(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'memory'
  return error instanceof Error && error.message.startsWith('the thread ended') ? 'ended' : 'unread'
}

/** The sentence of a code that was kept. */
export function problemSaid(code: string): Said & { readonly code: string } {
  const known: { readonly [code: string]: Said } = backtestProblems
  return { code, ...(known[code] ?? backtestProblems.unread) }
}
