import { cpus, loadavg, totalmem } from 'node:os'
import type { Times } from './clock.ts'
import type { Embedded } from './embedded.ts'
import type { Native } from './native.ts'
import type { SheetTimes } from './sheets.ts'

export const ms = (n: number): string => `${n < 10 ? n.toFixed(1) : n.toFixed(0)} ms`
export const pair = (t: Times): string => `${ms(t.median)} / ${ms(t.p95)}`
const rate = (n: number): string => `${Math.round(n).toLocaleString('en')}/s`
export const x = (n: number): string => `${n < 10 ? n.toFixed(2) : n.toFixed(0)} ×`
export const line = (...cells: string[]): string => `| ${cells.join(' | ')} |`
const ratio = (p: Native['api']['totals']): number => p.http.median / p.plain!.median
/** Met or not, as it is. */
export const bar = (text: string, met: boolean): string => `${text}: ${met ? 'met' : '**not met**'}`

/** The results as committed: command, machine, figures, baseline of the same run, ratio, bar. */
export function report(native: Native, embedded: Embedded, chapters: string, seconds: number): string {
  const { api, figures, groupBy, accept } = native
  const [none, some, many] = figures as [Native['figures'][0], Native['figures'][0], Native['figures'][0]]
  const deltas = api.create.perSecond * 2
  const deep = api.deepPage.median / api.firstPage.median
  const grown = (unit: 'city' | 'district' | 'grassroots') => none[unit].median / native.tenth[unit].median
  const rows = [
    line(
      'accept, whole transaction, 8 clients, 8 districts',
      rate(accept.spread.whole),
      `without ledger, deltas, audit ${rate(accept.spread.floor)}`,
      x(accept.spread.whole / accept.spread.floor),
      bar('≥ 0.5', accept.spread.whole >= accept.spread.floor * 0.5),
    ),
    line(
      'the same in one district',
      rate(accept.one.whole),
      `without ${rate(accept.one.floor)}`,
      x(accept.one.whole / accept.one.floor),
      bar('≥ 0.2', accept.one.whole >= accept.one.floor * 0.2),
    ),
    line(
      'create over HTTP, 8 clients',
      `${rate(api.create.perSecond)}; ${pair(api.create)}`,
      '',
      '',
      `${bar('≥ 250/s', api.create.perSecond >= 250)}; ${bar('aim 500/s', api.create.perSecond >= 500)}`,
    ),
    line(
      'create in batches of 100, 8 clients',
      `${rate(api.batch.perSecond * 100)}; ${pair(api.batch)} a batch`,
      '',
      '',
      `${bar('≥ 2,500/s', api.batch.perSecond >= 25)}; ${bar('aim 5,000/s', api.batch.perSecond >= 50)}`,
    ),
    line(
      'accept of 500 at once over HTTP',
      pair(api.acceptMany),
      '',
      '',
      bar('≤ 500 ms', api.acceptMany.median <= 500),
    ),
    line(
      'city totals over HTTP, two years',
      pair(api.totals.http),
      `plain SQL ${pair(api.totals.plain!)}`,
      x(ratio(api.totals)),
      `${bar('≤ 3 ×', ratio(api.totals) <= 3)}; ${bar('p95 ≤ 15 ms', api.totals.http.p95 <= 15)}`,
    ),
    line(
      'drill of 32 units × 40 indicators over HTTP',
      pair(api.drill.http),
      `plain SQL ${pair(api.drill.plain!)}`,
      x(ratio(api.drill)),
      bar('≤ 3 ×', ratio(api.drill) <= 3),
    ),
    line(
      'list of 50, filters, count to 10,000, over HTTP',
      pair(api.list.http),
      `plain SQL ${pair(api.list.plain!)}`,
      x(ratio(api.list)),
      `${bar('≤ 3 ×', ratio(api.list) <= 3)}; ${bar('p95 ≤ 60 ms', api.list.http.p95 <= 60)}; ${bar('aim 20 ms', api.list.http.p95 <= 20)}`,
    ),
    ...paperLines(native.papers),
    ...['city', 'district', 'grassroots'].map((who, k) => {
      const [withPolicy, without] = native.policy[k]!
      return line(
        `the same SQL with policy, ${who}`,
        pair(withPolicy),
        `without policy ${pair(without)}`,
        x(withPolicy.median / without.median),
        bar('≤ 1.5 ×', withPolicy.median <= without.median * 1.5),
      )
    }),
    line(
      'page 10,000 by key over HTTP',
      pair(api.deepPage),
      `page 1 ${pair(api.firstPage)}`,
      x(deep),
      bar('≤ 1.1 × (not slower, within noise)', deep <= 1.1),
    ),
    ...(['city', 'district', 'grassroots'] as const).flatMap((unit) => [
      line(
        `figures of ${unit}, nothing pending`,
        pair(none[unit]),
        `GROUP BY over the ledger ${pair(groupBy[unit])}`,
        `1/${Math.round(groupBy[unit].median / none[unit].median)}`,
        bar('≤ 1/20', none[unit].median * 20 <= groupBy[unit].median),
      ),
      line(`… 1,000 pending`, pair(some[unit]), '', '', bar('≤ 10 ms', some[unit].median <= 10)),
      line(`… 20,000 pending`, pair(many[unit]), '', '', bar('≤ 60 ms', many[unit].median <= 60)),
      line(
        `… growth from a tenth of the records`,
        x(grown(unit)),
        `with a tenth ${pair(native.tenth[unit])}`,
        x(grown(unit)),
        bar('≤ 1.5 ×', grown(unit) <= 1.5),
      ),
    ]),
    line(
      'city drill, SQL alone, 0 / 1,000 / 20,000 pending',
      [none, some, many].map((f) => ms(f.drill.median)).join(' / '),
      '',
      '',
      '',
    ),
    line(
      'freshness: figure right after the accepting answer',
      api.fresh ? 'exact' : 'stale',
      '',
      '',
      bar('in the commit', api.fresh),
    ),
    line(
      'fold, idle',
      rate(native.foldIdle),
      `deltas of full writing ${rate(deltas)}`,
      x(native.foldIdle / deltas),
      '',
    ),
    line(
      'fold by the server beside 8 writers',
      rate(native.foldBeside),
      `deltas of full writing ${rate(deltas)}`,
      x(native.foldBeside / deltas),
      bar('≥ 3 ×', native.foldBeside >= deltas * 3),
    ),
    line(
      'mixed load, 8 clients',
      rate(api.mixed.perSecond),
      '',
      '',
      `${bar('≥ 150/s', api.mixed.perSecond >= 150)}; ${bar('aim 300/s', api.mixed.perSecond >= 300)}`,
    ),
    line(
      'lists within the mixed load',
      pair(api.mixedList),
      '',
      '',
      bar('p95 ≤ 120 ms', api.mixedList.p95 <= 120),
    ),
  ]
  const e = embedded.api
  const small = [
    line('create over HTTP, 8 clients', `${rate(e.create.perSecond)}; ${pair(e.create)}`),
    line('create in batches of 100, 8 clients', `${rate(e.batch.perSecond * 100)}; ${pair(e.batch)} a batch`),
    line('accept of 500 at once over HTTP', pair(e.acceptMany)),
    line('city totals over HTTP, two years', pair(e.totals.http)),
    line('drill of the city × 40 indicators over HTTP', pair(e.drill.http)),
    line('list of 50, filters, count to 10,000, over HTTP', pair(e.list.http)),
    line('page 1 / page 500 by key', `${pair(e.firstPage)}; ${pair(e.deepPage)}`),
    line('mixed load, 8 clients; its lists', `${rate(e.mixed.perSecond)}; ${pair(e.mixedList)}`),
    line(
      'city figures, nothing / 1,000 pending',
      `${pair(embedded.figures[0]!.city)}; ${pair(embedded.figures[1]!.city)}`,
    ),
    line('GROUP BY over the ledger for the same', pair(embedded.groupBy.city)),
    line('freshness', e.fresh ? 'exact' : 'stale'),
  ]
  const head = ['What', 'Measured (median / p95)', 'Baseline of the same run', 'Ratio', 'Bar']
  return `# What was measured

\`npm run bench\`, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${Math.round(seconds / 60)} minutes. Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() || 'cores'}, ${Math.round(totalmem() / 2 ** 30)} GiB;
client, server and database share these cores, and so did other work (load average at the end ${loadavg()[1]!.toFixed(1)}): trust the ratios. Times are median / 95th percentile.

## PostgreSQL

${native.version}.
${native.size.units.toLocaleString('en')} units, ${native.size.records.toLocaleString('en')} records, ${native.size.entries.toLocaleString('en')} ledger entries, ${native.size.totals.toLocaleString('en')} roll-up rows: the demo year as the program made it, its accepted records
given again set-wise to other unions. Before it was timed, GROUP BY over the ledger was found equal to the totals of city, district and union.

${[line(...head), line(...head.map(() => '---')), ...rows].join('\n')}

## Embedded, small mode

${embedded.size.units.toLocaleString('en')} units, ${embedded.size.records.toLocaleString('en')} records in one folder, every answered change synced to disk.

${[line('What', 'Measured (median / p95)'), line('---', '---'), ...small].join('\n')}

${chapters}`
}

