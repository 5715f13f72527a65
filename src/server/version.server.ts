import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './embedded/template.server.ts'

/** The version of this program. */
export const programVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version
