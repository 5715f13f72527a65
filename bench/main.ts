import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { measureEmbedded, type Embedded } from './embedded.ts'
import { keepBuild } from './http.ts'
import { measureNative, type Native } from './native.ts'
import { report } from './report.ts'

const cache = new URL('../.cache/', import.meta.url)

/** Runs the bench, or the half named by `only` beside what the other half found last, and writes the results. */
export async function bench(options: { quick: boolean; only: 'native' | 'embedded' | null }): Promise<void> {
  const start = performance.now()
  const say = (text: string) =>
    void process.stderr.write(`[${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s] ${text}\n`)
  keepBuild()
  const half = async <T>(name: 'native' | 'embedded', measure: () => Promise<T>): Promise<T | null> => {
    const file = new URL(`bench-${name}${options.quick ? '-quick' : ''}.json`, cache)
    if (options.only !== null && options.only !== name) {
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null
    }
    const found = await measure()
    mkdirSync(cache, { recursive: true })
    writeFileSync(file, JSON.stringify(found))
    return found
  }
  const native = await half<Native>('native', () => measureNative(options.quick, say))
  const embedded = await half<Embedded>('embedded', () => measureEmbedded(options.quick, say))
  if (native === null || embedded === null) return say('the other half was never measured: no report')
  const text = report(native, embedded, (performance.now() - start) / 1000)
  if (!options.quick) writeFileSync(new URL('results.md', import.meta.url), text)
  process.stdout.write(text)
}
