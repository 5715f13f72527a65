import { ColumnHeightOutlined, ReloadOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Dropdown, Flex, Popover, Select, Table } from 'antd'
import type { ReactNode } from 'react'
import type { Programme } from '#kit/programme.ts'
import type { RecordList, RecordSums } from '#record/api.ts'
import { countText, formatValue } from '../format.ts'
import { usePreference } from '../kit/preference.tsx'
import type { ListSearch } from '../search.ts'
import { useFontScale } from '../shell/fontSize.tsx'
import { columnsOf, tableWidth, type ListColumn } from './listColumns.tsx'

type ListTableProps = {
  programme: Programme
  list: RecordList
  sums: RecordSums['sums']
  withOrg: boolean
  openId: string | undefined
  busy: boolean
  size: string
  left: ReactNode
  /** Rows chosen by hand, for what is done to several. */
  chosen: readonly string[]
  onChoose: (ids: string[]) => void
  empty: ReactNode
  onReload: () => void
  onPage: (change: Partial<ListSearch>) => void
}

const densities = { middle: '舒适', small: '紧凑' } as const
const always = ['title', 'state']

/** Toolbar, table with the sums of the query, and paging by key. */
export function ListTable(props: ListTableProps) {
  const {
    programme,
    list,
    sums,
    withOrg,
    openId,
    busy,
    size,
    left,
    empty,
    chosen,
    onChoose,
    onReload,
    onPage,
  } = props
  const [density, setDensity] = usePreference<keyof typeof densities>('density', 'small')
  const [hidden, setHidden] = usePreference<string[]>(`columns.${programme.key}`, [])
  const scale = useFontScale()
  const all = columnsOf(programme, withOrg, scale)
  const columns = all.filter((column) => !hidden.includes(column.key))
  const total = <Sums programme={programme} columns={columns} sums={sums} rows={list.rows.length} />
  return (
    <section className="list-card">
      <Flex className="list-bar" justify="space-between" align="center" wrap gap={8}>
        <Flex gap={8} align="center">
          {left}
        </Flex>
        <Flex gap={2}>
          <Button
            type="text"
            icon={<ReloadOutlined spin={busy} />}
            aria-label="刷新"
            title="刷新"
            onClick={onReload}
          />
          <Dropdown
            trigger={['click']}
            menu={{
              selectedKeys: [density],
              items: Object.entries(densities).map(([key, label]) => ({ key, label })),
              onClick: ({ key }) => setDensity(key as keyof typeof densities),
            }}
          >
            <Button type="text" icon={<ColumnHeightOutlined />} aria-label="密度" title="密度" />
          </Dropdown>
          <ColumnPicker all={all} hidden={hidden} onChange={setHidden} />
        </Flex>
      </Flex>
      <Table
        rowKey="id"
        size={density}
        columns={columns}
        dataSource={list.rows}
        pagination={false}
        tableLayout="fixed"
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => onChoose(keys as string[]),
          columnWidth: 40,
        }}
        scroll={{ x: tableWidth(columns, scale) + 40 }}
        rowClassName={(row) => (row.id === openId ? 'is-open' : '')}
        locale={{ emptyText: empty }}
        summary={() => total}
      />
      <Flex className="list-foot" justify="space-between" align="center" wrap gap={8}>
        <span className="num">{countText(list.count, list.capped)}</span>
        <Flex gap={8} align="center">
          <Button
            size="small"
            disabled={list.previous === null}
            onClick={() => list.previous && onPage({ before: list.previous, after: undefined })}
          >
            上一页
          </Button>
          <Button
            size="small"
            disabled={list.next === null}
            onClick={() => list.next && onPage({ after: list.next, before: undefined })}
          >
            下一页
          </Button>
          <Select<string>
            size="small"
            value={size}
            aria-label="每页条数"
            options={['10', '20', '50', '100'].map((n) => ({ value: n, label: `${n} 条/页` }))}
            onChange={(n) => onPage({ size: n as ListSearch['size'], after: undefined, before: undefined })}
          />
        </Flex>
      </Flex>
    </section>
  )
}

type SumsProps = {
  programme: Programme
  columns: readonly ListColumn[]
  sums: RecordSums['sums']
  rows: number
}

/** Sums over the whole query, not over the page. */
function Sums({ programme, columns, sums, rows }: SumsProps) {
  if (!sums || rows === 0 || Object.keys(sums).length === 0) return null
  return (
    <Table.Summary.Row className="list-sums">
      <Table.Summary.Cell index={0} />
      {columns.map((column, i) => {
        const sum = sums[column.key]
        return (
          <Table.Summary.Cell
            key={column.key}
            index={i + 1}
            align={column.align === 'right' ? 'right' : 'left'}
          >
            {i === 0
              ? '全部查询结果合计'
              : sum === undefined
                ? ''
                : formatValue(programme.fields[column.key], sum)}
          </Table.Summary.Cell>
        )
      })}
    </Table.Summary.Row>
  )
}

type ColumnPickerProps = {
  all: readonly ListColumn[]
  hidden: string[]
  onChange: (hidden: string[]) => void
}

function ColumnPicker({ all, hidden, onChange }: ColumnPickerProps) {
  const choices = all.filter((column) => !always.includes(column.key))
  const content = (
    <Checkbox.Group
      className="column-picker"
      options={choices.map(({ key, label }) => ({ value: key, label }))}
      value={choices.map(({ key }) => key).filter((key) => !hidden.includes(key))}
      onChange={(shown: string[]) =>
        onChange(choices.map(({ key }) => key).filter((key) => !shown.includes(key)))
      }
    />
  )
  return (
    <Popover trigger="click" placement="bottomRight" title="显示的列" content={content}>
      <Button type="text" icon={<SettingOutlined />} aria-label="列设置" title="列设置" />
    </Popover>
  )
}
