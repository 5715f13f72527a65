import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { Actor } from '#identity/actor.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { MyCertificates } from './api.ts'
import { findCertificate } from './layouts.ts'

/** Certificates of classes that she completed by their attendance; one that was taken back or superseded stays in the list as such. */
export async function readMyCertificates(tx: Tx, actor: Actor): Promise<MyCertificates> {
  const found = await rows<Omit<MyCertificates['rows'][number], 'title'> & { layout: string }>(
    tx,
    sql`SELECT c.id, c.no, c.code, c.layout, c.words, c.issuer, c.issued_on::text AS "issuedOn", c.state FROM app.enrolment n
      JOIN app.certificate c ON c.record_district_id = n.district_id AND c.enrolment_id = n.id
      WHERE n.person_id = ${actor.personId}::uuid ORDER BY c.issued_at DESC, c.id LIMIT ${bounds.myCertificates.most}`,
  )
  return {
    rows: found.map(({ layout, ...row }) => ({ ...row, title: findCertificate(layout)?.title ?? '证书' })),
  }
}
