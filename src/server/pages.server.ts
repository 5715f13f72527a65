import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod/mini'

/** Rows of one page of a desk. */
const pageSize = 50

/** Which page of a desk: how many rows stand on the pages before it (`next` of the last answer). */
export const pageQuery = z.strictObject({ after: z.optional(z.string().check(z.regex(/^[0-9]{1,6}$/))) })
export const rowsBefore = ({ after }: { after?: string | undefined }): number => Number(after ?? 0)

/**
 * A page of a desk whose order no one column tells (what is open before what is closed, and so on): `after` is the `next` of the
 * page before it, none for the first.
 * @param read the rows in their whole order, by the key at last, ended by the page that it is given
 */
export async function pageOf<T>(
  after: number,
  read: (page: RawBuilder<unknown>) => Promise<T[]>,
): Promise<{ rows: T[]; next: string | null }> {
  const found = await read(sql`LIMIT ${pageSize + 1} OFFSET ${after}`)
  return {
    rows: found.slice(0, pageSize),
    next: found.length > pageSize ? String(after + pageSize) : null,
  }
}
