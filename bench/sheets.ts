import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readXlsx } from 'hucre/xlsx'
import { formFields } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { readFile } from '#intake/receive.server.ts'
import { readLines } from '#intake/lines.server.ts'
import { withIssues } from '#intake/line.ts'
import type { Line, TargetSpec } from '#intake/target.ts'
import { pacer } from '#intake/pace.server.ts'
import { openSheets } from '#paper/sheet/port.server.ts'
import { training } from '#programmes/training/definition.ts'
import { sheetWorker } from '../tests/support/embedded-worker.ts'
import { columns, isFaulty } from './workbook.ts'

export type SheetTimes = {
  rows: number
  columns: number
  megabytes: number
  /** Each run: seconds for reading and for understanding and checking the rows, the longest turn and the 99th percentile in ms. */
  runs: { read: number; check: number; lag: number; p99: number }[]
  /** The same file by the library that writes ours, in the server's own thread, nothing checked. */
  library: { seconds: number; lag: number }
  /** Resident memory of the process at its highest, both threads, and what stood before the first run, in MB. */
  memory: number
  memoryBefore: number
}

const target: TargetSpec = {
  key: 'training',
  label: training.label,
  version: 1,
  sheets: [{ key: 'training', label: training.label, fields: formFields(training) }],
  most: 100_000,
  enterBy: 'record.create',
  commitBy: 'record.create',
  guide: [],
  goesBack: '',
  stays: '',
  afterwards: '',
}

type Watched = { seconds: number; lag: number; p99: number; memory: number }

/** Watches the turns of the event loop and the memory while something works. */
async function watched(work: () => Promise<void>): Promise<Watched> {
  let highest = process.memoryUsage.rss()
  const turns = monitorEventLoopDelay({ resolution: 1 })
  const sampler = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20)
  const begun = performance.now()
  turns.enable()
  try {
    await work()
    const seconds = (performance.now() - begun) / 1000
    // What held the loop at the end is seen at its next turn only.
    await new Promise((resolve) => setTimeout(resolve, 5))
    return {
      seconds,
      lag: turns.max / 1e6,
      p99: turns.percentile(99) / 1e6,
      memory: Math.max(highest, process.memoryUsage.rss()) / 2 ** 20,
    }
  } finally {
    turns.disable()
    clearInterval(sampler)
  }
}

function made(rows: number): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'jinguo-workbook-'))
  try {
    const path = join(folder, 'book.xlsx')
    execFileSync(process.execPath, ['scripts/ts.mjs', 'bench/makeWorkbook.ts', String(rows), path])
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Reads and checks a workbook as an upload does, then has the plain library read the same file. */
export async function measureSheets(quick: boolean, say: (text: string) => void): Promise<SheetTimes> {
  const rows = quick ? 10_000 : 100_000
  const bytes = made(rows)
  const planted = Array.from({ length: rows }, (_, n) => n).filter(isFaulty).length
  const sheets = openSheets(await sheetWorker())
  const runs: SheetTimes['runs'] = []
  const memoryBefore = process.memoryUsage.rss() / 2 ** 20
  let memory = 0
  for (let run = 0; run < 3; run++) {
    let read = 0
    const own = await watched(async () => {
      const begun = performance.now()
      const file = await readFile({ sheets }, target, bytes)
      read = (performance.now() - begun) / 1000
      const lines = await readLines(target, file, file.rows)
      if (lines.length !== rows) throw new Error(`${lines.length} of ${rows} rows were read`)
      const faults = await faultsOf(lines)
      if (faults !== planted) throw new Error(`${faults} of ${planted} faults were found`)
    })
    runs.push({ read, check: own.seconds - read, lag: own.lag, p99: own.p99 })
    memory = Math.max(memory, own.memory)
    say(`${rows} rows read and checked in ${own.seconds.toFixed(1)} s, longest turn ${own.lag.toFixed(0)} ms`)
  }
  const library = await watched(async () => void (await readXlsx(new Uint8Array(bytes))))
  return {
    rows,
    columns: columns.length,
    megabytes: bytes.length / 2 ** 20,
    runs,
    library,
    memory,
    memoryBefore,
  }
}

/** Holds every row against the programme's rules. */
async function faultsOf(lines: readonly Line[]): Promise<number> {
  const pause = pacer()
  let faults = 0
  for (const line of lines) {
    const { issues } = validate(training, line.values, '2020-04-16')
    if (withIssues(line.issues, issues).some((i) => i.level === 'error')) faults++
    await pause()
  }
  return faults
}
