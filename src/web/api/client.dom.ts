import * as z from 'zod/mini'
import { ApiProblem, offline, problemOf } from './problem.ts'
import { sessionLost } from './session.dom.ts'
import { askStepUp } from './stepUp.dom.ts'

export type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** Bytes instead of a JSON body. */
  file?: Blob
  /** Idempotency-Key of the user's act; a retry of the same act carries the same key. */
  key?: string
  signal?: AbortSignal
  /** Goes out without the session: the server is not to know who asks. */
  nameless?: true
}

/** Code of the answer that asks for the second factor again. */
const stepUpNeeded = '403.4'

async function answerOf(
  path: string,
  { method = 'GET', body, file, key, signal, nameless }: Call,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (file) headers['content-type'] = 'application/octet-stream'
  if (key !== undefined) headers['idempotency-key'] = key
  try {
    return await fetch(`/api${path}`, {
      method,
      headers,
      credentials: nameless ? 'omit' : 'same-origin',
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ?? null,
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    throw offline()
  }
}

/**
 * One call of the API, its answer checked against the contract.
 * Where the act wants a recent second factor, asks for it and then repeats the same request, under the same key.
 * @throws ApiProblem; a 401 after sign-in also raises the sign-in window over the page as it stands.
 */
export async function call<T>(path: string, schema: z.ZodMiniType<T>, options: Call = {}): Promise<T> {
  const answer = await answerOf(path, options)
  const text = await answer.text()
  const json: unknown = text === '' ? null : parse(text)
  if (!answer.ok) {
    const problem = refusal(answer.status, json)
    if (problem.body.code === stepUpNeeded && (await askStepUp())) return call(path, schema, options)
    throw problem
  }
  const read = z.safeParse(schema, json)
  if (read.success) return read.data
  throw new ApiProblem(-1, {
    code: '格式',
    message: '服务器的回答与本页版本不一致，请刷新页面',
    details: { path, issue: read.error.issues[0] },
  })
}

function refusal(status: number, json: unknown): ApiProblem {
  if (status === 401) sessionLost()
  return problemOf(status, json)
}

/** One call whose answer is a file; asks for the second factor as `call` does. @throws ApiProblem */
export async function callFile(path: string, options: Call): Promise<Blob> {
  const answer = await answerOf(path, options)
  if (answer.ok) return answer.blob()
  const problem = refusal(answer.status, parse(await answer.text()))
  if (problem.body.code === stepUpNeeded && (await askStepUp())) return callFile(path, options)
  throw problem
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Answer without content that matters. */
export const anything = z.unknown()
