import type { PGlite } from '@electric-sql/pglite'

import type { Session } from '#server/embedded/session.server.ts'
import { UPKEEP, WORN_TABLES, due } from '#server/embedded/upkeep.ts'

/** Checkpoints and VACUUM, which nobody else does in PGlite; each statement runs between two units of the session. */
export class Upkeep {
  readonly #pg: PGlite
  readonly #session: Session
  readonly #timer: NodeJS.Timeout
  #ticking = false
  #walAt = 0
  #checkpointedAt = Date.now()
  #vacuumedAt = Date.now()
  checkpoints = 0
  vacuumed = 0

  private constructor(pg: PGlite, session: Session) {
    this.#pg = pg
    this.#session = session
    this.#timer = setInterval(() => void this.tick(), UPKEEP.everyMs)
  }

  static async start(pg: PGlite, session: Session): Promise<Upkeep> {
    const upkeep = new Upkeep(pg, session)
    await session.whenFree(async () => void (upkeep.#walAt = await upkeep.#wal()))
    return upkeep
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Does what is due at `now`: a checkpoint once no transaction is open, VACUUM only where nobody has to wait. */
  async tick(now = Date.now()): Promise<void> {
    if (this.#ticking) return
    this.#ticking = true
    let work: ReturnType<typeof due> = null
    await this.#session.whenFree(async () => {
      const walBytes = (await this.#wal()) - this.#walAt
      const [checkpointedAt, vacuumedAt] = [this.#checkpointedAt, this.#vacuumedAt]
      work = due({ now, activeAt: this.#session.lastActiveAt, walBytes, checkpointedAt, vacuumedAt })
      if (work === 'checkpoint') await this.#checkpoint(now)
    })
    if (work === 'vacuum') await this.#vacuum(now)
    this.#ticking = false
  }

  async #checkpoint(now: number): Promise<void> {
    await this.#pg.exec('CHECKPOINT')
    this.#walAt = await this.#wal()
    this.#checkpointedAt = now
    this.checkpoints++
  }

  async #vacuum(now: number): Promise<void> {
    this.#vacuumedAt = now
    let names: string[] = []
    await this.#session.ifFree(async () => {
      names = (await this.#pg.query<{ name: string }>(WORN_TABLES)).rows.map((row) => row.name)
    })
    for (const name of names) {
      const done = await this.#session.ifFree(
        async () => void (await this.#pg.exec(`VACUUM (ANALYZE) ${name}`)),
      )
      if (!done) return
      this.vacuumed++
      await new Promise((next) => setImmediate(next))
    }
  }

  async #wal(): Promise<number> {
    const { rows } = await this.#pg.query<{ bytes: string }>(
      `SELECT (pg_current_wal_insert_lsn() - '0/0')::text AS bytes`,
    )
    return Number(rows[0]?.bytes)
  }
}
