import './export.css'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Card, Flex, Grid, Table, Tag } from 'antd'
import { exportList, type ExportLine } from '#export/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { exportApi } from './addresses.ts'
import { SecondCard } from './secondCard.tsx'
import { amountOf, exportStates, sizeText } from './words.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** How often the list is read anew while a file is being made, in ms. */
const everyMs = 2000

/** 下载中心: the files that she asked for in this post, for a week. */
export function DownloadsPage() {
  const query = useQuery({
    queryKey: [exportApi.list],
    queryFn: ({ signal }) => call(exportApi.list, exportList, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => row.state === 'waiting') ? everyMs : false,
  })
  return (
    <>
      <PageHead title="下载中心" sub="您导出的文件只有您本人在现岗位能取，加密保存七天，到期自动清除" />
      <SecondCard />
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Card>
              <Blank why="还没有导出过文件；台账、会员和指标页面上都有“导出”" />
            </Card>
          ) : (
            <Files rows={rows} />
          )
        }
      </Loaded>
      <CutNote list="exports" count={query.data?.rows.length} />
    </>
  )
}

function Files({ rows }: { rows: ExportLine[] }) {
  const wide = Grid.useBreakpoint().md ?? true
  return (
    <Card size="small">
      <Table
        size="small"
        className="num"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        columns={
          wide
            ? [
                { title: '文件', render: (_, row) => <FileName row={row} /> },
                { title: '状态', width: 150, render: (_, row) => <State row={row} /> },
                { title: '数量', width: 90, align: 'right', render: (_, row) => amountOf(row) },
                {
                  title: '大小',
                  width: 90,
                  align: 'right',
                  render: (_, row) => (row.bytes > 0 ? sizeText(row.bytes) : '—'),
                },
                { title: '导出时间', width: 150, render: (_, row) => formatInstant(row.askedAt) },
                { title: '保留到', width: 150, render: (_, row) => formatInstant(row.keptUntil) },
                { title: '操作', width: 130, render: (_, row) => <Acts row={row} /> },
              ]
            : [
                {
                  title: '文件',
                  render: (_, row) => (
                    <Flex vertical gap={4}>
                      <FileName row={row} />
                      <span className="page-sub">
                        {amountOf(row)} · {formatInstant(row.askedAt)}
                      </span>
                      <Flex justify="space-between" align="center">
                        <State row={row} />
                        <Acts row={row} />
                      </Flex>
                    </Flex>
                  ),
                },
              ]
        }
      />
    </Card>
  )
}

function FileName({ row }: { row: ExportLine }) {
  return (
    <div className="download-title">
      {row.name} {row.full && <Tag color="red">完整信息</Tag>}
      {row.reason && <div className="page-sub">{row.reason}</div>}
    </div>
  )
}

function State({ row }: { row: ExportLine }) {
  const { label, color } = exportStates[row.state]
  return (
    <>
      <Tag color={color}>{label}</Tag>
      {row.fault && <div className="page-sub">{row.fault}</div>}
      {row.second && (
        <div className="page-sub">
          {[
            `${row.second.by} ${formatInstant(row.second.at)} ${row.state === 'refused' ? '退回' : '批准'}`,
            row.second.answer,
          ]
            .filter(Boolean)
            .join('：')}
        </div>
      )}
    </>
  )
}

function Acts({ row }: { row: ExportLine }) {
  const { message } = App.useApp()
  const drop = useAct(
    (id: string, key) => call(exportApi.one(id), anything, { method: 'DELETE', key }),
    () => void message.success(row.state === 'asked' ? '已撤回' : '已移除'),
    (error) => void message.error(toProblem(error).message),
  )
  return (
    <Flex gap={4}>
      {row.state === 'ready' && (
        <Button type="link" size="small" href={exportApi.file(row.id)}>
          下载
        </Button>
      )}
      {row.state !== 'waiting' && (
        <Button type="link" size="small" loading={drop.busy} onClick={() => drop.run(row.id)}>
          {row.state === 'asked' ? '撤回' : '移除'}
        </Button>
      )}
    </Flex>
  )
}
