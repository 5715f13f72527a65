import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Followed, HolderAct } from './api.ts'
import { dangerIn } from './danger.ts'
import { isOpen, nextStep } from './flow.ts'
import { siloWords, topics, type Duty, type Silo, type SiloState, type Step } from './kinds.ts'
import { asHolder, digestOfTyped } from './receipt.server.ts'
import { dangerWords, termOf } from './rules.ts'
import { caseSealFor, rewrapFor } from './seal.server.ts'
import { alarm } from './tell.server.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>

type Held = {
  id: string
  silo: Silo
  topic: string
  form: string | null
  state: SiloState
  received_on: string
  step: Step | null
  due_on: string | null
  is_urgent: boolean
  wrapped: string | null
  refer_to: Silo | null
}

/** Most that may be said of one matter. */
const mostMessages = 200

/** Runs `work` on the matter of a code. @throws Problem.noReceipt */
async function held<T>(deps: Keys, tx: Tx, typed: string, work: (found: Held) => Promise<T>): Promise<T> {
  const digest = digestOfTyped(deps.crypto, typed)
  if (digest === null) throw Problem.noReceipt()
  return asHolder(tx, digest, async () => {
    const found = await first<Held>(
      tx,
      sql`SELECT id, silo, topic, form, state, received_on::text, step, due_on::text, is_urgent, wrapped, refer_to
        FROM app.silo_case WHERE receipt = decode(${digest}, 'hex')`,
    )
    if (!found) throw Problem.noReceipt()
    return work(found)
  })
}

const maySay = ({ wrapped, state }: Held): boolean =>
  wrapped !== null && (isOpen(state) || state === 'closed' || state === 'visited')

/** What stands of the matter of a code, for whoever shows it. @throws Problem.noReceipt */
export const followMatter = (deps: Keys, tx: Tx, code: string): Promise<Followed> =>
  held(deps, tx, code, async (found) => {
    const { id, silo, wrapped } = found
    const [said, looks] = await Promise.all([
      rows<{ n: number; side: string; sealed: string; on: string }>(
        tx,
        sql`SELECT n, side, encode(sealed, 'base64') AS sealed, on_day::text AS on FROM app.silo_message WHERE case_id = ${id}::uuid AND side <> 'note' ORDER BY n`,
      ),
      rows<{ onDay: string; duty: Duty }>(
        tx,
        sql`SELECT DISTINCT on_day::text AS "onDay", duty FROM app.silo_look WHERE case_id = ${id}::uuid ORDER BY 1, 2`,
      ),
    ])
    const seal = wrapped === null ? null : caseSealFor(deps.crypto, silo, id, wrapped)
    return {
      silo,
      topic: found.topic,
      form: found.form,
      state: found.state,
      receivedOn: found.received_on,
      step: found.step,
      dueOn: found.due_on,
      isUrgent: found.is_urgent,
      isErased: seal === null,
      referTo: found.refer_to,
      messages: seal
        ? said.map(({ n, side, sealed, on }) => ({
            n,
            mine: side === 'asker',
            text: seal.open(Buffer.from(sealed, 'base64'), n),
            onDay: on,
          }))
        : [],
      looks,
      maySay: maySay(found),
    }
  })

const refuse = (message: string): Problem => Problem.invalid({ issues: [{ field: 'text', message }] })

/** What whoever holds the code does with her matter. @throws Problem.noReceipt, invalid, fileChanged */
export const actAsHolder = (deps: Keys, tx: Tx, given: HolderAct): Promise<{ isUrgent: boolean }> =>
  held(deps, tx, given.code, async (found) => {
    const calm = { isUrgent: false }
    switch (given.act) {
      case 'say':
        return { isUrgent: await say(deps, tx, found, given.text ?? '') }
      case 'erase': {
        const gone = await first<{ done: boolean }>(
          tx,
          sql`SELECT app.silo_erase(${found.id}::uuid, ${deps.today()}::date) AS done`,
        )
        if (!gone!.done) throw Problem.fileChanged()
        return calm
      }
      case 'refuse':
        if (found.refer_to === null) throw Problem.fileChanged()
        await sql`UPDATE app.silo_case SET refer_to = NULL, version = version + 1 WHERE id = ${found.id}::uuid`.execute(
          tx,
        )
        return calm
      case 'agree':
        await move(deps, tx, found)
        return calm
    }
  })

async function say({ crypto, today }: Keys, tx: Tx, found: Held, typed: string): Promise<boolean> {
  const body = typed.trim()
  if (body === '') throw refuse('请写下要补充的话')
  if (!maySay(found)) throw refuse('这件事项已经结束，不能再补充；有新的情况请另外提交')
  const day = today()
  const isUrgent = dangerIn(body, (await readRules(tx)).on(dangerWords, day).value.words).length > 0
  const said = await first<{ version: number }>(
    tx,
    sql`UPDATE app.silo_case SET version = version + 1 WHERE id = ${found.id}::uuid RETURNING version`,
  )
  if (!said) throw Problem.fileChanged()
  if (said.version > mostMessages) throw refuse('补充的次数过多，请与承办人员约定其他联系方式')
  const seal = caseSealFor(crypto, found.silo, found.id, found.wrapped!)
  await sql`INSERT INTO app.silo_message (case_id, n, side, sealed, on_day)
    VALUES (${found.id}::uuid, ${said.version}, 'asker', ${seal.close(body, said.version)}::bytea, ${day}::date)`.execute(
    tx,
  )
  if (isUrgent) await sql`SELECT app.silo_mark(${found.id}::uuid, true)`.execute(tx)
  if (isUrgent && !found.is_urgent) alarm(tx, found.silo, found.id, day)
  return isUrgent
}

/** She agrees that another silo deals with it: it goes there whole, under that silo's key, with the same receipt. */
async function move({ crypto, today }: Keys, tx: Tx, found: Held): Promise<void> {
  const { id, silo, wrapped, refer_to: to } = found
  if (to === null || wrapped === null) throw Problem.fileChanged()
  const day = today()
  const term = termOf(await readRules(tx), to, nextStep(to, 'received')!, day)
  const due = (await calendarAround(tx, day)).add(day, term)
  const moved = await first<{ done: boolean }>(
    tx,
    sql`SELECT app.silo_move(${id}::uuid, ${topics[to].at(-1)}, ${rewrapFor(crypto, { from: silo, to }, id, wrapped)}, ${due}::date) AS done`,
  )
  if (!moved!.done) throw Problem.fileChanged()
  if ((await first(tx, sql`SELECT 1 FROM app.silo_called(${id}::uuid) LIMIT 1`)) === null)
    throw Problem.denied({
      what: `“${siloWords[to].label}”现在没有人可以受理，没有转过去，还在原来的地方办理；请点“不同意”，或过几天再试`,
    })
  if (found.is_urgent) alarm(tx, to, id, day)
}
