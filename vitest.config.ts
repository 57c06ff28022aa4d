import { defineConfig } from 'vitest/config'

// The installed system from a shell to the browser: with engines of its own and long waits, like the kills, beside which it runs.
const whole = ['server/src/main.browser.test.ts', 'server/src/newcomer.browser.test.ts']
const engines = ['server/src/testing/engines.setup.ts']
const special = ['rules', 'browser', 'simulation', 'kill'].map((kind) => `**/*.${kind}.test.ts`)

// Five kinds of test, two files at a time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rules',
          include: [
            '{server,sdk,demo-shop,bench,dashboard}/src/**/*.rules.test.ts',
            'scripts/*.rules.test.ts',
          ],
          // Far beyond what any of them needs: a busy machine is no fault of a rule.
          testTimeout: 30_000,
          maxWorkers: 2,
          // Files share what they import: nothing here keeps state between them, and importing was half the time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'rooms',
          include: ['{server,sdk,demo-shop}/src/**/*.test.ts'],
          exclude: special,
          globalSetup: engines,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // As for the pages below: what is looked for again and again comes late on a busy machine, and Vitest's own second is a guess.
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
          // Files share what they import: nothing here keeps state between them, and importing was half the time.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['{server,demo-shop}/src/**/*.simulation.test.ts'],
          testTimeout: 300_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['{server,sdk,demo-shop,dashboard}/src/**/*.browser.test.ts'],
          exclude: whole,
          globalSetup: engines,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What a page shows is waited for as long as a locator waits; a second is short for a worker on a busy machine.
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
          // Files of a worker share what they import, and Chromium.
          isolate: false,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'kill',
          include: ['server/src/**/*.kill.test.ts', ...whole],
          testTimeout: 400_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
