import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from './bodies.ts'
import type { Answer, Client } from './client.ts'

export type Written = { id: string; state: string; version: number; turnOf: { code: string } | null }
export type Refusal = {
  code: string
  message: string
  issues?: { field: string; message: string }[]
  details?: Record<string, unknown>
}

export const training = findProgramme('training')!
export const body = (changes: Record<string, unknown> = {}) => bodyOf(training, changes)

const done = <T>(answer: Answer<T>): T => {
  expect([answer.status, answer.raw]).toEqual([200, expect.any(String)])
  return answer.body
}

/** The moves of the main game, over HTTP, on trainings; each asserts that it was let through. */
export function playOn(as: Client['as']) {
  const act = (who: string, id: string, action: object) =>
    as(who).post<Written & Refusal>(`/api/records/training/${id}/actions`, action)
  const submit = async (who: string, changes: Record<string, unknown> = {}): Promise<Written> =>
    done(await as(who).post<Written>('/api/records/training', { body: body(changes) }))
  const mustAct = async (
    who: string,
    record: Pick<Written, 'id' | 'version'>,
    action: object,
  ): Promise<Written> => done(await act(who, record.id, { version: record.version, ...action }))
  return {
    act,
    submit,
    mustAct,
    /** Returned by a reviewer with a remark at the title. */
    giveBack: (who: string, record: Written) =>
      mustAct(who, record, { action: 'return', reason: '有误', remarks: [{ field: 'title', body: '请改' }] }),
    /** Opens a proposal on a record and sends it; the refusal of either step is the answer. */
    propose: async (
      who: string,
      kind: 'draft' | 'correction',
      record: Written,
    ): Promise<Answer<Written & Refusal>> => {
      const id = randomUUID()
      const draft = {
        programme: 'training',
        kind,
        recordId: record.id,
        baseVersion: record.version,
        body: {},
        sequence: 1,
      }
      const saved = await as(who).put<Written & Refusal>(`/api/drafts/${id}`, draft)
      if (saved.status !== 200) return saved
      return as(who).post(`/api/drafts/${id}/submit`, { body: body(), reason: '数字填错了' })
    },
  }
}

/** Runs `work` inside a trial and undoes what it wrote. */
export async function peek<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`SAVEPOINT peek`.execute(tx)
  try {
    return await work()
  } finally {
    // Rolled back to, a savepoint still stands: unless released, each would lie within all before it.
    await sql.raw('ROLLBACK TO SAVEPOINT peek;RELEASE SAVEPOINT peek').execute(tx)
  }
}
