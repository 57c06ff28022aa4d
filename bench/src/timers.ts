import { setTimeout as wait } from 'node:timers/promises'
import { connectDatabase, type Database } from '../../server/src/database/connection.store.ts'
import { runningEngines } from '../../server/src/engines/engines.service.ts'
import { stranger, writeKnown } from '../../server/src/facts/person.ts'
import { type Api, apiClient } from './api.ts'
import { type Line, rounded } from './measured.ts'
import { memoryOf, startServer } from './server-process.ts'
import { introduceShop } from './shop-life.ts'

const fullPeople = 1_000_000
const goalPerSecond = 5_000
const patienceMs = 30 * 60_000
/** Counting a million rows is work of its own. */
const lookMs = 1_000
const shop = 1

/** How fast a million waiting people are served when the waits of all end at one moment. */
export const timers: Line = {
  name: 'timers',
  sentence: 'one million people wait in a campaign, and all their timers run out at once',
  run: async (size) => {
    const people = size.rows ?? fullPeople
    const server = await startServer({ port: 4808 })
    const { dataFolder, pid } = server
    const engines = runningEngines({ dataFolder, databaseUrl: undefined, clickhouseUrl: undefined })
    if (!engines) throw new Error('the server announces no engines')
    const db = connectDatabase(engines.databaseUrl, { max: 2 })
    try {
      const api = apiClient(server.url, server.key('admin'))
      const campaign = await pausedCampaign(api)
      await enrol(db, { campaign, people })
      const idle = memoryOf(pid)
      await api('POST', `/api/campaigns/${campaign}/start`)
      const from = performance.now()
      let left = people
      for (; left > 0 && performance.now() - from < patienceMs; await wait(lookMs)) {
        const [row] = await db<{ left: number }[]>`select count(*) as left from timers`
        left = row?.left ?? 0
      }
      const seconds = (performance.now() - from) / 1_000
      const [over] = await db<{ done: number }[]>`
        select count(*) as done from enrolments where state = 'done' and end_reason = 'completed'`
      const perSecond = (people - left) / seconds
      return [
        {
          line: 'timers due at once',
          value: rounded(perSecond),
          unit: 'timers/s',
          floor: null,
          ratio: null,
          goal: `${goalPerSecond}/s for 1 M, none left`,
          met:
            people >= fullPeople &&
            left === 0 &&
            over?.done === people &&
            perSecond >= goalPerSecond,
          notes: {
            people,
            seconds: rounded(seconds),
            left,
            reachedTheEnd: over?.done ?? 0,
            memoryWaitingMB: rounded(idle),
            memoryAfterMB: rounded(memoryOf(pid)),
          },
        },
      ]
    } finally {
      await db.end()
      await server.stop()
    }
  },
}

/** A wait and an end: what is measured is the line, not mail. Paused, so that nobody's timer runs yet. */
async function pausedCampaign(api: Api): Promise<number> {
  await introduceShop(api)
  const { id, draft } = await api<{ id: number; draft: object }>('POST', '/api/campaigns', {
    name: '기다림',
  })
  await api('PATCH', `/api/campaigns/${id}`, {
    draft: {
      ...draft,
      trigger: { kind: 'event', event: 'Never Sent', key: 'person' },
      conditions: [],
      steps: [
        { kind: 'wait', id: 1, minutes: 60 },
        {
          kind: 'wait_for',
          id: 2,
          watch: { kind: 'event', event: 'Never Sent Either' },
          minutes: 60,
          happened: [{ kind: 'message', id: 3, content }],
          timedOut: [],
        },
      ],
    },
  })
  await api('POST', `/api/campaigns/${id}/start`)
  await api('POST', `/api/campaigns/${id}/pause`)
  return id
}

const content = {
  channel: 'email',
  subject: '소식이 있어요',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text: '기다리시던 소식이에요.' }] },
}

/** People who stand on the last wait, whose time is over. */
async function enrol(
  db: Database,
  of: { readonly campaign: number; readonly people: number },
): Promise<void> {
  const now = Date.now()
  const before = now - 3_600_000
  await db`
    insert into customers (shop, id, assignment_key, member, traits, created_at, first_seen_at, last_seen_at, version)
    overriding system value
    select ${shop}, n, 'c' || n, true, '{}', ${before}, ${before}, ${before}, 0
    from generate_series(1, ${of.people}::bigint) n`
  // What the line remembers of a member of whom nothing else is known, as it writes it when it first meets them.
  const sections = JSON.stringify({
    facts: writeKnown({ ...stranger, revision: 1, isMember: true }),
  })
  await db`
    insert into customer_state (shop, customer, format, version, sections)
    select ${shop}, n, 1, 0, ${sections} from generate_series(1, ${of.people}::bigint) n`
  await db`
    insert into enrolments (shop, campaign, version, customer, entry_key, cause, state, step, visit, generation, due,
                            entered_at, since, updated_at)
    select ${shop}, ${of.campaign}, 1, n, n::text, 'bench', 'active', 2, 2, 1, ${now},
           ${before}, ${before}, ${before}
    from generate_series(1, ${of.people}::bigint) n`
  await db`analyze`
}
