import { Alert, Card, Table, Tag } from 'antd'
import { exportWatch, type ExportWatch } from '#export/api.ts'
import { alarmAt } from '#export/rules.ts'
import { useApi } from '../api/hooks.tsx'
import { exportApi } from '../export/addresses.ts'
import { formatCount, realInstant } from '../format.ts'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { CutNote } from '../kit/cutNote.tsx'

type Alarm = ExportWatch['alarms'][number]

const alarmText = ({ day, person, org, files, rows, fullRows }: Alarm): string =>
  `${day} ${person}（${org}）导出 ${files} 个文件、${formatCount(rows)} 行${fullRows > 0 ? `，其中完整个人信息 ${formatCount(fullRows)} 行` : ''}`

/** Whose day was out of the ordinary: above everything else on the page. */
export function ExportAlarms() {
  const { data } = useApi(exportApi.watch, exportWatch, { staleTime: 60_000 })
  return data?.alarms.map((alarm) => (
    <Alert
      key={`${alarm.day} ${alarm.person}`}
      type="warning"
      showIcon
      title={`导出量提醒：${alarmText(alarm)}`}
    />
  ))
}

/** What left as files in the last quarter. */
export function ExportsCard() {
  const query = useApi(exportApi.watch, exportWatch, { staleTime: 60_000 })
  return (
    <Card
      size="small"
      title="导出台账（近 90 天）"
      extra={
        <span className="page-sub">
          {`一人一天超过 ${formatCount(alarmAt.rows)} 行、完整信息 ${alarmAt.fullRows} 行或 ${alarmAt.files} 个文件时提醒`}
        </span>
      }
    >
      <Loaded query={query} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank why="近 90 天没有导出" />
          ) : (
            <Sideways label="导出登记">
              <Table
                size="small"
                className="num"
                rowKey={(row) => `${row.at} ${row.person}`}
                pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
                dataSource={rows}
                columns={[
                  { title: '时间', width: 150, render: (_, row) => realInstant(row.at) },
                  { title: '导出人', width: 170, render: (_, row) => `${row.person} · ${row.org}` },
                  {
                    title: '内容',
                    width: 190,
                    render: (_, row) => (
                      <>
                        {row.title} {row.full && <Tag color="red">完整信息</Tag>}
                      </>
                    ),
                  },
                  { title: '行数', width: 90, align: 'right', render: (_, row) => formatCount(row.rows) },
                  {
                    title: '理由',
                    render: (_, row) => (
                      <>
                        {row.reason || '—'}
                        {row.second && <div className="page-sub">{`${row.second} 批准`}</div>}
                      </>
                    ),
                  },
                ]}
              />
            </Sideways>
          )
        }
      </Loaded>
      <CutNote list="exportWatch" count={query.data?.rows.length} />
    </Card>
  )
}
