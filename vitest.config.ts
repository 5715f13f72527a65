import { defineConfig } from 'vitest/config'

/** What changes its process for good or puts a module in another's place has a process of its own. */
const alone = ['src/crypto/lacking.test.ts', 'tests/rights/drill.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 180_000,
    globalSetup: ['tests/support/runFolder.ts'],
    setupFiles: ['tests/support/instant.ts', 'tests/support/pagesOnFailure.ts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './scripts/closingLine.mjs'],
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts'],
          exclude: alone,
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
})
