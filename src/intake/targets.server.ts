import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import type { Actor } from '#identity/actor.ts'
import type { Tx } from '#server/database.server.ts'
import type { Line, TargetSpec } from './target.ts'

/** How rows are to be brought in, and from where. */
export type How = {
  as: 'record' | 'draft'
  note: string | null
  reason: string | null
  id: string
  file: string
  /** Keeps what stood before a row was put in its place, sealed with the row, for the way back. */
  keep: (line: Line, before: unknown) => void
  /** Tells how many rows are in, while it works. */
  onDone: (rows: number) => void
}

/** A target with what only the server knows of it; D is what its functions work with (Deps, which lists the targets). */
export type TargetOf<D> = TargetSpec & {
  /**
   * Says what the rows' own cells cannot tell: rules across fields, doubles in the file and in the database. Adds issues and
   * marks rows that stand already as they are.
   */
  check(deps: D, tx: Tx, actor: Actor, lines: readonly Line[]): Promise<void>
  /** Brings rows in that were checked in the same transaction. @returns for each what it became, as text */
  commit(deps: D, tx: Tx, work: UnitOfWork, lines: readonly Line[], how: How): Promise<(string | null)[]>
  /** Rows to begin a template with: what a unit entered last year, and words that it uses again. */
  lastYear?(deps: D, tx: Tx, actor: Actor): Promise<Record<string, Cell[][]>>
  /** What stands already as rows of the template, the mark of each first: edited, they come in again as updates. */
  standing?(deps: D, tx: Tx, actor: Actor): Promise<Record<string, Cell[][]>>
  /**
   * Takes back what it made, unless it was used since; `before` holds what was kept of each. @returns those taken back; absent
   * where nothing can be
   */
  undo?(
    deps: D,
    tx: Tx,
    work: UnitOfWork,
    made: readonly string[],
    file: string,
    before: ReadonlyMap<string, unknown>,
  ): Promise<string[]>
}
