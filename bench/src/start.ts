import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type Line, rounded } from './measured.ts'
import { memoryOf, startServer, temporaryFolder } from './server-process.ts'

/** How long an installed server takes to be ready, and what it holds when nothing happens. */
export const start: Line = {
  name: 'start',
  sentence: 'installed, second start; memory of all processes after 10 s of rest',
  run: async () => {
    const dataFolder = temporaryFolder()
    const first = await startServer({ port: 4803, dataFolder })
    await first.stop(true)
    const second = await startServer({ port: 4803, dataFolder })
    await wait(10_000)
    const memory = memoryOf(second.pid)
    await second.stop(true)
    rmSync(dataFolder, { recursive: true, force: true })
    const seconds = second.readyMs / 1000
    const firstSeconds = rounded(first.readyMs / 1000)
    return [
      {
        line: 'start, installed',
        value: rounded(seconds),
        unit: 's',
        floor: null,
        ratio: null,
        goal: 'ready in 5 s',
        met: seconds <= 5,
        notes: { firstSeconds },
      },
      {
        line: 'idle memory of all processes',
        value: rounded(memory),
        unit: 'MB',
        floor: null,
        ratio: null,
        goal: '700 MB',
        met: memory <= 700,
        notes: {},
      },
    ]
  },
}
