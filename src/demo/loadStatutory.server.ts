import { sql } from 'kysely'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { beganOf } from '#figures/statutory/began.server.ts'
import { askedPart, findingsOf, liveCells } from '#figures/statutory/read.server.ts'
import { layoutOf, linesOf } from '#figures/statutory/layouts.ts'
import { actOnTable, saveHead, saveTable } from '#figures/statutory/write.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'

const key = 'annual'

/**
 * The annual tables of 2018 of the city and a district and that of 2019 of the district, each filled by one cadre and signed by
 * another, under a head of the city's: so the city's of 2019 stands open beside what was signed of the year before.
 */
export async function loadStatutory(tx: Tx, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  for (const from of [2017, 2019])
    await saveHead(tx, openWork(city), key, {
      formNo: '演示女工1表',
      issuer: '演示市总工会',
      approvalNo: `演示统制〔${from}〕12号`,
      validFrom: `${from}-12-01`,
      validUntil: `${from + 2}-11-30`,
    })
  await signed(tx, work, 'city', 2018)
  await signed(tx, work, 'district', 2018)
  await signed(tx, work, 'district', 2019)
}

/** What is said to the questions that no look at a record answers. */
const answers: Readonly<Record<string, string>> = {
  'begins.now': '平台自2018年1月起登记，此前三个月的工作没有逐条记录，未计入本表',
  'begins.before': '上年表不含2017年第四季度，增减不作比较',
}

/** Fills a table and has it signed. */
async function signed(tx: Tx, work: UnitOfWork, tier: 'city' | 'district', year: number): Promise<void> {
  // Under the head of its time.
  const deps: Pick<Deps, 'today'> = { today: () => `${year + 1}-01-17` }
  const period = { year, part: 1 }
  const [preparer, signer] = [await demoCadre(tx, tier), await demoCadre(tx, tier, 1)]
  const layout = layoutOf(key)
  const asked = Object.fromEntries(
    linesOf(layout).flatMap(({ code, from }, n) => ('asked' in from ? [[code, 3 + (n % 4) * 9]] : [])),
  )
  const at = { id: preparer.org.id, scopeCode: preparer.org.scopeCode, ...period }
  const cells = await liveCells(deps, tx, preparer, layout, at, asked)
  const reported = askedPart(layout, year, 1)
  const notes = Object.fromEntries(
    findingsOf(layout, cells, { period: reported, beganYm: await beganOf(tx, preparer.org.id, reported) })
      .filter(({ level }) => level === 'ask')
      .map(({ id }) => [id, answers[id] ?? '已逐笔核对记录，属实']),
  )
  const saved = await saveTable(tx, openWork(preparer), key, { ...period, version: 0, asked, notes })
  await actOnTable(deps, tx, openWork(preparer), key, { ...period, version: saved.version, action: 'submit' })
  await actOnTable(deps, tx, openWork(signer), key, { ...period, version: saved.version + 1, action: 'sign' })
  await sql`UPDATE app.statutory_table SET submitted_at = ${`${year + 1}-01-16T07:10:00Z`}::timestamptz, signed_at = ${`${year + 1}-01-17T02:05:00Z`}::timestamptz
    WHERE org_id = ${preparer.org.id} AND layout = ${key} AND year = ${period.year}`.execute(tx)
  work.audit({
    districtId: signer.org.districtId,
    action: 'statutory.sign',
    object: `statutory:${key}:${period.year}:${period.part}`,
    accountId: signer.accountId,
  })
}
