import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fontsConf, OFFICIAL_FONTS } from './fonts.ts'
import { convert } from './office.server.ts'

export interface Substitution {
  /** As the document names it: `仿宋_GB2312`. */
  named: string
  /** What this machine draws instead. */
  used: string
}

/**
 * Which official fonts this machine replaces, and by what; empty when all are installed, null when it can't be told
 * (no `fc-match`). A preview shows it: line and page counts hold under any stand-in, the look does not.
 */
export async function substitutions(): Promise<Substitution[] | null> {
  const room = await mkdtemp(join(tmpdir(), 'jinguo-fonts-'))
  try {
    const file = join(room, 'fonts.conf')
    await writeFile(file, fontsConf())
    const env = { PATH: '/usr/bin:/bin', HOME: room, FONTCONFIG_FILE: file }
    const found: Substitution[] = []
    for (const named of Object.keys(OFFICIAL_FONTS)) {
      const { stdout } = await promisify(execFile)('fc-match', ['-f', '%{family}', named], { env })
      const families = stdout.split(',')
      if (!families.includes(named)) found.push({ named, used: families[0] ?? '' })
    }
    return found
  } catch {
    return null
  } finally {
    await rm(room, { recursive: true, force: true })
  }
}

export interface PdfPreview {
  pdf: Uint8Array
  substituted: Substitution[] | null
}

/**
 * The document as PDF, with the fonts that had to stand in; null when LibreOffice isn't installed.
 * @throws OfficeFailed as `convert` does
 */
export async function convertToPdf(
  docx: Uint8Array,
  options: Parameters<typeof convert>[3] = {},
): Promise<PdfPreview | null> {
  const pdf = await convert(docx, 'docx', 'pdf', options)
  return pdf && { pdf, substituted: await substitutions() }
}
