import { sql, type RawBuilder } from 'kysely'
import type { Lack } from './lacks.ts'

/** Whether an entry p lacks something; `double`: another woman of her unit has her name and year. */
export const lackOf: Readonly<Record<Lack, RawBuilder<unknown>>> = {
  phone: sql`p.phone IS NULL`,
  birth: sql`p.birth IS NULL`,
  nation: sql`p.nation IS NULL`,
  education: sql`p.education IS NULL`,
  employment: sql`p.employment IS NULL`,
  hukou: sql`p.hukou IS NULL`,
  double: sql`EXISTS (SELECT FROM app.person d WHERE d.org_id = p.org_id AND d.id <> p.id AND d.state = 'active' AND d.name = p.name
    AND d.birth_year IS NOT DISTINCT FROM p.birth_year)`,
}
