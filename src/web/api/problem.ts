import * as z from 'zod/mini'

/** The body of an error answer. `code` is HTTP status + serial as text (`409.3`); `reqId` finds it in the log. */
export const problemBody = z.object({
  code: z.string(),
  message: z.string(),
  reqId: z.optional(z.string()),
  issues: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  details: z.optional(z.record(z.string(), z.unknown())),
})
export type ProblemBody = z.infer<typeof problemBody>

/** A failed call. `status` 0 = the server was not reached. */
export class ApiProblem extends Error {
  readonly status: number
  readonly body: ProblemBody
  constructor(status: number, body: ProblemBody) {
    super(body.message)
    this.name = 'ApiProblem'
    this.status = status
    this.body = body
  }
}

/** Code of the answer that a password or a phone alone gets. */
const factorMissing = '403.3'
export const lacksFactor = (error: unknown): boolean =>
  error instanceof ApiProblem && error.body.code === factorMissing

/** Whether a refusal is told at the fields, so that the form need not say it again. */
export const isTold = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.body.issues?.length ?? 0) > 0

/** Not reached: the same act may be tried again with the same key. */
export const offline = (): ApiProblem =>
  new ApiProblem(0, { code: '网络', message: '连不上服务器，请检查网络后重试' })

/** What an unknown throw means to a reader: always a sentence and, where there is one, the number to quote. */
export function toProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  return new ApiProblem(-1, { code: '页面', message: '页面出了差错，请刷新后再试；没有提交的内容已存为草稿' })
}

/** An answer that is not the problem of our contract (a proxy's page, an empty 502) still gives a sentence. */
export function problemOf(status: number, json: unknown): ApiProblem {
  const read = z.safeParse(problemBody, json)
  if (read.success) return new ApiProblem(status, read.data)
  const message =
    status >= 502 && status <= 504 ? '服务器正在重启，请稍候再试' : '服务器没有给出说明，请稍后重试'
  return new ApiProblem(status, { code: String(status), message })
}

/** The fault at a field of a form, where the answer names one. */
export const issueAt = (error: unknown, field: string): string | undefined =>
  error instanceof ApiProblem ? error.body.issues?.find((i) => i.field === field)?.message : undefined

/** Whether one of these fields says what is wrong, so that nothing need be said beside the form. */
export const hasIssueAt = (error: unknown, fields: readonly string[]): boolean =>
  fields.some((field) => issueAt(error, field) !== undefined)
