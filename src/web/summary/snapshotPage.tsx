import { Link, useParams } from '@tanstack/react-router'
import { Alert, Card, Descriptions, Segmented, Table, Typography } from 'antd'
import { useState } from 'react'
import { snapshotDetail, type SnapshotDetail } from '#figures/summaryApi.ts'
import { formatInstant } from '../format.ts'
import { useApi } from '../api/hooks.tsx'
import { tracePath } from '../figures/addresses.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { snapshotPath, summaryApi } from './addresses.ts'
import { exact, movement } from './paper.ts'
import { Downloads } from './snapshots.tsx'
import './summary.css'

/** One frozen version: what was printed, and what moved since. */
export function SnapshotPage() {
  const { snapshot } = useParams({ from: snapshotPath })
  const query = useApi(summaryApi.snapshot(snapshot), snapshotDetail)
  return (
    <>
      <PageHead
        title={`定稿 ${snapshot}`}
        sub={
          <Link to={paths.summary} search={query.data ? { year: String(query.data.year) } : {}}>
            ‹ 回到年度总结
          </Link>
        }
        extra={<Downloads id={snapshot} />}
      />
      <Loaded query={query}>{(data) => <Frozen data={data} />}</Loaded>
    </>
  )
}

function Frozen({ data }: { data: SnapshotDetail }) {
  const moved = data.figures.filter((figure) => figure.frozen !== figure.live)
  const [only, setOnly] = useState(moved.length > 0)
  return (
    <>
      <Alert
        showIcon
        type={moved.length === 0 ? 'success' : 'warning'}
        className={moved.length === 0 ? 'frozen-same' : undefined}
        title={
          moved.length === 0
            ? `${data.figures.length} 个数字与现在的记录一致`
            : `${data.figures.length} 个数字中有 ${moved.length} 个在定稿后变动：${moved
                .slice(0, 3)
                .map((figure) => `${figure.label} ${movement(figure.frozen, figure.live)}`)
                .join('；')}${moved.length > 3 ? '……' : ''}`
        }
      />
      <Card size="small" className="frozen-facts">
        <Descriptions
          size="small"
          column={{ xs: 1, md: 3 }}
          items={[
            { key: 'year', label: '年度', children: `${data.year}年` },
            { key: 'at', label: '生成', children: `${formatInstant(data.at)} · ${data.by}` },
            {
              key: 'hash',
              label: '校验码',
              children: (
                <Typography.Text code copyable={{ text: data.hash }} title={data.hash}>
                  {`${data.hash.slice(0, 16)}…`}
                </Typography.Text>
              ),
            },
          ]}
        />
      </Card>
      <Card
        size="small"
        title="数字"
        extra={
          <Segmented
            size="small"
            aria-label="看哪些数字"
            value={only ? 'moved' : 'all'}
            onChange={(value) => setOnly(value === 'moved')}
            options={[
              { value: 'moved', label: `变动的 ${moved.length}`, disabled: moved.length === 0 },
              { value: 'all', label: `全部 ${data.figures.length}` },
            ]}
          />
        }
      >
        <FrozenFigures data={data} rows={only ? moved : data.figures} />
      </Card>
    </>
  )
}

type Row = SnapshotDetail['figures'][number]

function FrozenFigures({ data, rows }: { data: SnapshotDetail; rows: Row[] }) {
  return (
    <Table
      size="small"
      className="num"
      rowKey={({ indicator, label }) => `${indicator} ${label}`}
      pagination={false}
      scroll={{ x: 760 }}
      dataSource={rows}
      rowClassName={(row) => (row.frozen === row.live ? '' : 'row-moved')}
      columns={[
        {
          title: '数字',
          width: 190,
          render: (_, row) => (
            <Link to={tracePath} params={{ indicator: row.indicator }} search={{ snapshot: data.id }}>
              {row.label}
            </Link>
          ),
        },
        { title: '单位', dataIndex: 'unit', width: 64 },
        { title: '定稿', dataIndex: 'frozen', align: 'right', width: 100, render: exact },
        { title: '现在', dataIndex: 'live', align: 'right', width: 100, render: exact },
        {
          title: '变动',
          align: 'right',
          width: 100,
          render: (_, { frozen, live }) =>
            frozen === live ? '—' : `${live > frozen ? '+' : ''}${exact(live - frozen)}`,
        },
        {
          title: '印作',
          render: (_, row) =>
            row.written === row.writtenNow ? (
              row.written
            ) : (
              <>
                {row.written} <span className="is-waiting">→ 现应写作 {row.writtenNow}</span>
              </>
            ),
        },
      ]}
    />
  )
}
