import { monitorEventLoopDelay } from 'node:perf_hooks'
import { strToU8, zipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { formFields, type AnyRow } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { readFile } from '#intake/receive.server.ts'
import { readLines } from '#intake/staging.server.ts'
import { withIssues } from '#intake/line.ts'
import { stateOf, type TargetSpec } from '#intake/target.ts'
import { pacer } from '#intake/pace.server.ts'
import { columnLetters } from '#paper/sheet/cell.ts'
import { openSheets } from '#paper/sheet/port.server.ts'
import { training } from '#programmes/training/definition.ts'
import { sheetWorker } from '../tests/support/embedded-worker.ts'

export type SheetTimes = {
  rows: number
  columns: number
  megabytes: number
  /** Reading through the port, then rows understood and checked by the programme's rules; seconds. */
  read: number
  check: number
  /** The same file by the library that writes ours, on the main thread, nothing checked. */
  library: number
  /** Longest time that other requests waited, while ours was read and checked, and while the library read. */
  lag: number
  p99: number
  libraryLag: number
  /** Resident memory at its highest, above what the process had before. */
  memory: number
  faults: number
}

const fields = Object.entries(formFields(training))
const extra = ['填表人', '联系方式']
const columns = [...fields.map(([, f]) => f.label), ...extra]
const days = new Set(fields.flatMap(([, f], column) => (f.kind === 'day' ? [column] : [])))

const target: TargetSpec = {
  key: 'training',
  label: training.label,
  version: 1,
  sheets: [{ key: 'training', label: training.label, fields: formFields(training) }],
  most: 100_000,
  enterBy: 'record.create',
  commitBy: 'record.create',
  guide: [],
}

/** Every fiftieth row has more women than persons, which the programme's own rule finds. */
const isFaulty = (n: number): boolean => n % 50 === 7

function valuesOf(n: number): (string | number)[] {
  const day = 43_466 + (n % 365)
  const all = 20 + (n % 180)
  const of: Record<string, string | number> = {
    title: `第${n}期女职工周末学校`,
    startsOn: day,
    endsOn: day + (n % 3 === 0 && n % 365 < 360 ? 1 : 0),
    place: `活动中心${n % 40}号教室`,
    grade: ['实名', '台账', '估报'][n % 3]!,
    tags: n % 4 === 0 ? '重点、送教上门' : '',
    note: n % 9 === 0 ? `第${n}条备注，签到表在工会办公室` : '',
    mode: ['线下', '线上', '混合'][n % 3]!,
    count: 1 + (n % 3),
    all,
    women: isFaulty(n) ? all + 1 : all - (n % 15),
    teacher: `讲师${n % 300}`,
    cost: (n % 70) * 100 + 0.5,
    fund: ['全总', '省总', '市总', '区县', '单位', '自筹'][n % 6]!,
    carrier: ['流动课堂', '周末学校', '网上课程', '其他'][n % 4]!,
    school: `女职工学校${n % 90}`,
    subject: `劳动法与女职工权益保护第${n % 60}讲`,
    hours: 1 + (n % 8),
  }
  const more = [`填表人${n % 500}`, `8430${String(n % 10_000).padStart(4, '0')}`]
  return [...fields.map(([key]) => of[key]!), ...more]
}

/** A workbook as spreadsheets write them: texts shared, days as numbers with a format. */
export function bigWorkbook(rows: number): Buffer {
  const strings = new Map<string, number>()
  const shared = (text: string): number => {
    const known = strings.get(text)
    if (known !== undefined) return known
    strings.set(text, strings.size)
    return strings.size - 1
  }
  const cell = (value: string | number, at: string, column: number): string => {
    if (value === '') return ''
    if (typeof value === 'string') return `<c r="${at}" t="s"><v>${shared(value)}</v></c>`
    return `<c r="${at}"${days.has(column) ? ' s="1"' : ''}><v>${value}</v></c>`
  }
  const lines = [columns, ...Array.from({ length: rows }, (_, n) => valuesOf(n))].map(
    (values, n) =>
      `<row r="${n + 1}" spans="1:20">${values.map((v, c) => cell(v, `${columnLetters(c)}${n + 1}`, c)).join('')}</row>`,
  )
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relation = (id: string, type: string, to: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${to}"/>`
  const relations = (inner: string) =>
    strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`,
    )
  const part = (tag: string, inner: string) =>
    strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><${tag} xmlns="${main}" xmlns:r="${office}">${inner}</${tag}>`,
    )
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
      '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
      'xl/workbook.xml': part(
        'workbook',
        `<sheets><sheet name="${training.label}" sheetId="1" r:id="s1"/></sheets>`,
      ),
      'xl/_rels/workbook.xml.rels': relations(
        relation('s1', 'worksheet', 'worksheets/sheet1.xml') +
          relation('s2', 'sharedStrings', 'sharedStrings.xml') +
          relation('s3', 'styles', 'styles.xml'),
      ),
      'xl/worksheets/sheet1.xml': part('worksheet', `<sheetData>${lines.join('')}</sheetData>`),
      'xl/sharedStrings.xml': part(
        'sst',
        [...strings.keys()].map((text) => `<si><t>${text}</t></si>`).join(''),
      ),
      'xl/styles.xml': part(
        'styleSheet',
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>',
      ),
    }),
  )
}

