import type { Preview } from '#rules/editor.server.ts'
import { contractPreviews } from './contract/previews.server.ts'

/** What a new version of a rule table would do to what stands, for the tables that can tell. */
export const previews: Readonly<Record<string, Preview>> = { ...contractPreviews }
