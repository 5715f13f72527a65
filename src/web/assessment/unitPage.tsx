import './assessment.css'
import '../plan/plan.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Table, Tag } from 'antd'
import { useState } from 'react'
import {
  unitSheet,
  type Column,
  type Given,
  type SheetLine,
  type UnitSheet,
} from '#figures/assessment/api.ts'
import { columnWords, kindWords, pointsText, ruleText } from '#figures/assessment/words.ts'
import { namedSpan } from '#kit/period.ts'
import { useApi } from '../api/hooks.tsx'
import { tracePath } from '../figures/addresses.ts'
import { findLine } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { formatValue } from '../figures/format.ts'
import { formatInstant } from '../format.ts'
import { Sideways } from '../kit/sideways.tsx'
import { Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { assessmentApi } from './addresses.ts'
import { Objections } from './objections.tsx'
import { ScoreModal } from './scoreModal.tsx'

const route = getRouteApi(paths.assessmentUnit)

/** One unit's sheet: each line with what its figures give and what the three columns say. */
export function AssessmentUnitPage() {
  const { id, org } = route.useParams()
  const query = useApi(assessmentApi.unit(id, Number(org) || 0), unitSheet)
  return (
    <Loaded query={query}>{(unit) => <Body key={`${unit.sheet.id}-${unit.org.id}`} unit={unit} />}</Loaded>
  )
}

type Row = SheetLine & UnitSheet['lines'][number]

function Body({ unit }: { unit: UnitSheet }) {
  const [editing, setEditing] = useState<string | null>(null)
  const { sheet, total, writes } = unit
  const rows: Row[] = sheet.lines.map((line) => ({
    ...line,
    ...unit.lines.find((one) => one.key === line.key)!,
  }))
  const shown: Column[] = unit.hasReview ? ['self', 'review', 'final'] : ['self', 'final']
  const row = rows.find((one) => one.key === editing)
  return (
    <>
      <PageHead
        title={unit.org.name}
        sub={
          <Link to={paths.assessment} params={{ id: sheet.id }}>
            {sheet.title}
          </Link>
        }
        extra={writes && <Tag color="blue">本单位填“{columnWords[writes]}”一栏</Tag>}
      />
      <section className="sheet-card">
        <Sideways label="考核表">
          <Table<Row>
            className="unit-sheet"
            size="small"
            rowKey="key"
            pagination={false}
            dataSource={rows}
            columns={[
              { title: '类别', dataIndex: 'section', responsive: ['sm'] },
              { title: '内容', className: 'score-item', render: (_, line) => <Item line={line} /> },
              {
                title: '分值',
                align: 'right',
                render: (_, { kind, points }) => (
                  <span className="num">{kind === 'veto' ? kindWords.veto : pointsText(points)}</span>
                ),
              },
              { title: '自动计分', render: (_, line) => <Auto line={line} unit={unit} /> },
              ...shown.map((column) => ({
                title: columnWords[column],
                key: column,
                render: (_: unknown, line: Row) => (
                  <Cell
                    line={line}
                    given={line[column]}
                    onEdit={writes === column ? () => setEditing(line.key) : undefined}
                  />
                ),
              })),
            ]}
            summary={summaryOf(total, shown)}
          />
        </Sideways>
        <p className="page-sub">各栏合计都含自动计分；各栏并列，谁也不改别人的一栏。</p>
      </section>
      <Objections unit={unit} />
      {row && writes && (
        <ScoreModal unit={unit} line={row} column={writes} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

/** The last row: what each column sums to. */
const summaryOf = (total: UnitSheet['total'], shown: readonly Column[]) => () => (
  <Table.Summary.Row>
    <Table.Summary.Cell index={0} colSpan={3}>
      <b>合计</b>
      {total.isVetoed && <Tag color="red">一票否决</Tag>}
    </Table.Summary.Cell>
    <Table.Summary.Cell index={1}>
      <b className="num">{pointsText(total.auto)}</b>
    </Table.Summary.Cell>
    {shown.map((column, at) => (
      <Table.Summary.Cell key={column} index={2 + at}>
        <b className="num">{pointsText(total[column])}</b>
      </Table.Summary.Cell>
    ))}
  </Table.Summary.Row>
)

function Item({ line: { item, formula, evidence } }: { line: Row }) {
  const line = findLine(formula?.indicator ?? '')
  return (
    <>
      {item}
      {formula && line && (
        <div className="score-rule">
          {ruleText(formula, line.indicator)}
          <DefinitionButton line={line} />
        </div>
      )}
      {evidence && <div className="score-rule">佐证：{evidence}</div>}
    </>
  )
}

/** What the figures give, and the way to their records. */
function Auto({ line, unit }: { line: Row; unit: UnitSheet }) {
  const declared = findLine(line.formula?.indicator ?? '')
  if (!line.auto || !declared) return null
  const { value, against, points } = line.auto
  const { kind, unit: measure } = declared.indicator
  const figure = `${formatValue(value, kind)} ${measure}`
  const span = namedSpan(unit.sheet.fromYm, unit.sheet.untilYm)
  return (
    <div className="score-cell">
      <b className="num">{points === null ? '无可比照，不计分' : pointsText(points)}</b>
      <span className="score-note num">
        {span ? (
          <Link
            to={tracePath}
            params={{ indicator: declared.id }}
            search={{
              org: String(unit.org.id),
              calendar: span.calendar,
              year: String(span.year),
              part: String(span.part),
            }}
          >
            {figure}
          </Link>
        ) : (
          figure
        )}
        {against !== null && ` / ${formatValue(Math.round(against), kind)}`}
      </span>
    </div>
  )
}

type CellProps = { line: Row; given: Given | null; onEdit: (() => void) | undefined }

function Cell({ line, given, onEdit }: CellProps) {
  if (line.kind === 'formula') return <span className="page-sub">自动</span>
  const text =
    line.kind === 'veto' ? (given && given.points > 0 ? '是' : '否') : pointsText(given?.points ?? null)
  return (
    <div className="score-cell">
      <span>
        <b className="num">{given ? text : '—'}</b>
        {onEdit && (
          <Button type="link" size="small" onClick={onEdit} aria-label={`填写：${line.item}`}>
            {given ? '改' : '填写'}
          </Button>
        )}
      </span>
      {given && (given.note || given.records.length > 0) && (
        <span className="score-note">
          {given.note}
          {given.records.map((record) => (
            <div key={record.id}>
              <Link to={paths.records} params={{ programme: record.programme }} search={{ id: record.id }}>
                {record.title}
              </Link>
            </div>
          ))}
        </span>
      )}
      {given && (
        <small className="page-sub">
          {given.by} {formatInstant(given.at).slice(5)}
        </small>
      )}
    </div>
  )
}
