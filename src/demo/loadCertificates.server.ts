import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { issueCertificates } from '#certificate/issue.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { demoToday } from '#server/boot.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'

/** As many as the ledger shows at a glance. */
const shown = 11

/** Certificates of the city for honours of 2019 that it gave itself, in the order of their days; numbers are the same on every machine. */
export async function loadCertificates(tx: Tx, crypto: CryptoProvider, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const found = await rows<{ id: string }>(
    tx,
    sql`SELECT r.id FROM app.record r WHERE r.state = 'accepted' AND r.occurred_on >= '2019-01-01' AND r.occurred_on <= '2019-12-31'
      AND EXISTS (SELECT FROM app.honour_titles t WHERE t.district_id = r.district_id AND t.record_id = r.id AND starts_with(t.giver, ${city.org.name}))
      ORDER BY r.occurred_on, r.id LIMIT ${shown}`,
  )
  const { ids } = await issueCertificates(
    { crypto, findProgramme, today: () => demoToday },
    tx,
    openWork(city),
    { layout: 'honour', records: found.map((r) => r.id) },
  )
  work.audit({
    districtId: city.org.districtId,
    action: 'certificate.issue',
    object: `certificate:${ids[0]}`,
    accountId: city.accountId,
  })
}
