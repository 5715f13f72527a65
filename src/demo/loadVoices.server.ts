import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Suggestion } from '#help/api.ts'
import { answerTo, sendSuggestion } from '#help/suggestions.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
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

/** 投诉建议 of the demo, through the functions that live ones pass; and what was told in confidence. */
export async function loadVoices(deps: Pick<Deps, 'crypto'>, tx: Tx, work: UnitOfWork): Promise<void> {
  await loadSilos(tx, deps.crypto)
  const city = await demoCadre(tx, 'city')
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
