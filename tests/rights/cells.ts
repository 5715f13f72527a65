import { compile, type Law, type OnRecord, type Subject, type Thing, type Verdict } from '#identity/decide.ts'
import { roles } from '#identity/api.ts'
import { doors, relations } from '#identity/doors.ts'
import { policy } from '#identity/policy.ts'
import { tiers } from '#org/api.ts'
import { recordStates, workflow, type Action, type Relation } from '#record/workflow.ts'

/** The law in force, as data to decide by and to mutate. */
export const law: Law = { policy, relations, doors, workflow }
export type Engine = ReturnType<typeof compile>

const unit = 5
const scope = '0001000A'

/** How an object's unit may stand to the unit of who asks, with a place that stands so. */
export const places: Record<string, Thing> = {
  own: { id: unit, scopeCode: scope, viewCode: null },
  below: { id: 6, scopeCode: `${scope}0006`, viewCode: null },
  viewed: { id: 7, scopeCode: '0001000B0007', viewCode: `${scope}0007` },
  coHosted: { id: 8, scopeCode: '0001000B0008', viewCode: null, coHosts: [9, unit] },
  above: { id: 1, scopeCode: '0001', viewCode: null },
  outside: { id: 9, scopeCode: '0001000B0009', viewCode: '0001000C0009', coHosts: [6] },
}
const assurances = [
  { aal: 0, stepUp: false },
  { aal: 1, stepUp: false },
  { aal: 2, stepUp: false },
  { aal: 2, stepUp: true },
] as const
const me = 'me'

/** One cell of the engine's matrix: what it is called, to which row of the file it belongs, and how it is asked. */
export type Cell = { action: string; row: string; column: string; ask(engine: Engine): string }

const told = (verdict: Verdict): string =>
  verdict.allow ? (verdict.parts.length === 4 ? '+' : `+${verdict.parts.join('+')}`) : verdict.reason

const subjectOf = (
  role: Subject['role'],
  tier: Subject['org']['tier'],
  assurance: Pick<Subject, 'aal' | 'stepUp'>,
): Subject => ({ role, personId: me, ...assurance, org: { id: unit, tier, scopeCode: scope } })

function* doorCells(): Generator<Cell> {
  for (const action of Object.keys(policy)) {
    yield { action, row: 'nobody', column: 'door', ask: (engine) => told(engine.decide(null, action)) }
    for (const role of roles) {
      for (const tier of tiers) {
        for (const assurance of assurances) {
          const subject = subjectOf(role, tier, assurance)
          const row = `${role}\t${tier}\taal${assurance.aal}${assurance.stepUp ? '+stepUp' : ''}`
          yield {
            action,
            row,
            column: 'door',
            ask: (engine) => told(engine.decide(subject, action)),
          }
          for (const [name, place] of Object.entries(places)) {
            for (let level = 0; level <= 4; level++) {
              const at = { ...place, class: level }
              yield {
                action,
                row,
                column: `${name} S${level}`,
                ask: (engine) => told(engine.decide(subject, action, at)),
              }
            }
          }
        }
      }
    }
  }
}

const turns: Record<string, Pick<OnRecord, 'turnOf' | 'accepting'>> = {
  'her unit accepts': { turnOf: unit, accepting: true },
  'her unit passes on': { turnOf: unit, accepting: false },
  "another unit's turn": { turnOf: 77, accepting: false },
  "nobody's turn": { turnOf: null, accepting: true },
}

/** Whether a proposal waits, and whether the period is locked by a unit that has still to agree. */
const standings: Record<string, Pick<OnRecord, 'waiting' | 'locked'>> = {
  '': {},
  waiting: { waiting: true },
  locked: { locked: true },
}

