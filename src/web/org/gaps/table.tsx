import { Link } from '@tanstack/react-router'
import { Button, Table } from 'antd'
import { isOfEmployers, type GapLine, type Gaps } from '#org/gaps/api.ts'
import { paths } from '../../paths.ts'

type GapTableProps = {
  data: Gaps
  own: number
  picked: number[]
  onPick: (orgs: number[]) => void
  onRemind: (org: number) => void
  busy: boolean
}

const keyOf = (row: GapLine): string => (row.org ? String(row.org.id) + row.name : row.name + row.note)

/** One list: the unit, whose it is, how it stands, and what can be done about it now. */
export function GapTable({ data, own, picked, onPick, onRemind, busy }: GapTableProps) {
  const ofEmployers = isOfEmployers(data.kind)
  const mayPick = data.rows.some((row) => row.mayRemind)
  return (
    <Table
      size="small"
      className="num gap-table"
      rowKey={keyOf}
      dataSource={data.rows}
      pagination={false}
      scroll={{ x: 760 }}
      locale={{ emptyText: '没有这样的单位' }}
      {...(mayPick && {
        rowSelection: {
          selectedRowKeys: data.rows
            .filter((row) => row.org && picked.includes(row.org.id))
            .map((row) => keyOf(row)),
          onChange: (_: unknown, rows: GapLine[]) =>
            onPick(rows.flatMap((row) => (row.org && row.mayRemind ? [row.org.id] : []))),
          getCheckboxProps: (row: GapLine) => ({
            disabled: !row.mayRemind,
            'aria-label': `选择${row.name}`,
          }),
          getTitleCheckboxProps: () => ({ 'aria-label': '选择本页全部' }),
        },
      })}
      columns={[
        {
          title: ofEmployers ? '用人单位' : '单位',
          render: (_, row) =>
            row.org && !ofEmployers ? (
              <Link to={paths.orgs} search={row.org.id === own ? {} : { id: String(row.org.id) }}>
                {row.name}
              </Link>
            ) : (
              row.name
            ),
        },
        { title: ofEmployers ? '所在地' : '上级', dataIndex: 'above', width: 130 },
        {
          title: ofEmployers || data.kind === 'unorganised' ? '女职工' : '女会员',
          width: 80,
          align: 'right',
          render: (_, row) => row.women.toLocaleString('zh-CN'),
        },
        {
          title: '情况',
          width: 260,
          render: (_, row) => (
            <>
              {ofEmployers && row.org && (
                <Link to={paths.orgs} search={{ id: String(row.org.id) }}>
                  {row.org.shortName}
                </Link>
              )}
              {ofEmployers && row.org && '　'}
              {row.note}
            </>
          ),
        },
        {
          title: '办理',
          width: 140,
          render: (_, row) => <NextAct row={row} kind={data.kind} onRemind={onRemind} busy={busy} />,
        },
      ]}
    />
  )
}

type NextActProps = Pick<GapTableProps, 'onRemind' | 'busy'> & { row: GapLine; kind: Gaps['kind'] }

function NextAct({ row, kind, onRemind, busy }: NextActProps) {
  if (row.isOwn && (kind === 'missing' || kind === 'noDelegate'))
    return (
      <Link to={paths.form} params={{ programme: 'committee' }} search={{}}>
        登记女职工组织
      </Link>
    )
  if (row.isOwn && kind === 'unorganised')
    return (
      <Link to={paths.members} search={{ kind: '女职工' }}>
        看名单
      </Link>
    )
  if (!row.mayRemind || !row.org) return null
  const { id } = row.org
  return (
    <>
      <Button size="small" disabled={busy} onClick={() => onRemind(id)}>
        催办
      </Button>
      {row.remindedOn && <small className="gap-told">{row.remindedOn.slice(5)} 已催</small>}
    </>
  )
}
