import { consentTexts } from './consentTexts.ts'
import { purposes, readPurposes, sealedLabels } from './purposes.ts'
import { officeTables } from './officeTables.ts'
import { personalTables } from './registry.ts'

const cells = (values: readonly string[]): string => `| ${values.join(' | ')} |`

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [cells(header), cells(header.map(() => '---')), ...rows.map(cells)].join('\n')

const offices = Object.entries(officeTables)

/** The register of personal fields as a chapter of the data dictionary. */
export function personalChapter(): string {
  return `${[
    '## 个人信息登记册',
    '由 `src/person/registry.ts` 生成。S2 个人信息，S3 敏感个人信息；加密栏目的读取必定留痕。',
    ...Object.entries(personalTables).flatMap(([name, rule]) => [
      `### ${rule.title} \`${name}\``,
      `用途：${rule.purpose}。依据：${rule.basis}。保存：${rule.retention}。`,
      table(
        ['栏目', '列名', '类别', '显示', '读取留痕', '本人副本'],
        Object.entries(rule.columns).map(([column, c]) => [
          c.label,
          `\`${column}\``,
          c.class,
          c.mask,
          c.log,
          c.export,
        ]),
      ),
    ]),
    '### 只记经办人的表',
    '这些表记着账号或公开职务，用途是留下谁办的；依据法定职责，随记录保存。',
    table(
      ['表', '内容'],
      offices.flatMap(([name, held]) => (typeof held === 'string' ? [[`\`${name}\``, held]] : [])),
    ),
    '### 办理业务时另外记下的',
    table(
      ['表', '内容', '用途', '依据', '保存'],
      offices.flatMap(([name, held]) =>
        typeof held === 'string'
          ? []
          : [[`\`${name}\``, held.what, held.purpose, held.basis, held.retention]],
      ),
    ),
    '### 查看加密信息的用途',
    table(
      ['用途', '依据', '可查看'],
      readPurposes.map((p) => [
        purposes[p].label,
        purposes[p].basis,
        purposes[p].fields.map((f) => sealedLabels[f]).join('、'),
      ]),
    ),
    '### 分项同意的告知书',
    table(
      ['用途', '版本', '文本'],
      Object.values(consentTexts).map((t) => [t.label, String(t.version), t.text]),
    ),
  ].join('\n\n')}\n`
}
