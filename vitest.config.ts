import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    setupFiles: ['tests/support/instant.ts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './scripts/closingLine.mjs'],
  },
})
