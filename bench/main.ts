import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measureEmbedded, type Embedded } from './embedded.ts'
import { keepBuild } from './http.ts'
import { measureNative, type Native } from './native.ts'
import { report, sheetChapter, sheetTitle } from './report.ts'
import { measureSignup, signupChapter, signupTitle, type SignupTimes } from './signup.ts'
import { measureSheets, type SheetTimes } from './sheets.ts'

const cache = new URL('../.cache/', import.meta.url)
const starter = fileURLToPath(new URL('run.mjs', import.meta.url))
const results = new URL('results.md', import.meta.url)

type Part = 'native' | 'embedded' | 'signup' | 'sheets'

/** Runs the bench, or the part named by `only` beside what the others found last, and writes the results. */
export async function bench(options: { quick: boolean; only: Part | null }): Promise<void> {
  const start = performance.now()
  const say = (text: string) =>
    void process.stderr.write(`[${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s] ${text}\n`)
  if (options.only !== 'sheets' && options.only !== 'signup') keepBuild()
  const part = async <T>(name: Part, measure: () => Promise<T>): Promise<T | null> => {
    const file = new URL(`bench-${name}${options.quick ? '-quick' : ''}.json`, cache)
    const last = () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null)
    if (options.only !== null && options.only !== name) return last()
    if (options.only === null && name === 'sheets') {
      alone(name, options.quick)
      return last()
    }
    const found = await measure()
    mkdirSync(cache, { recursive: true })
    writeFileSync(file, JSON.stringify(found))
    return found
  }
  const native = await part<Native>('native', () => measureNative(options.quick, say))
  const embedded = await part<Embedded>('embedded', () => measureEmbedded(options.quick, say))
  const signup = await part<SignupTimes>('signup', () => measureSignup(options.quick, say))
  const sheets = await part<SheetTimes>('sheets', () => measureSheets(options.quick, say))
  if (options.only === 'sheets') return renew(sheetTitle, sheetChapter(sheets!), options.quick)
  if (options.only === 'signup') return renew(signupTitle, signupChapter(signup!), options.quick)
  if (native === null || embedded === null || signup === null || sheets === null)
    return say('the other parts were never measured: no report')
  const text = report(
    native,
    embedded,
    `${signupChapter(signup)}\n${sheetChapter(sheets)}`,
    (performance.now() - start) / 1000,
  )
  if (!options.quick) writeFileSync(results, text)
  process.stdout.write(text)
}

/** Measures a part in a process of its own: memory that the others leave behind is not counted to it. */
function alone(name: Part, quick: boolean): void {
  const args = [starter, `--${name}`, ...(quick ? ['--quick'] : [])]
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Writes a chapter anew and leaves the others as they are; one that was never there comes last. */
function renew(title: string, chapter: string, quick: boolean): void {
  const chapters = readFileSync(results, 'utf8').split(/\n(?=## )/)
  const others = chapters.map((text) => (text.startsWith(title) ? chapter : text).trimEnd())
  const text = others.includes(chapter.trimEnd()) ? others : [...others, chapter.trimEnd()]
  if (!quick) writeFileSync(results, `${text.join('\n\n')}\n`)
  process.stdout.write(chapter)
}
