import { defineConfig } from 'vitest/config'

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
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'rooms',
          include: ['{server,sdk,demo-shop}/src/**/*.test.ts'],
          exclude: [
            '**/*.rules.test.ts',
            '**/*.browser.test.ts',
            '**/*.simulation.test.ts',
            '**/*.kill.test.ts',
          ],
          globalSetup: ['server/src/testing/engines.setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
