import { sql } from 'kysely'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { SealedField } from './purposes.ts'
import { guardianOf } from './sealedText.ts'
import type { Stored } from './stored.ts'
import { masksOf } from './vault.server.ts'

/**
 * Persons by id, in the order asked. Since when she is here is told over her turns in the unit (入会, 保留, 恢复): it is the day of
 * the row before the first of them.
 */
export const storedOf = (tx: Tx, ids: readonly string[]): Promise<Stored[]> =>
  rows<Stored>(
    tx,
    sql`SELECT p.id, p.version, p.org_id AS "orgId", o.name AS org, encode(p.id_index, 'hex') AS index, p.name, p.id_kind AS "idKind", p.sex,
      p.birth_year AS "birthYear", p.nation, p.politics, p.education, p.employment, p.skill, p.hukou, p.native_place AS "nativePlace",
      p.is_migrant AS "isMigrant", p.worker_group AS "group", p.guardian_agreed_on AS "guardianAgreedOn", f.id AS membership,
      CASE m.kind WHEN '保留会籍' THEN '会员' ELSE m.kind END AS kind,
      f.from_on AS "fromOn", m.until_on AS "untilOn", m.kind = '保留会籍' AS rests, m.from_on AS "turnedOn",
      CASE WHEN f.id <> m.id THEN f.until_on END AS "notAfter",
      (SELECT max(b.until_on) FROM app.membership b WHERE b.person_id = p.id AND b.id <> f.id AND b.from_on <= f.from_on
        AND b.until_on <= f.from_on) AS "notBefore"
      FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY k(id, n) JOIN app.person p ON p.id = k.id AND p.state = 'active' JOIN app.org o ON o.id = p.org_id
      JOIN LATERAL (SELECT id, kind, from_on, until_on FROM app.membership m WHERE m.person_id = p.id ORDER BY from_on DESC, until_on DESC NULLS FIRST LIMIT 1) m ON true
      JOIN LATERAL (SELECT id, from_on, until_on FROM app.membership r WHERE r.person_id = p.id AND NOT EXISTS (SELECT FROM app.membership b
          WHERE b.person_id = p.id AND b.org_id = r.org_id AND b.id <> r.id AND b.until_on = r.from_on AND b.left_by IN ('入会', '保留', '恢复'))
        ORDER BY from_on DESC, until_on DESC NULLS FIRST LIMIT 1) f ON true
      ORDER BY k.n`,
  )

/** Columns of a workbook that hold sealed values. */
export type Values = Record<string, string | null>

/** How an export masks a day of birth: a date that is none. */
const maskedBirth = (year: number): string => `${year}-**-**`

/** Sealed values of persons as an export masks them. */
export async function maskedOf(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  stored: readonly Pick<Stored, 'id' | 'birthYear'>[],
): Promise<Map<string, Values>> {
  const masks = await masksOf(
    deps.crypto,
    tx,
    stored.map((p) => p.id),
  )
  return new Map(
    stored.map(({ id, birthYear }) => {
      const mask = masks.get(id)
      const guardian = mask?.guardian ? '***' : null
      return [
        id,
        {
          idNumber: mask?.idNumber ?? null,
          phone: mask?.phone ?? null,
          birth: maskedBirth(birthYear),
          guardianName: guardian,
          guardianPhone: guardian,
        },
      ]
    }),
  )
}

export function plainOf(values: Partial<Record<SealedField, string | null>>): Values {
  const guardian = guardianOf(values.guardian)
  return {
    idNumber: values.idNumber ?? null,
    phone: values.phone ?? null,
    birth: values.birth ?? null,
    guardianName: guardian?.name ?? null,
    guardianPhone: guardian?.phone ?? null,
  }
}