/** Watches the turn of the event loop and the memory while something works. */
async function watched<T>(
  work: () => Promise<T>,
): Promise<{ found: T; seconds: number; lag: number; p99: number; memory: number }> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let highest = before
  const turn = monitorEventLoopDelay({ resolution: 1 })
  const sampler = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20)
  const begun = performance.now()
  turn.enable()
  try {
    const found = await work()
    // What held the loop at the end is seen at its next turn only.
    await new Promise((resolve) => setTimeout(resolve, 5))
    const seconds = (performance.now() - begun) / 1000
    return {
      found,
      seconds,
      lag: turn.max / 1e6,
      p99: turn.percentile(99) / 1e6,
      memory: (highest - before) / 2 ** 20,
    }
  } finally {
    turn.disable()
    clearInterval(sampler)
  }
}

/** Reads and checks a workbook as an upload does, then has the plain library read the same file. */
export async function measureSheets(quick: boolean, say: (text: string) => void): Promise<SheetTimes> {
  const rows = quick ? 10_000 : 100_000
  const bytes = bigWorkbook(rows)
  say(`a workbook of ${rows} rows × ${columns.length} columns, ${(bytes.length / 2 ** 20).toFixed(1)} MB`)
  const sheets = openSheets(await sheetWorker())
  let readAt = 0
  const own = await watched(async () => {
    const begun = performance.now()
    const file = await readFile({ sheets }, target, bytes)
    readAt = (performance.now() - begun) / 1000
    const lines = await readLines(target, file, file.rows)
    const pause = pacer()
    let faults = 0
    for (const line of lines) {
      const { issues } = validate(training, line.values as AnyRow, '2020-04-16')
      line.issues = withIssues(line.issues, issues)
      if (stateOf(line) === 'wrong') faults++
      await pause()
    }
    return { faults, lines: lines.length, first: lines.slice(0, 3) }
  })
  if (own.found.lines !== rows) throw new Error(`${own.found.lines} of ${rows} rows were read`)
  const planted = Array.from({ length: rows }, (_, n) => n).filter(isFaulty).length
  if (own.found.faults !== planted) console.error(JSON.stringify(own.found.first))
  if (own.found.faults !== planted) throw new Error(`${own.found.faults} of ${planted} faults were found`)
  say(`read and checked in ${own.seconds.toFixed(1)} s, longest turn ${own.lag.toFixed(0)} ms`)
  const plain = await watched(() => readXlsx(new Uint8Array(bytes)))
  return {
    rows,
    columns: columns.length,
    megabytes: bytes.length / 2 ** 20,
    read: readAt,
    check: own.seconds - readAt,
    library: plain.seconds,
    lag: own.lag,
    p99: own.p99,
    libraryLag: plain.lag,
    memory: own.memory,
    faults: own.found.faults,
  }
}
