import { writeFileSync } from 'node:fs'
import { dictionary } from '#kit/dictionary.ts'
import { programmes } from '#programmes/index.ts'

/** Writes docs/data-dictionary.md from the definitions; a test fails when it is stale. */
writeFileSync('docs/data-dictionary.md', dictionary(programmes))
