import { App, Button, Card, Flex, Table, Tag } from 'antd'
import { deliveryLog, type DeliveryLog } from '#notify/api.ts'
import { channelLabels } from '#notify/channel.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { useFailed } from '../kit/failed.ts'
import { Loaded } from '../kit/states.tsx'
import { runningApi } from './addresses.ts'

/** 站外提醒: what went out by which way, and what did not arrive and why, so that whoever keeps the server mends the way out. */
export function DeliveriesCard() {
  const query = useApi(runningApi.deliveries, deliveryLog)
  return (
    <Card size="small" title="站外提醒发送情况">
      <Loaded query={query} rows={3}>
        {(log) =>
          log.days.length === 0 ? (
            <p className="page-sub">还没有发出过邮件、短信、办公软件或群机器人提醒。</p>
          ) : (
            <Flex vertical gap={12}>
              <p className="page-sub">
                只记日期、方式和结果，不记发给谁、发了什么。没有送达的，排除原因后可以再发一次。
              </p>
              <Missing log={log} />
              <Sums log={log} />
            </Flex>
          )
        }
      </Loaded>
    </Card>
  )
}

function Missing({ log: { rows, more } }: { log: DeliveryLog }) {
  const { message } = App.useApp()
  const failed = useFailed()
  const resend = useAct(
    (id: string, key) => call(runningApi.resend(id), anything, { method: 'POST', key }),
    () => void message.success('已安排重发，几分钟后看结果'),
    failed,
  )
  if (rows.length === 0) return <p>没有未送达的提醒。</p>
  return (
    <>
      <Table
        size="small"
        className="num"
        rowKey="id"
        dataSource={rows}
        scroll={{ x: 640 }}
        pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false, size: 'small' } : false}
        columns={[
          { title: '日期', dataIndex: 'onDay', width: 110 },
          { title: '方式', width: 100, render: (_, row) => channelLabels[row.channel] },
          {
            title: '状态',
            width: 90,
            render: (_, row) =>
              row.state === 'failed' ? <Tag color="red">未送达</Tag> : <Tag color="gold">等待发送</Tag>,
          },
          { title: '次数', dataIndex: 'tries', align: 'right', width: 60 },
          {
            title: '原因',
            render: (_, row) => (
              <>
                {row.fault || '—'}
                {row.endedAt && <span className="page-sub"> {formatInstant(row.endedAt)}</span>}
              </>
            ),
          },
          {
            title: '操作',
            width: 100,
            render: (_, row) =>
              row.state === 'failed' && (
                <Button size="small" disabled={resend.busy} onClick={() => resend.run(row.id)}>
                  再发一次
                </Button>
              ),
          },
        ]}
      />
      {more && <p className="page-sub">只列最近 200 条，处理后会显示更早的。</p>}
    </>
  )
}

const Sums = ({ log: { days } }: { log: DeliveryLog }) => (
  <Table
    size="small"
    className="num"
    rowKey={(row) => `${row.onDay} ${row.channel}`}
    dataSource={days}
    scroll={{ x: 480 }}
    pagination={days.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
    columns={[
      { title: '日期', dataIndex: 'onDay', width: 110 },
      { title: '方式', render: (_, row) => channelLabels[row.channel] },
      { title: '已送达', dataIndex: 'sent', align: 'right', width: 90 },
      { title: '等待发送', dataIndex: 'waiting', align: 'right', width: 90 },
      { title: '未送达', dataIndex: 'failed', align: 'right', width: 90 },
    ]}
  />
)