function* actCells(): Generator<Cell> {
  for (const role of roles) {
    for (const assurance of assurances.slice(1, 3)) {
      const subject = subjectOf(role, 'district', assurance)
      for (const [name, place] of Object.entries(places)) {
        for (const level of [1, 2, 3]) {
          for (const [turn, whose] of Object.entries(turns)) {
            for (const submittedBy of [me, 'another']) {
              for (const [standing, facts] of Object.entries(standings)) {
                const row = [
                  role,
                  `aal${assurance.aal}`,
                  name,
                  `S${level}`,
                  turn,
                  submittedBy === me ? 'submitter' : 'colleague',
                  standing,
                ].join('\t')
                for (const state of recordStates) {
                  const to: OnRecord = { ...place, ...whose, class: level, state, submittedBy, ...facts }
                  for (const act of Object.keys(doors) as Action[]) {
                    yield {
                      action: act,
                      row,
                      column: state,
                      ask: (engine) => {
                        const verdict = engine.decideAct(subject, act, to)
                        if (!verdict.allow) return verdict.reason
                        const { to: next, turn: goes } = verdict.transition
                        return `→${next}${goes === null ? '' : `@${goes}`}`
                      },
                    }
                  }
                  for (const relation of Object.keys(relations) as Relation[]) {
                    yield {
                      action: `stands as ${relation}`,
                      row,
                      column: state,
                      ask: (engine) => (engine.stands(subject, relation, to) ? '+' : '-'),
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/** Every cell of the engine: role × tier × session × relation × class for the doors; role × relation × class × turn × person × proposal × period × state for the acts. */
export const cells: readonly Cell[] = [...doorCells(), ...actCells()]

/** The answers of an engine, cell by cell, as a file of few lines: rows that answer alike stand together. */
export function table(answers: readonly string[]): string {
  type Group = { columns: string[]; answers: string[]; rows: string[] }
  const byRow = new Map<string, { action: string; row: string; columns: string[]; answers: string[] }>()
  cells.forEach(({ action, row, column }, n) => {
    const key = `${action}\t${row}`
    const known = byRow.get(key) ?? { action, row, columns: [], answers: [] }
    known.columns.push(column)
    known.answers.push(answers[n]!)
    byRow.set(key, known)
  })
  const groups = new Map<string, Group & { action: string }>()
  for (const { action, row, columns, answers: own } of byRow.values()) {
    const key = `${action}\t${own.join('\t')}`
    const known = groups.get(key) ?? { action, columns, answers: own, rows: [] }
    known.rows.push(row)
    groups.set(key, known)
  }
  const lines: string[] = []
  const order = [...new Set(cells.map((cell) => cell.action))]
  const sorted = [...groups.values()].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action))
  for (const { action, columns, answers: own, rows } of sorted) {
    lines.push([action, axes(rows), runs(columns, own)].join('\t'))
  }
  return `${lines.join('\n')}\n`
}

/** Rows told by axis: of each the values that occur, `*` where all do that there are; several products where one is not enough. */
function axes(rows: readonly string[]): string {
  let products = rows.map((row) => row.split('\t').map((value) => [value]))
  const width = products[0]!.length
  for (let axis = width - 1; axis >= 0; axis--) {
    const merged = new Map<string, string[][]>()
    for (const product of products) {
      const rest = product.map((values, n) => (n === axis ? '' : values.join('|'))).join('\t')
      const known = merged.get(rest)
      if (known) known[axis] = [...known[axis]!, ...product[axis]!]
      else
        merged.set(
          rest,
          product.map((values) => [...values]),
        )
    }
    products = [...merged.values()]
  }
  return products
    .map((product) =>
      product.map((values, n) => (values.length === sizes(width)[n] ? '*' : values.join('|'))).join(' '),
    )
    .join(' ; ')
}

const sizes = (width: number): number[] =>
  width === 1
    ? [0]
    : width === 3
      ? [roles.length, tiers.length, assurances.length]
      : [roles.length, 2, 6, 3, 4, 2, Object.keys(standings).length]

/** `own S0..S2 +, own S3..S4 classAbove` instead of a column each. */
function runs(columns: readonly string[], answers: readonly string[]): string {
  const found: { from: string; to: string; answer: string }[] = []
  columns.forEach((column, n) => {
    const last = found.at(-1)
    const sameGroup = last?.to.split(' ')[0] === column.split(' ')[0] || !column.includes(' ')
    if (last && last.answer === answers[n] && sameGroup) last.to = column
    else found.push({ from: column, to: column, answer: answers[n]! })
  })
  const all = new Set(answers)
  if (all.size === 1) return `all ${answers[0]}`
  return found
    .map(({ from, to, answer }) => `${from === to ? from : `${from}..${to.split(' ').at(-1)}`} ${answer}`)
    .join(', ')
}
