import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Tx } from '#server/database.server.ts'
import type { Line, TargetSpec } from './target.ts'

/** A target with what only the server knows of it; D is what its functions work with (Deps, which lists the targets). */
export type TargetOf<D> = TargetSpec & {
  /**
   * Says what the rows' own cells cannot tell: rules across fields, doubles in the file and in the database. Adds issues and
   * marks rows that stand already as they are.
   */
  check(deps: D, tx: Tx, actor: Actor, lines: readonly Line[]): Promise<void>
  /** Brings rows in that were checked in the same transaction. @returns for each what it became, as text */
  commit(deps: D, tx: Tx, work: UnitOfWork, lines: readonly Line[]): Promise<(string | null)[]>
  /** Takes back what it made, unless it was used since. @returns those taken back; absent where nothing can be */
  undo?(deps: D, tx: Tx, work: UnitOfWork, made: readonly string[]): Promise<string[]>
}
