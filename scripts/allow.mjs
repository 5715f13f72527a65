// Who may do more than before must be said: a commit in which a cell of the rights tables opens bears a line `ALLOW: why`.
import { execFileSync } from 'node:child_process'

const since = '152890b37536e3bc2f4f99c7b595f94fa5991366'
const tables = ['expected', 'matrix', 'engine'].map((name) => `tests/rights/${name}.tsv`)

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 64 << 20, stdio: 'pipe' })
const kept = (what) => {
  try {
    return git('show', what)
  } catch {
    return ''
  }
}

/** A cell that lets in: done, or refused for what stands there (409, 410, 422) and not for who asks. */
const isOpen = (value) => /(^|[\s+])(ok|\+)/.test(value) || /^(409|410|422)/.test(value)

/** Open cells by name. Two tables say in their first line what their columns are; in the engine's a cell names itself. */
function openCells(text) {
  const lines = text.split('\n').map((line) => line.split('\t'))
  const head = /^(route|ask)$/.test(lines[0][0]) ? lines[0] : []
  const rows = head.length > 0 ? lines.slice(1) : lines
  const named = head.indexOf('class') + 1 || 2
  return new Set(
    rows.flatMap((row) =>
      row.flatMap((value, at) =>
        at >= named && isOpen(value) ? [`${row.slice(0, named).join(' ')} | ${head[at] ?? value}`] : [],
      ),
    ),
  )
}

const opened = (before, after) => {
  const was = openCells(before)
  return [...openCells(after)].filter((cell) => !was.has(cell))
}

let commits
try {
  commits = git('log', '--format=%H', `${since}..HEAD`, '--', ...tables)
    .split('\n')
    .filter(Boolean)
} catch {
  console.log('rights: the history is not here; commits are not read')
  process.exit(0)
}
const silent = commits.filter(
  (commit) =>
    !/\bALLOW: \S/.test(git('log', '-1', '--format=%B', commit)) &&
    tables.some((path) => opened(kept(`${commit}^:${path}`), kept(`${commit}:${path}`)).length > 0),
)
for (const commit of silent)
  console.error(`${commit.slice(0, 8)} opens cells of the rights tables and has no line ALLOW:`)
process.exit(silent.length > 0 ? 1 : 0)
