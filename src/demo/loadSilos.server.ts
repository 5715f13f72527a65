import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { addDays } from '#kit/day.ts'
import { demoToday } from '#server/boot.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { nextStep } from '#silo/flow.ts'
import { silos, type Silo, type SiloState } from '#silo/kinds.ts'
import { receiptDigest } from '#crypto/secret.server.ts'
import { newCaseSeal } from '#silo/seal.server.ts'
import { idOf } from './loadTree.server.ts'

type Told = { topic: string; state: SiloState; told: string; answer?: string; urgent?: true }

/** Two made-up matters of each silo: one that waits, one that was answered. */
const matters: Readonly<Record<Silo, readonly [Told, Told]>> = {
  legal: [
    {
      topic: '生育',
      state: 'received',
      told: '休完产假回来，单位把我调到别的岗位，工资少了三分之一，可以不同意吗？',
    },
    {
      topic: '劳动争议',
      state: 'closed',
      told: '合同到期单位不续签，我正在哺乳期，这样合法吗？',
      answer:
        '哺乳期内合同期满的，应当续延到哺乳期满。已与单位沟通，单位同意续延；如有反复，我们可以代书仲裁申请。',
    },
  ],
  complaint: [
    {
      topic: '性骚扰',
      state: 'assigned',
      told: '部门主管多次在加班时说下流话，还威胁我不许告诉别人。',
      urgent: true,
    },
    {
      topic: '孕产期和哺乳期权益',
      state: 'closed',
      told: '单位没有安排哺乳时间，请了假还按事假扣钱。',
      answer: '已向单位送达提醒函，单位补发了所扣工资，从本月起每天安排一小时哺乳时间。',
    },
  ],
  counsel: [
    {
      topic: '亲子教育',
      state: 'received',
      told: '孩子上网课以后经常发脾气，我下班回来也很急躁，想约一次咨询。',
    },
    {
      topic: '工作压力',
      state: 'closed',
      told: '连着值班一个多月，晚上睡不好，总担心出错。',
      answer: '已面谈两次，商定了作息和放松练习；如果两周后仍睡不好，可以凭回执再约。',
    },
  ],
}

const postOf = async (tx: Tx, login: string): Promise<string> =>
  (await first<{ id: string }>(
    tx,
    sql`SELECT p.id FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE a.login = ${login}`,
  ))!.id

/** Seats of the silos, and their made-up matters; nobody holds a receipt of these. */
export async function loadSilos(tx: Tx, crypto: CryptoProvider): Promise<void> {
  const [lead, handler] = [await postOf(tx, 'siloLead'), await postOf(tx, 'siloHandler')]
  let n = 0
  for (const silo of silos) {
    await sql`INSERT INTO app.silo_seat (post_id, silo, duty, set_by) VALUES (${lead}::uuid, ${silo}, 'lead', ${lead}::uuid), (${handler}::uuid, ${silo}, 'handler', ${lead}::uuid)`.execute(
      tx,
    )
    for (const told of matters[silo]) await insertMatter(tx, crypto, silo, told, { n: ++n, lead, handler })
  }
}

const day = (back: number): string => addDays(demoToday, -back)

async function insertMatter(
  tx: Tx,
  crypto: CryptoProvider,
  silo: Silo,
  { topic, state, told, answer, urgent }: Told,
  { n, lead, handler }: { n: number; lead: string; handler: string },
): Promise<void> {
  const id = idOf(38, n)
  const { wrapped, seal } = newCaseSeal(crypto, silo, id)
  const isWaiting = state === 'received'
  const ended = answer === undefined ? null : day(2)
  const receipt = receiptDigest(crypto, `demo ${n}`)
  await sql`INSERT INTO app.silo_case (id, silo, topic, state, is_urgent, receipt, wrapped, assigned_post, accepted_post, received_on, accepted_on, assigned_on, ended_on, step, due_on, version)
    VALUES (${id}::uuid, ${silo}, ${topic}, ${state}, ${urgent === true}, ${receipt}, ${wrapped}, ${isWaiting ? null : handler}::uuid, ${isWaiting || silo === 'counsel' ? null : lead}::uuid,
      ${day(isWaiting ? 1 : 12)}::date, ${isWaiting || silo === 'counsel' ? null : day(10)}::date, ${isWaiting ? null : day(9)}::date, ${ended}::date,
      ${nextStep(silo, state)}, ${nextStep(silo, state) === null ? null : addDays(demoToday, isWaiting ? 1 : 20)}::date, ${answer === undefined ? 3 : 5})`.execute(
    tx,
  )
  const said = (number: number, side: string, text: string, on: string, author: string | null) =>
    sql`INSERT INTO app.silo_message (case_id, n, side, sealed, on_day, author_post)
      VALUES (${id}::uuid, ${number}, ${side}, ${seal.close(text, number)}::bytea, ${on}::date, ${author}::uuid)`.execute(
      tx,
    )
  await said(1, 'asker', told, day(isWaiting ? 1 : 12), null)
  if (answer !== undefined) await said(5, 'handler', answer, day(2), handler)
}
