import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { Actor } from '#identity/actor.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { MyCertificates } from './api.ts'
import { findCertificate } from './layouts.ts'

/** Of a class that she completed by her attendance. */
export const hers = ({ personId }: Actor): RawBuilder<unknown> =>
  sql`EXISTS (SELECT FROM app.enrolment n WHERE n.district_id = c.record_district_id AND n.id = c.enrolment_id AND n.person_id = ${personId}::uuid)`

/** Certificates of classes that she completed by their attendance; one that was taken back or superseded stays in the list as such. */
export async function readMyCertificates(tx: Tx, actor: Actor): Promise<MyCertificates> {
  const found = await rows<Omit<MyCertificates['rows'][number], 'title'> & { layout: string }>(
    tx,
    sql`SELECT c.id, c.no, c.code, c.layout, c.words, c.issuer, c.issued_on::text AS "issuedOn", c.state FROM app.certificate c
      WHERE ${hers(actor)} ORDER BY c.issued_at DESC, c.id LIMIT ${bounds.myCertificates.most}`,
  )
  return {
    rows: found.map(({ layout, ...row }) => ({ ...row, title: findCertificate(layout)?.title ?? '证书' })),
  }
}
