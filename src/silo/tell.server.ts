import { sql } from 'kysely'
import { groupedCode } from '#certificate/code.ts'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { tell as message } from '#notify/tell.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { NewMatter, TellOffer } from './api.ts'
import { dangerIn } from './danger.ts'
import { nextStep } from './flow.ts'
import { silos, siloWords, topics, type Silo } from './kinds.ts'
import { asHolder, digestOfTyped, receiptOf } from './receipt.server.ts'
import { dangerWords, termOf } from './rules.ts'
import { newCaseSeal } from './seal.server.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** Whether somebody takes in matters of a silo who has nothing to do with the unit. */
export const isHeard = async (tx: Tx, silo: Silo, orgId: number | null): Promise<boolean> =>
  (await first(
    tx,
    sql`SELECT 1 FROM app.silo_seated(${silo}, ${orgId}::int, ARRAY['lead', 'intake']) LIMIT 1`,
  )) !== null

/** What the page for everybody offers today. */
export async function readOffer(deps: Pick<Deps, 'today' | 'mode'>, tx: Tx): Promise<TellOffer> {
  const book = await readRules(tx)
  const open: Silo[] = []
  for (const silo of silos) if (await isHeard(tx, silo, null)) open.push(silo)
  return {
    open,
    dangerWords: book.on(dangerWords, deps.today()).value.words,
    isDemo: deps.mode === 'demo',
  }
}

/** Units by a part of their name; names alone. */
export async function findUnits(tx: Tx, typed: string): Promise<{ id: number; name: string }[]> {
  const q = typed.trim()
  if (q.length < 2) return []
  return rows(
    tx,
    sql`SELECT o.id, o.name FROM app.org o WHERE o.closed_on IS NULL AND (strpos(o.name, ${q}) > 0 OR strpos(o.short_name, ${q}) > 0)
      ORDER BY length(o.name), o.name LIMIT 12`,
  )
}

/** Whoever deals with danger is told at once; of all else they are told once a day. No message bears the minute. */
export function alarm(tx: Tx, silo: Silo, id: string, day: string): void {
  message(
    tx,
    sql`SELECT * FROM app.silo_called(${id}::uuid)`,
    { kind: 'remind', subject: `${siloWords[silo].name}有一件紧急事项，请尽快查看`, link: '/silos', day },
    null,
  )
}

/**
 * Takes a matter in. Nothing is kept of who told it: no account, no address, no minute; the audit, which knows both, is not told.
 * @param signer who signs with her account of her own will: her name is sealed with the text and stands nowhere else
 * @throws Problem.invalid
 */
export async function takeMatter(
  { crypto, today }: Keys,
  tx: Tx,
  given: NewMatter,
  signer: Actor | null,
): Promise<{ code: string; isUrgent: boolean }> {
  const { silo, orgId } = given
  const body = given.body.trim()
  if (!(topics[silo] as readonly string[]).includes(given.topic)) throw refuse('topic', '请选择事项类别')
  if (body.length < 10) throw refuse('body', '请把事情写清楚一些（至少 10 个字）')
  if (!(await isHeard(tx, silo, null)))
    throw refuse('silo', '这一类现在没有人值守，请拨打 12338 或 12351，紧急情况请拨 110')
  if (orgId !== null) {
    if ((await first(tx, sql`SELECT 1 FROM app.org WHERE id = ${orgId}`)) === null)
      throw refuse('orgId', '没有这个单位，请重新选择，或者留空')
    if (!(await isHeard(tx, silo, orgId)))
      throw refuse(
        'orgId',
        '受理这一类事项的人都与这个单位有关，须回避；请拨打 12338 或 12351，由外部机构办理',
      )
  }
  const day = today()
  const book = await readRules(tx)
  const isUrgent = dangerIn(body, book.on(dangerWords, day).value.words).length > 0
  // Of what is sent, not of its number alone: changed after an answer was lost, it is another matter and none of it is dropped.
  const said = [
    silo,
    given.topic,
    given.form ?? null,
    orgId,
    body,
    given.contact.trim(),
    signer?.accountId ?? null,
  ]
  const code = receiptOf(crypto, given.nonce, JSON.stringify(said))
  const digest = digestOfTyped(crypto, code)!
  const told = { code: groupedCode(code), isUrgent }
  const step = nextStep(silo, 'received')!
  const due = (await calendarAround(tx, day)).add(day, termOf(book, silo, step, day))
  const id = randomId()
  const { wrapped, seal } = newCaseSeal(crypto, silo, id)
  const lines = [
    body,
    signer ? `署名：${signer.name}（${signer.org.name}，登录账号核实）` : '',
    given.contact.trim() === '' ? '' : `联系方式：${given.contact.trim()}`,
  ]
  return asHolder(tx, digest, async () => {
    const made = await first(
      tx,
      sql`INSERT INTO app.silo_case (id, silo, topic, form, of_org, is_urgent, receipt, wrapped, received_on, step, due_on)
        VALUES (${id}::uuid, ${silo}, ${given.topic}, ${silo === 'legal' ? (given.form ?? null) : null}, ${orgId}::int, ${isUrgent},
          decode(${digest}, 'hex'), ${wrapped}, ${day}::date, ${step}, ${due}::date) ON CONFLICT (receipt) DO NOTHING RETURNING id`,
    )
    // Sent again because its answer was lost: it stands, and gets the same code.
    if (made === null) return told
    await sql`INSERT INTO app.silo_message (case_id, n, side, sealed, on_day)
      VALUES (${id}::uuid, 1, 'asker', ${seal.close(lines.filter(Boolean).join('\n'), 1)}::bytea, ${day}::date)`.execute(
      tx,
    )
    if (isUrgent) alarm(tx, silo, id, day)
    return told
  })
}