const seconds = (list: readonly number[]): string => list.map((n) => n.toFixed(1)).join(' / ')

export const sheetTitle = '## Workbooks'

/** What reading a large workbook costs, and how long others wait meanwhile. */
export function sheetChapter({
  rows,
  columns,
  megabytes,
  runs,
  library,
  memory,
  memoryBefore,
}: SheetTimes): string {
  const whole = runs.map((r) => r.read + r.check)
  const slowest = Math.max(...whole)
  const lag = Math.max(...runs.map((r) => r.lag))
  const table = [
    line('What', 'Measured, each run', 'Plain library, same file', 'Ratio', 'Bar'),
    line('---', '---', '---', '---', '---'),
    line(
      'read and checked, seconds',
      seconds(whole),
      `${library.seconds.toFixed(1)}, nothing checked`,
      x(slowest / library.seconds),
      bar('≤ 20 s', slowest <= 20),
    ),
    line('… of it reading', seconds(runs.map((r) => r.read)), '', '', ''),
    line(
      'longest turn of the server',
      runs.map((r) => ms(r.lag)).join(' / '),
      ms(library.lag),
      `1/${Math.round(library.lag / lag)}`,
      bar('≤ 50 ms', lag <= 50),
    ),
    line('99th percentile of turns', runs.map((r) => ms(r.p99)).join(' / '), '', '', ''),
    line(
      'memory of a process that does nothing else, at its highest',
      `${memory.toFixed(0)} MB (before it began: ${memoryBefore.toFixed(0)} MB)`,
      '',
      '',
      bar('≤ 700 MB', memory <= 700),
    ),
  ]
  return `${sheetTitle}

${rows.toLocaleString('en')} rows × ${columns} columns (${megabytes.toFixed(1)} MB, made for it) come in through the port, are mapped, understood and held against the rules of 女职工教育培训;
all planted faults are found and no other. \`hucre\` reads the same file in the server's own thread. Load average ${loadavg()[0]!.toFixed(1)}.

${table.join('\n')}
`
}

const within = ({ p95 }: Times) => bar('p95 ≤ 2 s', p95 <= 2000)

/** The annual summary of all that there is; a bench before it was measured has none. */
function paperLines(papers: Native['papers'] | undefined): string[] {
  if (!papers) return []
  return [
    line('annual summary of the city on screen', pair(papers.preview), '', '', within(papers.preview)),
    line('… what the data has to offer for it', pair(papers.material), '', '', within(papers.material)),
    line('… as a Word file', pair(papers.word), '', '', within(papers.word)),
  ]
}
