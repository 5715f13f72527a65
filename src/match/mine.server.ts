import { sql } from 'kysely'
import { randomId, sha256, type CryptoProvider } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import {
  joinRefusals,
  type MatchAnswers,
  type MatchCard,
  type MatchEntry,
  type MatchPairs,
  type MatchPeople,
  type MyMatch,
} from './api.ts'
import { closed, opened } from './seal.server.ts'
import { bandOf, holdsContact, matchText } from './text.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>
type Card = { alias: string; area: string; about: string }
type Stored = { id: string; card: Buffer; years: number }

const atOnce = 20
export const textHash = sha256(matchText)

const cardOf = (crypto: CryptoProvider, id: string, card: Uint8Array): Card =>
  JSON.parse(opened(crypto, 'card', id, card)) as Card
const shown = (crypto: CryptoProvider, { id, card, years }: Stored): MatchCard => ({
  id,
  ...cardOf(crypto, id, card),
  band: bandOf(years),
})

/** Her own row: one of a registration that was merged stands until she says anew that she takes part. */
const ownProfile = (tx: Tx) =>
  first<{ id: string; card: Buffer; contact: Buffer; singleOn: string; isSeen: boolean }>(
    tx,
    sql`SELECT m.id, m.card, m.contact, m.single_on::text AS "singleOn", m.person_id = app.me() AND m.text_hash = app.match_text() AS "isSeen"
      FROM app.match_profile m WHERE m.person_id = app.me() OR m.person_id IN (SELECT p.id FROM app.person p WHERE p.merged_into = app.me())
      ORDER BY m.person_id = app.me() DESC LIMIT 1`,
  )

const areasOf = async (tx: Tx): Promise<string[]> =>
  (
    await rows<{ name: string }>(
      tx,
      sql`SELECT DISTINCT o.short_name AS name FROM app.org o WHERE o.tier = 'district' ORDER BY 1`,
    )
  ).map(({ name }) => name)

/** What she is told before she joins, and her card. */
export async function readMatch({ crypto, today }: Keys, tx: Tx): Promise<MyMatch> {
  const standing = await first<{ years: number | null; is_barred: boolean; reports: MyMatch['reports'] }>(
    tx,
    sql`SELECT * FROM app.match_standing(${today()}::date)`,
  )
  const own = await ownProfile(tx)
  return {
    isRegistered: standing !== null,
    isBarred: standing?.is_barred ?? false,
    profile: own
      ? {
          ...cardOf(crypto, own.id, own.card),
          contact: opened(crypto, 'contact', own.id, own.contact),
          band: bandOf(standing?.years ?? 0),
          singleOn: own.singleOn,
          isSeen: own.isSeen && standing !== null,
        }
      : null,
    areas: await areasOf(tx),
    text: matchText,
    textHash,
    reports: standing?.reports ?? [],
  }
}

/** @throws Problem.invalid at the field */
async function mustBeCard(tx: Tx, given: MatchEntry): Promise<void> {
  const issues: { field: string; message: string }[] = []
  const say = (field: string, message: string) => void issues.push({ field, message })
  if (given.alias.length < 2) say('alias', '请起一个 2—12 个字的昵称，不要用真实姓名')
  if (holdsContact(given.alias)) say('alias', '昵称里不要写号码或联系方式')
  if (!(await areasOf(tx)).includes(given.area)) say('area', '请选择所在区市')
  if (given.about.length < 4) say('about', '请写几句介绍（至少 4 个字），比如爱好、想认识什么样的人')
  if (holdsContact(given.about)) say('about', '介绍里不要写号码或联系方式，双方都愿意以后才会互相看到')
  if (given.contact.length < 4) say('contact', '请填写双方都愿意以后告诉对方的联系方式，比如手机号或微信号')
  if (!given.isSingle) say('isSingle', '只有单身职工可以参加，请勾选单身声明')
  if (given.textHash !== textHash) say('textHash', '说明有了新的内容，请重新阅读后再同意')
  if (issues.length > 0) throw Problem.invalid({ issues })
}

/** What is noted of her acts: that there was one, never to whom nor what she said. */
const note = (work: UnitOfWork, action: string): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: 'match:own' })

