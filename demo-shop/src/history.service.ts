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
 * Tells Danggol a year of history, in order of time. The messages have the same ids every time, so that a load that was
 * broken off continues by being repeated.
 */
export async function loadHistory(needs: Needs, past: readonly Past[]): Promise<number> {
  const { danggol, log, signal } = needs
  let told = 0
  let done = 0
  let percent = -1
  let texts: Message[] = []
  let chars = 0
  const flush = async () => {
    if (texts.length) await danggol.importHistory(texts)
    told += texts.length
    texts = []
    chars = 0
    const now = Math.floor((done / past.length) * 10) * 10
    if (now > percent) log(`demo history: ${now}% (${told.toLocaleString('en')} events)`)
    percent = now
  }
  for (const each of past) {
    if (signal.aborted) return told
    for (const message of tellPast(each, needs.seed, needs.shopUrl)) {
      texts.push(message)
      chars += JSON.stringify(message).length
    }
    done++
    if (texts.length >= batch.events || chars >= batch.chars) await flush()
  }
  await flush()
  return told
}
