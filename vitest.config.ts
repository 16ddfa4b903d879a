import { defineConfig } from 'vitest/config'

const databaseTests = ['src/**/*.db.test.ts', 'simulation/**/*.db.test.ts']

/** A busy machine is no fault: these limits end what hangs, and cost nothing where all is well. */
const patience = {
  setupFiles: 'src/server/platform/testing/patience.ts',
  expect: { poll: { timeout: 30_000 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
}
/** With processes and a browser. */
const morePatience = { ...patience, testTimeout: 300_000, hookTimeout: 300_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'simulation/**/*.test.ts', 'faults/**/*.test.ts'],
          exclude: [...databaseTests, '**/node_modules/**'],
          ...patience,
        },
      },
      {
        test: {
          name: 'db',
          include: databaseTests,
          globalSetup: 'src/server/platform/testing/global-setup.ts',
          ...patience,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          ...morePatience,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...morePatience,
          fileParallelism: false,
        },
      },
    ],
  },
})
