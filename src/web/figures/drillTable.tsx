import { Checkbox, Flex, Segmented, Table, Tag } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import { useState, type ReactNode } from 'react'
import { drill, figureSet, type FigureSet, type Withheld } from '#figures/api.ts'
import { tierLabels } from '#org/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { figuresApi } from './addresses.ts'
import { chapters, type Chapter, type Line } from './chapters.ts'
import { DefinitionButton } from './definition.tsx'
import { hasRecords, rowName, splitRows, sumOf, type DrillRow, type Pair } from './drillRows.ts'
import { formatValue } from './format.ts'
import type { Scope } from './scope.ts'
import { WithheldMark, WithheldNote } from './withheld.tsx'

/** From so many lines on, empty ones are folded away unless asked for. */
const MANY = 40

type DrillTableProps = {
  scope: Scope
  chapter: Chapter
  onChapter: (section: string) => void
  onOrg: (org: number) => void
  onOpen: (indicator: string, org: number | null) => void
}

/** Units × figures of one chapter: the office's own line, the units below, their sum; 会看 units apart. */
export function DrillTable({ scope, chapter, onChapter, onOrg, onOpen }: DrillTableProps) {
  const [asked, setOnly] = useState<boolean | null>(null)
  const ids = chapter.lines.map((line) => line.id)
  const query = useApi(figuresApi.drill(scope, ids), drill, { keep: true })
  const parts = query.data ? splitRows(query.data) : null
  // Many units, few records: then those with records first, the others one click away.
  const only = asked ?? (parts !== null && parts.counted.length > MANY)
  const set = useApi(figuresApi.set(scope), figureSet, { keep: true })
  return (
    <div className="drill">
      <Flex className="drill-bar" gap="8px 16px" align="center" justify="space-between" wrap>
        <Segmented
          className="drill-chapters"
          aria-label="总结的章节"
          value={chapter.section}
          options={chapters.map(({ section, title }) => ({ value: section, label: `${section} ${title}` }))}
          onChange={onChapter}
        />
        <Checkbox checked={only} onChange={({ target }) => setOnly(target.checked)}>
          只看有记录的单位
          {parts && `（${parts.counted.filter(hasRecords).length} / ${parts.counted.length}）`}
        </Checkbox>
      </Flex>
      <Loaded query={query}>
        {(data) => {
          const { counted, viewed } = splitRows(data)
          const columns = columnsOf(chapter, onOrg, (id, row) => onOpen(id, row.own ? null : row.org.id))
          return (
            <>
              <Units
                rows={only ? counted.filter(hasRecords) : counted}
                columns={columns}
                loading={query.isPlaceholderData}
                sum={
                  <SumLine
                    rows={counted}
                    chapter={chapter}
                    set={set.isPlaceholderData ? undefined : set.data}
                    onOpen={(id) => onOpen(id, null)}
                  />
                }
              />
              {data.rows.some((row) => row.small !== undefined) && <WithheldNote why="small" />}
              {viewed.length > 0 && (
                <>
                  <p className="viewed-note">
                    会看单位：经会看线在本级看得到，数字计在其隶属单位，<b>不在上面的合计内</b>。
                  </p>
                  <Units
                    rows={only ? viewed.filter(hasRecords) : viewed}
                    columns={columns}
                    loading={query.isPlaceholderData}
                  />
                </>
              )}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

type UnitsProps = {
  rows: DrillRow[]
  columns: ColumnsType<DrillRow>
  loading: boolean
  sum?: ReactNode
}

function Units({ rows, columns, loading, sum }: UnitsProps) {
  return (
    <Table
      size="small"
      className="drill-table num"
      rowKey={(row) => `${row.org.id}.${row.line}`}
      dataSource={rows}
      columns={columns}
      loading={loading}
      pagination={false}
      // A row's `children` is the number of its units; without this the table takes it for nested rows.
      expandable={{ childrenColumnName: 'nested' }}
      tableLayout="fixed"
      scroll={{ x: 132 + (columns.length - 1) * 86 }}
      sticky={{ offsetHeader: 52 }}
      summary={() => sum}
      locale={{ emptyText: '这里没有下级单位' }}
    />
  )
}

const columnsOf = (
  { lines }: Chapter,
  onOrg: (org: number) => void,
  onOpen: (indicator: string, row: DrillRow) => void,
): ColumnsType<DrillRow> => [
  {
    title: '单位',
    fixed: 'left',
    width: 132,
    render: (_, row) =>
      row.own ? (
        <b>本级</b>
      ) : (
        <button type="button" className="link" title={row.org.name} onClick={() => onOrg(row.org.id)}>
          {rowName(row)}
          {row.org.tier === 'industry' && <Tag className="tier-mark">{tierLabels.industry}</Tag>}
        </button>
      ),
  },
  ...lines.map((line) => ({
    key: line.id,
    title: <ColumnHead line={line} />,
    align: 'right' as const,
    width: 86,
    render: (_: unknown, row: DrillRow) => (
      <Cell
        pair={row.values[line.id]}
        why={row.small?.includes(line.id) ? 'small' : 'unreleased'}
        line={line}
        onOpen={() => onOpen(line.id, row)}
      />
    ),
  })),
]

function ColumnHead({ line }: { line: Line }) {
  const { label, unit } = line.indicator
  return (
    <span className="drill-head">
      {label}
      <small>
        {unit}
        <DefinitionButton line={line} />
      </small>
    </span>
  )
}

type CellProps = { pair: Pair | undefined; why: Withheld; line: Line; onOpen: () => void }

function Cell({ pair, why, line, onOpen }: CellProps) {
  if (!pair) return <span className="drill-none">—</span>
  const [value, waiting] = pair
  if (value === null) return <WithheldMark why={why} />
  return (
    <button type="button" className={value === 0 ? 'cell-open is-zero' : 'cell-open'} onClick={onOpen}>
      {formatValue(value, line.indicator.kind)}
      {waiting !== null && waiting !== 0 && (
        <small className="figure-waiting">+{formatValue(waiting, line.indicator.kind)}</small>
      )}
    </button>
  )
}

type SumLineProps = {
  rows: DrillRow[]
  chapter: Chapter
  set: FigureSet | undefined
  onOpen: (indicator: string) => void
}

/** 合计; a column whose lines do not add up to the unit's figure says so instead of hiding it. */
function SumLine({ rows, chapter, set, onOpen }: SumLineProps) {
  return (
    <Table.Summary fixed="bottom">
      <Table.Summary.Row className="drill-sum">
        <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
        {chapter.lines.map((line, i) => {
          const figure = set?.figures.find((one) => one.indicator === line.id)
          const summed = sumOf(rows, line.id)
          // Lines that are not told have a total all the same: that of the released table.
          const pair: Pair = summed[0] === null ? [figure?.value ?? null, null] : summed
          const total = figure?.value ?? null
          const differs = total !== null && total !== pair[0]
          return (
            <Table.Summary.Cell key={line.id} index={i + 1} align="right">
              <Cell
                pair={pair}
                why={figure?.withheld ?? 'unreleased'}
                line={line}
                onOpen={() => onOpen(line.id)}
              />
              {differs && (
                <Tag color="error" title="各行之和与本单位的指标数不一致，请告知系统管理员">
                  总数 {formatValue(total, line.indicator.kind)}
                </Tag>
              )}
            </Table.Summary.Cell>
          )
        })}
      </Table.Summary.Row>
    </Table.Summary>
  )
}
