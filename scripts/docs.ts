import { writeFileSync } from 'node:fs'
import { dictionary } from '#kit/dictionary.ts'
import { personalChapter } from '#person/registryText.ts'
import { impactPage } from '#person/impact.ts'
import { policyPage } from '#identity/policyPage.ts'
import { programmes } from '#programmes/index.ts'

/** Writes docs/data-dictionary.md from the definitions and docs/policy.md from the policy, docs/impact-assessments.md from their register; tests fail when they are stale. */
writeFileSync('docs/data-dictionary.md', `${dictionary(programmes)}\n${personalChapter()}`)
writeFileSync('docs/policy.md', policyPage())
writeFileSync('docs/impact-assessments.md', impactPage(programmes))
