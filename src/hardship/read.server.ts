import { Problem } from '#kit/problem.ts'
import { FileRefused } from '#paper/refused.ts'
import type { Deps } from '#server/deps.server.ts'
import { readAnswers, type AnswerRow } from './exchange.ts'

const mostRows = 2000

/** Reads an answer of civil affairs or of the bank, before the transaction. @throws Problem.fileRefused */
export async function readAnswerFile(
  deps: Pick<Deps, 'sheets'>,
  bytes: Uint8Array,
  word: '核对结果' | '结果',
): Promise<AnswerRow[]> {
  try {
    const found = readAnswers(await deps.sheets.readAll(bytes, mostRows), word)
    if (found === null) throw new FileRefused(`没有找到“编码”和“${word}”两栏，请在系统导出的表里填写后上传`)
    return found
  } catch (error) {
    if (error instanceof FileRefused) throw Problem.fileRefused(error.message)
    throw error
  }
}
