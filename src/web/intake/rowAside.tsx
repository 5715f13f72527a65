import { Button, Flex, Tag } from 'antd'
import type { IntakeRow, IntakeSheet } from '#intake/api.ts'
import type { Choice } from '#intake/target.ts'
import { FillTools, type Fill } from './fillTools.tsx'
import { choiceWords, stateWords } from './words.ts'

type RowAsideProps = {
  sheet: IntakeSheet
  row: IntakeRow
  column: string
  editable: boolean
  busy: boolean
  onFill: (fill: Fill) => void
  onChoose: (choice: Choice | null, isForAll: boolean) => void
}

/** The row she stands on in words: what is wrong with it, what would mend it, what stands already. */
export function RowAside({ sheet, row, column, editable, busy, onFill, onChoose }: RowAsideProps) {
  const labelOf = (key: string): string => sheet.columns.find((c) => c.key === key)?.label ?? key
  const mayEdit = editable && row.state !== 'done'
  return (
    <aside className="intake-aside" aria-label={`第 ${row.line} 行的核对结果`} aria-live="polite">
      <Flex justify="space-between" align="center" gap={8}>
        {/* Its first column may have been scrolled away, on a phone soonest. */}
        <b className="intake-which">
          第 {row.line} 行 {row.cells[sheet.columns[0]?.key ?? '']}
        </b>
        <Tag color={stateWords[row.state].color}>{stateWords[row.state].label}</Tag>
      </Flex>
      {row.issues.length === 0 && row.twin === null && <p className="page-sub">这一行没有问题</p>}
      <ul className="intake-said">
        {row.issues.map(({ column: at, message, level, fixes = [] }) => (
          <li key={`${at} ${message}`} className={level}>
            {at !== null && <b>{labelOf(at)}：</b>}
            {message}
            {mayEdit && at !== null && fixes.length > 0 && (
              <Flex gap={6} wrap className="intake-fixes">
                {fixes.map((fix) => (
                  <Button
                    key={fix}
                    size="small"
                    disabled={busy}
                    title="本栏里同样的写法一并改"
                    onClick={() =>
                      onFill({
                        column: at,
                        how: 'replace',
                        was: row.cells[at] ?? '',
                        text: fix,
                        line: row.line,
                      })
                    }
                  >
                    改为 {fix}
                  </Button>
                ))}
              </Flex>
            )}
          </li>
        ))}
      </ul>
      {row.twin && <Twin {...{ sheet, row, mayEdit, busy, onChoose }} twin={row.twin} />}
      {mayEdit && <FillTools {...{ sheet, row, column, busy, onFill }} />}
    </aside>
  )
}

type TwinProps = Pick<RowAsideProps, 'sheet' | 'row' | 'busy' | 'onChoose'> & {
  twin: NonNullable<IntakeRow['twin']>
  mayEdit: boolean
}

/** Both side by side where they differ, and what is to become of the row. */
function Twin({ sheet, row, twin, mayEdit, busy, onChoose }: TwinProps) {
  const differing = sheet.columns.filter(
    ({ key }) =>
      Object.hasOwn(twin.values, key) &&
      sheet.mapping.includes(key) &&
      (twin.values[key] ?? '') !== (row.cells[key] ?? ''),
  )
  return (
    <section className="intake-twin">
      <p>{twin.label}</p>
      {differing.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>栏目</th>
              <th>已有</th>
              <th>这一行</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(({ key, label }) => (
              <tr key={key}>
                <td>{label}</td>
                <td>{twin.values[key] || '—'}</td>
                <td>{row.cells[key] || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayEdit && (
        <Flex gap={6} wrap>
          {twin.may.map((choice) => (
            <Button
              key={choice}
              size="small"
              type={row.choice === choice ? 'primary' : 'default'}
              aria-pressed={row.choice === choice}
              disabled={busy}
              onClick={() => onChoose(row.choice === choice ? null : choice, false)}
            >
              {choiceWords[choice]}
            </Button>
          ))}
          {row.choice !== null && sheet.counts.double > 0 && (
            <Button size="small" type="link" disabled={busy} onClick={() => onChoose(row.choice, true)}>
              其余 {sheet.counts.double} 行也{choiceWords[row.choice]}
            </Button>
          )}
        </Flex>
      )}
    </section>
  )
}
