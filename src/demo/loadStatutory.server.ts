import { sql } from 'kysely'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { findingsOf, liveCells } from '#figures/statutory/read.server.ts'
import { layoutOf, linesOf } from '#figures/statutory/layouts.ts'
import { actOnTable, saveHead, saveTable } from '#figures/statutory/write.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'

const key = 'annual'
const period = { year: 2019, part: 1 }

/** The annual table of 2019 of a district, filled by one of its cadres and signed by the other, under a head of the city's. */
export async function loadStatutory(deps: Pick<Deps, 'today'>, tx: Tx, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  await saveHead(tx, openWork(city), key, {
    formNo: '演示女工1表',
    issuer: '演示市总工会',
    approvalNo: '演示统制〔2019〕12号',
    validFrom: '2019-12-01',
    validUntil: '2021-11-30',
  })
  const [preparer, signer] = [await demoCadre(tx, 'district'), await demoCadre(tx, 'district', 1)]
  const layout = layoutOf(key)
  const asked = Object.fromEntries(
    linesOf(layout).flatMap(({ code, from }, n) => ('asked' in from ? [[code, 3 + (n % 4) * 9]] : [])),
  )
  const at = { id: preparer.org.id, scopeCode: preparer.org.scopeCode, ...period }
  const cells = await liveCells(deps, tx, preparer, layout, at, asked)
  const notes = Object.fromEntries(
    findingsOf(layout, cells)
      .filter(({ level }) => level === 'ask')
      .map(({ id }) => [id, '已逐笔核对记录，属实']),
  )
  const saved = await saveTable(tx, openWork(preparer), key, { ...period, version: 0, asked, notes })
  await actOnTable(deps, tx, openWork(preparer), key, { ...period, version: saved.version, action: 'submit' })
  await actOnTable(deps, tx, openWork(signer), key, { ...period, version: saved.version + 1, action: 'sign' })
  await sql`UPDATE app.statutory_table SET submitted_at = DATE '2020-01-16' + TIME '15:10', signed_at = DATE '2020-01-17' + TIME '10:05'
    WHERE org_id = ${preparer.org.id} AND layout = ${key} AND year = ${period.year}`.execute(tx)
  work.audit({
    districtId: signer.org.districtId,
    action: 'statutory.sign',
    object: `statutory:${key}:${period.year}:${period.part}`,
    accountId: signer.accountId,
  })
}
