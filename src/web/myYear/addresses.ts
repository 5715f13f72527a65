import * as z from 'zod/mini'
import { myYearRecordsQuery, whose } from '#figures/myYear/api.ts'

const { year, programme, deed, indicator } = myYearRecordsQuery.shape

/** Year and whose work; `programme` with a deed or an indicator opens the records behind a number. */
export const myYearSearch = z.strictObject({
  year,
  whose: z.optional(z.enum(whose)),
  programme: z.optional(programme),
  deed,
  indicator,
})
export type MyYearSearch = z.infer<typeof myYearSearch>

/** Addresses of the API for 我的年度工作. */
export const myYearApi = {
  year: '/my-year',
  records: '/my-year/records',
  /** For the browser itself. */
  docx: (year: number) => `/api/my-year/docx?year=${year}`,
} as const
