import { joined, plain, sentence, titled, type Clause } from './words.ts'

/** An accepted 源头参与 of the year. */
export interface PolicyInputRow {
  id?: string
  kind: string
  document: string
  sentOn: string
}

/** kind → how its documents are told. */
const frames: readonly (readonly [kind: string, tell: (documents: string) => string])[] = [
  ['参与起草', (documents) => `参与起草${documents}`],
  ['修改建议', (documents) => `对${documents}提出修改建议`],
  ['提案议案', (documents) => `围绕${documents}提交提案议案`],
  ['调研报告', (documents) => `形成${documents}调研报告`],
]

/** What the union brought into laws, policies and model texts, document by document. */
export function policyInputs(rows: readonly PolicyInputRow[]): Clause | null {
  const told = frames.map(([kind, tell]) => {
    const found = rows
      .filter((row) => row.kind === kind)
      .toSorted((a, b) => (`${a.sentOn} ${a.document}` < `${b.sentOn} ${b.document}` ? -1 : 1))
    const documents = [...new Set(found.map(({ document }) => titled(document)))]
    const records = found.flatMap(({ id }) => (id === undefined ? [] : [id]))
    return documents.length === 0 ? null : plain(tell(documents.join('')), records)
  })
  return sentence('把女职工的诉求带到政策和制度的源头，', joined(told, '，'))
}
