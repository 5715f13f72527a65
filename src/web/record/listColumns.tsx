import { Link } from '@tanstack/react-router'
import { Tag, type TableColumnType } from 'antd'
import type { Field } from '#kit/field/kind.ts'
import { formFields, type Programme } from '#kit/programme.ts'
import type { RecordRow } from '#record/api.ts'
import { formatValue, isNumeric } from '../format.ts'
import { AfterLockTag } from '../kit/afterLockTag.tsx'
import { StateTag } from '../kit/stateTag.tsx'
import { paths } from '../paths.ts'

/** Widths in px at the standard size; long headings take two lines. */
const widths: Record<string, number> = { day: 104, count: 76, money: 104, choice: 92, yesNo: 72 }
const titleWidth = 120

const widthOf = (field: Field | undefined): number => {
  const letters = field?.label.length ?? 0
  const heading = letters <= 5 ? letters * 14 + 18 : Math.ceil(letters / 2) * 15 + 32
  return Math.max(widths[field?.kind ?? ''] ?? 130, heading)
}

/** Least width of the whole table; below it the table scrolls within itself. */
export const tableWidth = (columns: readonly ListColumn[], scale: number): number =>
  columns.reduce((sum, column) => sum + Number(column.width ?? titleWidth * scale), 0)

/** A column; `name` is the field's, or org, state. */
export type ListColumn = TableColumnType<RecordRow> & { key: string; label: string }

/**
 * Columns of a programme's list, from its definition: what the drawer opens from, the unit, its own, the state.
 * @param scale 字号 against the standard size
 */
export function columnsOf(programme: Programme, withOrg: boolean, scale: number): ListColumn[] {
  const fields = formFields(programme)
  const own = programme.list
    .filter((name) => name !== 'title')
    .map((name): ListColumn => {
      const field = fields[name]
      const numeric = isNumeric(field)
      return {
        key: name,
        label: field?.label ?? name,
        title: field?.label ?? name,
        align: numeric ? 'right' : 'left',
        width: widthOf(field) * scale,
        ellipsis: true,
        className: numeric || field?.kind === 'day' ? 'num' : '',
        render: (_, row) => formatValue(field, row.values[name]),
      }
    })
  const unit: ListColumn = {
    key: 'org',
    label: '填报单位',
    title: '填报单位',
    width: 136 * scale,
    ellipsis: true,
    render: (_, { org, viewed, coHosted }) => (
      <span title={org.name}>
        {org.shortName}
        {viewed && <small className="is-viewed"> {coHosted ? '联办' : '会看'}</small>}
      </span>
    ),
  }
  return [
    {
      key: 'title',
      label: '名称',
      title: '名称',
      ellipsis: true,
      render: (_, row) => <TitleCell row={row} />,
    },
    ...(withOrg ? [unit] : []),
    ...own,
    {
      key: 'state',
      label: '状态',
      title: '状态',
      width: 108 * scale,
      render: (_, { state }) => <StateTag state={state} />,
    },
  ]
}

function TitleCell({ row }: { row: RecordRow }) {
  return (
    <span className="title-cell">
      <Link
        to={paths.records}
        params={{ programme: row.programme }}
        search={(old) => ({ ...old, id: row.id })}
        title={row.title}
      >
        {row.title}
      </Link>
      {row.warnings > 0 && (
        <Tag color="gold" title="系统提醒，填报人已说明">
          提醒 {row.warnings}
        </Tag>
      )}
      {row.afterLock && <AfterLockTag />}
      {row.late && <Tag title="结束 30 天后才填报">迟报</Tag>}
    </span>
  )
}
