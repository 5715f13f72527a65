import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { giveBack, spendTry, subjectsOf } from '#identity/throttle.server.ts'
import { first, inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Checked } from './api.ts'
import { maskedName, readCode } from './code.ts'
import { codeFor, type Said } from './issue.server.ts'
import { findCertificate } from './layouts.ts'

type Found = Said & { code: string; is_person: boolean; state: Checked['state']; ended_on: string | null }

/** Of the address alone: whoever asks has no name, and there is nothing to lock. */
const askers = (deps: Deps, address: string) =>
  subjectsOf(deps.crypto, '', `check ${address}`).filter(({ kind }) => kind === 'address')

/**
 * What was certified under a code, from our own records. A row that does not fit its code was not issued by us, and is
 * answered like none.
 * @throws Problem.noCertificate
 */
async function checkCertificate(deps: Deps, tx: Tx, typed: string): Promise<Checked> {
  const code = readCode(typed)
  const row =
    code === null
      ? null
      : (
          await first<{ c: Found }>(
            tx,
            sql`SELECT to_jsonb(f) AS c FROM app.find_certificate(${code}) f LIMIT 1`,
          )
        )?.c
  if (!row || codeFor(deps.crypto, row) !== row.code) throw Problem.noCertificate()
  return {
    state: row.state,
    no: row.no,
    title: findCertificate(row.layout)?.title ?? '证书',
    recipient: row.is_person ? maskedName(row.recipient) : row.recipient,
    words: row.words,
    issuer: row.issuer,
    grantedOn: row.granted_on,
    issuedOn: row.issued_on,
    endedOn: row.ended_on,
    isDemo: deps.mode === 'demo',
  }
}

/**
 * The answer to whoever asks for a code. Each look is counted as a wrong one before it is made, and given back when the code
 * fits: who guesses has to wait ever longer.
 * @throws Problem.noCertificate, tooManyChecks
 */
export async function answerCheck(deps: Deps, code: string, address: string): Promise<Checked> {
  const subjects = askers(deps, address)
  const known = identityContext(deps)
  await inTransaction(deps.db, known, (tx) => spendTry(tx, subjects, Problem.tooManyChecks))
  const found = await inTransaction(deps.db, { scopeCode: '0' }, (tx) => checkCertificate(deps, tx, code))
  await inTransaction(deps.db, known, (tx) => giveBack(tx, subjects))
  return found
}
