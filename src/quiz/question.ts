import type { BankQuestion } from './api.ts'
import type { QuestionKind } from './states.ts'

export const truthOptions = ['对', '错'] as const

/** What keeps a question from being asked; none, if it can. */
export function faultsOf({ kind, stem, options, answer }: Omit<BankQuestion, 'id' | 'explanation'>): {
  field: string
  message: string
}[] {
  const faults: { field: string; message: string }[] = []
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (stem.length < 4) fault('stem', '题目至少 4 个字')
  if (options.length < 2) fault('options', '至少写两个选项')
  if (options.some((option) => option === '')) fault('options', '选项不能空着')
  if (new Set(options).size !== options.length) fault('options', '有两个选项一样')
  if (answer.length === 0) fault('answer', '请选出正确答案')
  if (answer.some((one) => one > options.length)) fault('answer', '正确答案不在选项里')
  if (kind !== 'multiple' && answer.length > 1) fault('answer', '单选题、判断题只有一个正确答案')
  return faults
}

const kinds: Readonly<Record<string, QuestionKind>> = {
  单选: 'single',
  单选题: 'single',
  多选: 'multiple',
  多选题: 'multiple',
  判断: 'truth',
  判断题: 'truth',
}
const yes = ['对', '正确', '√', 'A', 'T', '是']
const no = ['错', '错误', '×', 'B', 'F', '否']
const letters = 'ABCDEFGH'

/** Columns of a table of questions, as it is pasted from a sheet. */
export const pasteColumns = ['题型', '题目', '选项A', '选项B', '选项C', '选项D', '答案', '解析'] as const

/**
 * Questions of rows pasted from a sheet: kind, question, two to six options, the answer in letters (or 对/错), the explanation.
 * A first row of headings is passed over; a row that cannot be read is told by its number.
 */
export function readPasted(text: string): { questions: BankQuestion[]; faults: string[] } {
  const questions: BankQuestion[] = []
  const faults: string[] = []
  text
    .split(/\r?\n/)
    .map((line, n) => ({ n: n + 1, cells: line.split('\t').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .forEach(({ n, cells }) => {
      if (n === 1 && cells[0] === '题型') return
      const question = readRow(cells)
      if (question === null) {
        faults.push(
          `第 ${n} 行：第一列写题型（单选、多选、判断），倒数第二列写答案，最后一列写解析（可以空着）`,
        )
        return
      }
      const [fault] = faultsOf(question)
      if (fault) faults.push(`第 ${n} 行：${fault.message}`)
      else questions.push(question)
    })
  return { questions, faults }
}

function readRow(cells: readonly string[]): BankQuestion | null {
  const kind = kinds[cells[0] ?? '']
  const stem = cells[1] ?? ''
  // 判断 may leave its options out; sheets drop empty cells at the end.
  const rest = cells.slice(2)
  if (kind === undefined || rest.length < 1) return null
  const writtenOut = answerOf(kind, rest[0]!) !== null && answerOf(kind, rest[1] ?? '') !== null
  const from = kind !== 'truth' || writtenOut ? 2 : 0
  const place = rest.findIndex((cell, n) => n >= from && answerOf(kind, cell) !== null)
  if (place < 0) return null
  return {
    id: null,
    kind,
    stem,
    options: kind === 'truth' ? [...truthOptions] : rest.slice(0, place).filter((cell) => cell !== ''),
    answer: answerOf(kind, rest[place]!)!,
    explanation: rest.slice(place + 1).find((cell) => cell !== '') ?? '',
  }
}

function answerOf(kind: QuestionKind, cell: string): number[] | null {
  const text = cell.toUpperCase().replace(/[\s、,，;；]/g, '')
  if (kind === 'truth') return yes.includes(text) ? [1] : no.includes(text) ? [2] : null
  if (!/^[A-H]{1,8}$/.test(text)) return null
  return [...new Set([...text].map((letter) => letters.indexOf(letter) + 1))].sort((a, b) => a - b)
}
