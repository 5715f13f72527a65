import './system.css'
import { ReloadOutlined } from '@ant-design/icons'
import { Button, Card, Descriptions, Flex, Table, Tag } from 'antd'
import { systemStatus, type SystemStatus } from '#health/api.ts'
import { sizeOf, type CheckState } from '#health/vitals.ts'
import { useApi } from '../api/hooks.tsx'
import { realInstant } from '../format.ts'
import { CutNote } from '../kit/cutNote.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'

const colours: Readonly<Record<CheckState, string>> = { good: 'green', watch: 'gold', bad: 'red' }
const words: Readonly<Record<CheckState, string>> = { good: '正常', watch: '留意', bad: '要处理' }
const sentences: Readonly<Record<CheckState, string>> = {
  good: '各项正常',
  watch: '有需要留意的事项',
  bad: '有需要马上处理的事项',
}

/** 系统状态: how the server is, line by line with what to do, and the backups of late. For whoever keeps it. */
export function SystemPage() {
  const query = useApi('/system/status', systemStatus)
  return (
    <>
      <PageHead
        title="系统状态"
        sub="服务器、数据库、备份是否正常，哪一项要处理、怎么处理；这里没有任何单位和个人的内容"
        extra={
          <Button icon={<ReloadOutlined />} loading={query.isFetching} onClick={() => void query.refetch()}>
            重新检查
          </Button>
        }
      />
      <Loaded query={query}>
        {(status) => (
          <Flex vertical gap={12}>
            <Checks status={status} />
            <Backups status={status} />
            <About status={status} />
          </Flex>
        )}
      </Loaded>
    </>
  )
}

const Checks = ({ status: { state, checks, at } }: { status: SystemStatus }) => (
  <Card
    size="small"
    title={
      <>
        {sentences[state]}
        <span className="page-sub system-at num">{`${realInstant(at)} 检查`}</span>
      </>
    }
  >
    <ul className="plain-list system-checks">
      {checks.map((check) => (
        <li key={check.key}>
          <Tag color={colours[check.state]}>{words[check.state]}</Tag>
          <b>{check.label}</b>
          <span className="num">{check.told}</span>
          {check.advice !== '' && <p className="system-advice">{check.advice}</p>}
        </li>
      ))}
    </ul>
  </Card>
)

const Backups = ({ status: { backups } }: { status: SystemStatus }) => (
  <Card size="small" title="备份与试恢复">
    {backups.length === 0 ? (
      <p className="page-sub">
        还没有记录。请由保管服务器的同志按运维手册设好夜间任务 <code>npx jinguo nightly</code>
        ：每夜备份、试恢复核对，并删除过期的备份。
      </p>
    ) : (
      <>
        <Table
          size="small"
          className="num"
          rowKey={({ endedAt, kind }) => `${endedAt} ${kind}`}
          dataSource={backups}
          scroll={{ x: 720 }}
          pagination={backups.length > 10 ? { pageSize: 10, showSizeChanger: false, size: 'small' } : false}
          columns={[
            { title: '完成时间', width: 160, render: (_, run) => realInstant(run.endedAt) },
            { title: '做什么', width: 80, render: (_, run) => (run.kind === 'backup' ? '备份' : '试恢复') },
            {
              title: '结果',
              render: (_, run) =>
                run.fault === '' ? (
                  <Tag color="green">{run.kind === 'backup' ? '已读回核对' : '全部相符'}</Tag>
                ) : (
                  <>
                    <Tag color="red">没有做成</Tag>
                    {run.fault}
                  </>
                ),
            },
            {
              title: '行数',
              align: 'right',
              width: 110,
              render: (_, run) => (run.rows === 0 ? '—' : run.rows.toLocaleString('en-US')),
            },
            {
              title: '大小',
              align: 'right',
              width: 90,
              render: (_, run) => (run.bytes === 0 ? '—' : sizeOf(run.bytes)),
            },
            { title: '用时', align: 'right', width: 80, render: (_, run) => `${run.seconds} 秒` },
            { title: '文件', dataIndex: 'file', render: (file: string) => file || '—' },
          ]}
        />
        <CutNote list="backupRuns" count={backups.length} />
      </>
    )}
  </Card>
)

const About = ({ status }: { status: SystemStatus }) => (
  <Card size="small" title="版本">
    <Descriptions
      size="small"
      className="num"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'version', label: '平台版本', children: status.version },
        { key: 'schema', label: '数据库结构', children: status.schema },
        { key: 'engine', label: '数据库', children: status.engine },
        { key: 'node', label: 'Node.js', children: status.node },
        { key: 'started', label: '启动时间', children: realInstant(status.startedAt) },
        { key: 'mode', label: '用途', children: status.mode === 'live' ? '正式环境' : '演示' },
      ]}
    />
  </Card>
)
