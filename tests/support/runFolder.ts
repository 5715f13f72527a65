import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that all processes of one run share, gone with it. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'jinguo-run-'))
  process.env['JINGUO_RUN_FOLDER'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
