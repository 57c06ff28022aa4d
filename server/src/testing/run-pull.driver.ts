import { cafe24Platform } from '../connect/cafe24/cafe24.provider.ts'
import { absorbing } from '../connect/platform/absorb.service.ts'
import { platformCalls } from '../connect/platform/call.driver.ts'
import { pulling } from '../connect/platform/pull.service.ts'
import { sessions } from '../connect/platform/sessions.service.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { accept } from '../events/accept.service.ts'
import { manualClock } from '../lib/clock.ts'
import { vault as vaultOf } from '../vault/vault.service.ts'

/**
 * Brings a Cafe24 mall in a process of its own that ends itself, as `kill -9` would, at the nth answer of the mall or in the nth
 * transaction, after its rows and before its commit: `DATABASE_URL MALL_URL NOW_MS answer|commit N`.
 */
const [databaseUrl = '', testServer = '', nowMs = '', at = '', count = ''] = process.argv.slice(2)
const left = {
  answer: Number.POSITIVE_INFINITY,
  commit: Number.POSITIVE_INFINITY,
  [at]: Number(count),
}
const passed = (what: 'answer' | 'commit') => {
  left[what]--
  if (left[what] <= 0) process.kill(process.pid, 'SIGKILL')
}

const db = connectDatabase(databaseUrl, { max: 3 })
const clock = manualClock(Number(nowMs))
const vault = vaultOf(new Uint8Array(32).fill(7))
const platform = cafe24Platform({ testServer })
const platforms = () => platform
const calls = platformCalls({
  clock,
  wait: async (ms) => void clock.advance(ms),
  fetch: async (...asked) => {
    const answer = await fetch(...asked)
    passed('answer')
    return answer
  },
})
const door = accept({ db, clock })
const session = sessions({ db, clock, vault, calls, platforms })
const absorb = absorbing({
  ...{ db, clock, vault },
  accept: {
    appendInTransaction: async (...told) => {
      const appended = await door.appendInTransaction(...told)
      passed('commit')
      return appended
    },
  },
})
const { turn } = pulling({ db, clock, absorb, sessions: session, accept: door, platforms })
while (await turn());
await db.end()
