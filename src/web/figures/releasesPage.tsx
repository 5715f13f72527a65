import './figures.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Card, Drawer, Grid, Table, Typography } from 'antd'
import { releasedTable, releaseLog, type ReleasedTable, type ReleaseLog } from '#figures/disclosure/api.ts'
import { indicators } from '#programmes/index.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { findLine } from './chapters.ts'
import { DefinitionButton } from './definition.tsx'
import { figuresApi } from './addresses.ts'
import { HIDDEN_MARK } from './withheld.tsx'

const labels = new Map(indicators.map(({ id, indicator }) => [id, indicator]))
const nameOf = (id: string): string => labels.get(id)?.label ?? id
const quarterLabel = (quarter: number): string =>
  `${Math.floor(quarter / 10)}年第${'一二三四'[(quarter % 10) - 1]}季度`
const periodOf = (quarter: number) => ({
  calendar: 'quarter',
  year: `${Math.floor(quarter / 10)}`,
  part: `${quarter % 10}`,
})
const keyOf = ({ indicator, quarter }: { indicator: string; quarter: number }): string =>
  `${indicator}.${quarter}`

/** 发布台账: which tables of small-cell indicators were released, and what of them was withheld. */
export function ReleasesPage() {
  const { table } = useSearch({ from: paths.releases })
  const navigate = useNavigate({ from: paths.releases })
  const query = useApi(figuresApi.releases, releaseLog, { staleTime: 60_000 })
  const close = () => void navigate({ search: {} })
  return (
    <>
      <PageHead
        title="发布台账"
        sub="涉及个人的数，每季度结束十五天后发布一次，供看不到记录的人使用；发布后不再改动"
      />
      <p className="release-rules">
        不足 5 人（敏感事项不足 11 人）的数不发布，以 {HIDDEN_MARK}{' '}
        代替；能由其他已发布的数推算出它的，一并隐去。两种情形不加区分，否则会透露数的大小。每张新表都与以前发布过的全部表一起核算过。
      </p>
      <Loaded query={query} rows={8}>
        {(list) =>
          list.length > 0 ? (
            <>
              <Log list={list} />
              <TableDrawer release={list.find((one) => keyOf(one) === table) ?? null} onClose={close} />
            </>
          ) : (
            <Blank why="还没有发布过数据表：第一个季度结束十五天后自动发布" />
          )
        }
      </Loaded>
    </>
  )
}

function Log({ list }: { list: ReleaseLog }) {
  const narrow = !Grid.useBreakpoint().md
  return (
    <Card size="small">
      <Table
        size="small"
        className="num"
        rowKey={keyOf}
        dataSource={list}
        pagination={{ pageSize: 20, showSizeChanger: false, size: 'small', hideOnSinglePage: true }}
        columns={[
          {
            title: '数据表',
            render: (_, one) => (
              <Link to={paths.releases} search={{ table: keyOf(one) }}>
                {nameOf(one.indicator)}
                {narrow && `，${quarterLabel(one.quarter)}`}
              </Link>
            ),
          },
          ...(narrow
            ? []
            : [
                { title: '期间', render: (_: unknown, one: ReleaseLog[number]) => quarterLabel(one.quarter) },
                { title: '发布日期', dataIndex: 'releasedOn', width: 120 },
              ]),
          { title: '本单位范围内', align: 'right', width: 120, render: (_, one) => `${one.cells} 个数` },
          {
            title: '隐去',
            align: 'right',
            width: 80,
            render: (_, one) => (one.hidden === 0 ? '无' : `${one.hidden} 个`),
          },
          ...(narrow
            ? []
            : [
                {
                  title: '校验码',
                  width: 150,
                  render: (_: unknown, one: ReleaseLog[number]) => (
                    <Typography.Text code>{one.hash}</Typography.Text>
                  ),
                },
              ]),
        ]}
      />
    </Card>
  )
}

function TableDrawer({ release, onClose }: { release: ReleaseLog[number] | null; onClose: () => void }) {
  return (
    <Drawer
      open={release !== null}
      onClose={onClose}
      size={560}
      title={release && <ReleaseTitle {...release} />}
    >
      {release && <Cells key={keyOf(release)} {...release} />}
    </Drawer>
  )
}

function ReleaseTitle({ indicator, quarter }: { indicator: string; quarter: number }) {
  const line = findLine(indicator)
  return (
    <>
      {`${nameOf(indicator)}，${quarterLabel(quarter)}`} {line && <DefinitionButton line={line} />}
    </>
  )
}

function Cells({ indicator, quarter }: { indicator: string; quarter: number }) {
  const query = useApi(figuresApi.release(indicator, quarter), releasedTable, { staleTime: 60_000 })
  const unit = labels.get(indicator)?.unit ?? ''
  return (
    <Loaded query={query} rows={8}>
      {(table) =>
        table.rows.length > 0 ? (
          <Rows table={table} unit={unit} />
        ) : (
          <Blank why="这张表发布到街道（乡镇）一级，没有本单位的数" />
        )
      }
    </Loaded>
  )
}

const shown = (value: number | null | undefined) =>
  value === null ? (
    <abbr className="withheld">{HIDDEN_MARK}</abbr>
  ) : value === undefined ? (
    ''
  ) : (
    value.toLocaleString('zh-CN')
  )

type Row = ReleasedTable['rows'][number]

function Rows({ table, unit }: { table: ReleasedTable; unit: string }) {
  const hidden = table.rows.filter((row) => row.value === null || row.year === null).length
  return (
    <>
      <p className="page-sub">
        {`${table.releasedOn} 发布，单位：${unit}。`}
        {hidden === 0 ? '本单位范围内没有隐去的数。' : `${hidden} 行有隐去的数，以 ${HIDDEN_MARK} 表示。`}
      </p>
      <Table
        size="small"
        className="num"
        rowKey={(row: Row) => `${row.org.id}.${row.rest}.${row.above ?? ''}`}
        dataSource={table.rows}
        pagination={false}
        columns={[
          {
            title: '单位',
            render: (_, row) => (
              <>
                <Link to={paths.figures} search={{ org: `${row.org.id}`, ...periodOf(table.quarter) }}>
                  {row.org.shortName}
                </Link>
                {row.rest && ' 直属'}
                {row.above && `（在${row.above}期间）`}
              </>
            ),
          },
          { title: '本季度', align: 'right', width: 100, render: (_, row) => shown(row.value) },
          ...(table.quarter % 10 === 4
            ? [
                {
                  title: '全年',
                  align: 'right' as const,
                  width: 100,
                  render: (_: unknown, row: Row) => shown(row.year),
                },
              ]
            : []),
        ]}
      />
    </>
  )
}
