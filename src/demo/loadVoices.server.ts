import { sql } from 'kysely'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Suggestion } from '#help/api.ts'
import { askPolicy, publishAnswer } from '#help/policy.server.ts'
import { answerTo, sendSuggestion } from '#help/suggestions.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { loadSilos } from './loadSilos.server.ts'
import { demoCadre } from './loadTasks.server.ts'

type Seed = Pick<Suggestion, 'kind' | 'body'> & { nth: number; answer?: string }

/** Made up: what two cadres told the city past their superiors, one of them answered. */
const seeds: readonly Seed[] = [
  {
    nth: 0,
    kind: 'complaint',
    body: '培训记录已在系统里报过，上级又要求在微信群另报一份人数，两边的数还要求一致，基层同志反复核对。希望只认系统里的数。',
    answer:
      '来件收悉。已在工作例会上明确：凡系统里有的数，不得另行要表。今后如再遇到，请直接在这里告诉我们。',
  },
  {
    nth: 1,
    kind: 'suggestion',
    body: '建议讲座和读书活动增加“线上线下同步”一项，现在只能二选一，参加人次分不清是哪一边的。',
  },
]

/** Made up: questions on policy without a name, in the order of asking; those with words for everybody are published. */
const questions: readonly { body: string; answer?: string; shown?: string }[] = [
  {
    body: '我在哺乳期，孩子八个月，单位说每天只能提前半小时下班，哺乳时间到底有多少？',
    shown: '哺乳期每天有多少哺乳时间？',
    answer:
      '对哺乳未满一周岁婴儿的女职工，用人单位应当在每天的劳动时间内安排一小时哺乳时间；生育多胞胎的，每多哺乳一个婴儿每天增加一小时（女职工劳动保护特别规定 第九条）。可以与单位商量集中使用。',
  },
  {
    body: '怀孕七个月，车间还排夜班，可以不上吗？',
    shown: '怀孕七个月以上，可以不上夜班吗？',
    answer:
      '可以。对怀孕七个月以上的女职工，用人单位不得延长劳动时间或者安排夜班劳动，并应当在劳动时间内安排一定的休息时间（女职工劳动保护特别规定 第六条）。',
  },
  { body: '灵活就业的女职工怎样参加“两癌”筛查，要先加入工会吗？' },
]

/** 投诉建议 and 政策咨询 of the demo, through the functions that live ones pass; and what was told in confidence. */
export async function loadVoices(
  deps: Pick<Deps, 'crypto' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
): Promise<void> {
  await loadSilos(tx, deps.crypto)
  const city = await demoCadre(tx, 'city')
  for (const [n, { body, answer, shown }] of questions.entries()) {
    // A nonce of its own, the same at every load.
    await askPolicy(deps, tx, { nonce: `00000000-0000-4000-8000-00000000000${n}`, body })
    if (answer === undefined || shown === undefined) continue
    const waiting = await first<{ id: string }>(
      tx,
      sql`SELECT id FROM app.suggestion WHERE kind = 'policy' AND state = 'sent'`,
    )
    await answerTo(deps, tx, openWork(city), waiting!.id, answer)
    await publishAnswer(deps, tx, openWork(city), waiting!.id, { question: shown, answer })
  }
  for (const { nth, answer, ...said } of seeds) {
    const from = await demoCadre(tx, 'district', nth)
    const { id } = await sendSuggestion(deps, tx, openWork(from), said)
    if (answer !== undefined) await answerTo(deps, tx, openWork(city), id, answer)
    work.audit({
      districtId: from.org.districtId,
      action: 'suggestion.send',
      object: `suggestion:${id}`,
      accountId: from.accountId,
    })
  }
}
