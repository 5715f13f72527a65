import { useState } from 'react'
import type { StatutoryTable } from '#figures/statutory/api.ts'
import { layoutOf, linesOf } from '#figures/statutory/layouts.ts'
import { check } from '#figures/statutory/checks.ts'
import { Actions } from './actions.tsx'
import { Findings } from './findings.tsx'
import { Lines } from './lines.tsx'
import { LegalHead } from './legalHead.tsx'
import type { Typed } from './words.ts'

type DeskProps = {
  table: StatutoryTable
  onRevision: (revision: number) => void
  onFigure: (indicator: string) => void
}

const askedOf = (table: StatutoryTable): Typed['asked'] => {
  const lines = linesOf(layoutOf(table.layout))
  const asked = new Set(lines.filter((l) => 'asked' in l.from).map((l) => l.code))
  return Object.fromEntries(table.cells.filter((c) => asked.has(c.code)).map((c) => [c.code, c.value]))
}

/** The table with its head, its lines, the checks between them and what may be done with it. */
export function Desk({ table, onRevision, onFigure }: DeskProps) {
  const [typed, setTyped] = useState<Typed>({ asked: askedOf(table), notes: table.notes })
  const isOpen = table.mayFill && (table.state === 'none' || table.state === 'open')
  // Checked as she types, by the same rules as at the server.
  const cells = table.cells.map((c) => (c.code in typed.asked ? { ...c, value: typed.asked[c.code]! } : c))
  const findings =
    table.signed !== null
      ? table.findings
      : check(layoutOf(table.layout), new Map(cells.map((c) => [c.code, c])), table)
  return (
    <div className="statutory">
      <LegalHead table={table} onRevision={onRevision} />
      <Lines
        table={{ ...table, cells }}
        flagged={
          new Map(findings.flatMap((f) => f.codes.map((code) => [code, f.level] as const)).toReversed())
        }
        findings={findings}
        onFigure={onFigure}
        {...(isOpen
          ? {
              onType: (code: string, value: number | null) =>
                setTyped((was) => ({ ...was, asked: { ...was.asked, [code]: value } })),
            }
          : {})}
      />
      <Findings
        findings={findings}
        notes={typed.notes}
        {...(isOpen
          ? {
              onNote: (id: string, text: string) =>
                setTyped((was) => ({ ...was, notes: { ...was.notes, [id]: text } })),
            }
          : {})}
      />
      <Actions table={table} typed={typed} findings={findings} isOpen={isOpen} />
    </div>
  )
}