/** Takes part, or writes her card anew. @throws Problem.invalid, enrolRefused */
export async function keepMatch(deps: Keys, tx: Tx, work: UnitOfWork, given: MatchEntry): Promise<void> {
  await mustBeCard(tx, given)
  const { alias, area, about, contact } = given
  const id = (await ownProfile(tx))?.id ?? randomId()
  const card: Card = { alias, area, about }
  const [{ refusal } = { refusal: null }] = await keyed<{ refusal: keyof typeof joinRefusals | null }>(
    tx,
    sql`SELECT app.join_match(${id}::uuid, ${closed(deps.crypto, 'card', id, JSON.stringify(card))}::bytea,
      ${closed(deps.crypto, 'contact', id, contact)}::bytea, ${textHash}, ${deps.today()}::date) AS refusal`,
  )
  if (refusal !== null) throw Problem.enrolRefused({ why: refusal, sentence: joinRefusals[refusal] })
  note(work, 'match.keep')
}

/** Cards that she has not answered. */
export async function listPeople({ crypto, today }: Keys, tx: Tx, skip: number): Promise<MatchPeople> {
  const found = await rows<Stored>(
    tx,
    sql`SELECT * FROM app.match_people(${today()}::date, ${skip}::int, ${atOnce + 1}::int)`,
  )
  return { rows: found.slice(0, atOnce).map((one) => shown(crypto, one)), more: found.length > atOnce }
}

/** Her answer; how the other answered is in no part of what comes back. @throws Problem.notFound, enrolRefused */
export async function answerMatch(tx: Tx, work: UnitOfWork, id: string, yes: boolean): Promise<void> {
  const [{ refusal } = { refusal: null }] = await keyed<{ refusal: 'profile' | 'agreed' | null }>(
    tx,
    sql`SELECT app.answer_match(${id}::uuid, ${yes}::boolean) AS refusal`,
  )
  if (refusal === 'profile') throw Problem.notFound()
  if (refusal !== null)
    throw Problem.enrolRefused({
      why: refusal,
      sentence: '你们已经牵手；不想再联系，请到“我的牵手”里选“不再见到”',
    })
  note(work, 'match.answer')
}

/** From now on neither meets the other. @throws Problem.notFound */
export async function blockMatch(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const [done] = await keyed<{ ok: boolean }>(tx, sql`SELECT app.block_match(${id}::uuid) AS ok`)
  if (!done?.ok) throw Problem.notFound()
  note(work, 'match.answer')
}

/** Reports abuse, and blocks. @throws Problem.invalid, notFound */
export async function reportMatch(
  deps: Keys,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  words: string,
): Promise<void> {
  if (words.length < 4)
    throw Problem.invalid({ issues: [{ field: 'words', message: '请写明发生了什么（至少 4 个字）' }] })
  const report = randomId()
  const [done] = await keyed<{ ok: boolean }>(
    tx,
    sql`SELECT app.report_match(${report}::uuid, ${id}::uuid, ${closed(deps.crypto, 'words', report, words)}::bytea, ${deps.today()}::date) AS ok`,
  )
  if (!done?.ok) throw Problem.notFound()
  note(work, 'match.answer')
}

/** What she answered herself. */
export async function listAnswers({ crypto, today }: Keys, tx: Tx): Promise<MatchAnswers> {
  const found = await rows<Stored & { says_yes: boolean }>(
    tx,
    sql`SELECT * FROM app.match_answers(${today()}::date)`,
  )
  return { rows: found.map((one) => ({ ...shown(crypto, one), yes: one.says_yes })) }
}

/** With whom she agreed; that she reads their contact is told to them. */
export async function listPairs({ crypto, today }: Keys, tx: Tx): Promise<MatchPairs> {
  const found = await rows<Stored & { contact: Buffer; name: string; readOn: string | null }>(
    tx,
    sql`SELECT id, card, contact, years, name, seen_on::text AS "readOn" FROM app.match_pairs(${today()}::date)`,
  )
  return {
    rows: found.map((one) => ({
      ...shown(crypto, one),
      name: one.name,
      contact: opened(crypto, 'contact', one.id, one.contact),
      readOn: one.readOn,
    })),
  }
}

/** Nothing of her stays. */
export async function leaveMatch(tx: Tx, work: UnitOfWork): Promise<void> {
  const [done] = await keyed<{ was: boolean }>(tx, sql`SELECT app.leave_match() AS was`)
  if (done?.was) note(work, 'match.leave')
}
