import type { DanggolApi, Message } from './danggol.provider.ts'
import type { Past } from './generator.ts'
import { tellPast } from './telling.ts'

const batch = { events: 1_000, chars: 400_000 }

type Needs = {
  readonly danggol: DanggolApi
  readonly shopUrl: string
  readonly log: (line: string) => void
  readonly signal: AbortSignal
  /** Makes the messages' ids. */
  readonly seed: string
}

/**
 * Tells Danggol a year of history, in order of time: what people did on the pages as events that come late, so that visits are
 * seen in them; members and refunds as an import out of the shop's books. The messages have the same ids every time, so that
 * a load that was broken off continues by being repeated.
 */
export async function loadHistory(needs: Needs, past: readonly Past[]): Promise<number> {
  const { danggol, log, signal } = needs
  let told = 0
  let done = 0
  let percent = -1
  let acts: Message[] = []
  let books: Message[] = []
  let chars = 0
  const flush = async () => {
    // A refund must not come before its order.
    if (acts.length) await danggol.tellLate(acts)
    if (books.length) await danggol.importHistory(books)
    told += acts.length + books.length
    acts = []
    books = []
    chars = 0
    const now = Math.floor((done / past.length) * 10) * 10
    if (now > percent) log(`demo history: ${now}% (${told.toLocaleString('en')} events)`)
    percent = now
  }
  for (const each of past) {
    if (signal.aborted) return told
    for (const message of tellPast(each, needs.seed, needs.shopUrl)) {
      if (each.kind === 'act') acts.push(message)
      else books.push(message)
      chars += JSON.stringify(message).length
    }
    done++
    if (acts.length + books.length >= batch.events || chars >= batch.chars) await flush()
  }
  await flush()
  return told
}
