import './running.css'
import { App, Button, Card, Flex, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import { longDay } from '#kit/day.ts'
import { runningState, type RunningRow, type RunningState } from '#running/api.ts'
import { modeLabels, type Change } from '#running/modes.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { realInstant } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { runningApi } from './addresses.ts'
import { AskModal } from './askModal.tsx'
import { DeliveriesCard } from './deliveriesCard.tsx'
import { CutNote } from '../kit/cutNote.tsx'

/** 运行状态: how the platform runs, what is announced, who asked and who decided. */
export function RunningPage() {
  const query = useApi(runningApi.all, runningState)
  const { post } = useMe()
  const [isAsking, setAsking] = useState(false)
  const isSystem = post.role === 'systemAdmin'
  const waiting = query.data?.rows.find(({ isGranted }) => isGranted === null)
  return (
    <>
      <PageHead
        title="运行状态"
        sub="平台停用要有序：先公告，再只读，最后停止服务；系统管理员申请，安全管理员批准"
        extra={
          isSystem &&
          query.data && (
            <Button
              type="primary"
              disabled={waiting !== undefined}
              title={waiting ? '已有一项变更在等待批准' : ''}
              onClick={() => setAsking(true)}
            >
              申请变更
            </Button>
          )
        }
      />
      <Loaded query={query}>
        {(state) => (
          <Flex vertical gap={12}>
            <Now state={state} />
            {waiting && <Waiting row={waiting} />}
            {isSystem && <DeliveriesCard />}
            <Past all={state.rows} />
            <ArchiveNote />
            {isAsking && <AskModal state={state} onClose={() => setAsking(false)} />}
          </Flex>
        )}
      </Loaded>
    </>
  )
}

function Now({ state: { mode, change, ahead } }: { state: RunningState }) {
  return (
    <Card size="small" title="现在">
      <b className="running-mode">{modeLabels[mode]}</b>
      {change && (
        <>
          <p className="running-line">{`自${longDay(change.fromOn)}起`}</p>
          <Facts change={change} />
        </>
      )}
      {ahead && (
        <>
          <p className="running-line">
            <Tag color="gold">已公告</Tag>
            {`自${longDay(ahead.fromOn)}起${modeLabels[ahead.mode]}`}
          </p>
          <Facts change={ahead} />
        </>
      )}
    </Card>
  )
}

/** What people are told. */
function Facts({ change: { reason, successor, whither, contact } }: { change: Change }) {
  const told = [
    `原因：${reason}`,
    successor && `新平台：${successor}`,
    whither && `数据去向：${whither}`,
    contact && `联系：${contact}`,
  ]
  return <p className="page-sub running-facts">{told.filter(Boolean).join(' · ')}</p>
}

function Waiting({ row }: { row: RunningRow }) {
  const { message } = App.useApp()
  const { post } = useMe()
  const failed = (error: unknown) => void message.error(toProblem(error).message)
  const decide = useAct(
    (isGranted: boolean, key) =>
      call(runningApi.decision(row.id), anything, { method: 'POST', body: { isGranted }, key }),
    (_, isGranted) => void message.success(isGranted ? '已批准，即日公告' : '已记为不予批准'),
    failed,
  )
  const withdraw = useAct(
    (_: null, key) => call(runningApi.one(row.id), anything, { method: 'DELETE', key }),
    () => void message.success('已撤回'),
    failed,
  )
  return (
    <Card size="small" title="等待批准">
      <b>{`自${longDay(row.fromOn)}起${modeLabels[row.mode]}`}</b>
      <Facts change={row} />
      <Flex justify="space-between" align="center" gap={12} wrap>
        <span className="page-sub num">{`${row.askedBy} 申请于 ${realInstant(row.askedAt)}`}</span>
        {post.role === 'securityAdmin' && (
          <Flex gap={8}>
            <Popconfirm
              title="不予批准这项变更？"
              okText="不予批准"
              cancelText="取消"
              onConfirm={() => decide.run(false)}
            >
              <Button disabled={decide.busy}>不予批准</Button>
            </Popconfirm>
            <Popconfirm
              title={`批准后每一页都会公告：自${longDay(row.fromOn)}起${modeLabels[row.mode]}`}
              okText="批准并公告"
              cancelText="取消"
              onConfirm={() => decide.run(true)}
            >
              <Button type="primary" disabled={decide.busy}>
                批准
              </Button>
            </Popconfirm>
          </Flex>
        )}
        {post.role === 'systemAdmin' && (
          <Button disabled={withdraw.busy} onClick={() => withdraw.run(null)}>
            撤回申请
          </Button>
        )}
      </Flex>
    </Card>
  )
}

function Past({ all }: { all: RunningRow[] }) {
  const rows = all.filter(({ isGranted }) => isGranted !== null)
  if (rows.length === 0) return null
  return (
    <Card size="small" title="历次变更">
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Tag color={row.isGranted ? 'green' : 'default'}>{row.isGranted ? '已批准' : '未批准'}</Tag>
            {`自${longDay(row.fromOn)}起${modeLabels[row.mode]}`}
            <div className="page-sub num">
              {`${row.reason} · ${row.askedBy} 申请于 ${realInstant(row.askedAt)} · ${row.decidedBy} 办理于 ${realInstant(row.decidedAt ?? '')}`}
            </div>
          </li>
        ))}
      </ul>
      <CutNote list="runningChanges" count={all.length} />
    </Card>
  )
}

/** Where the successor gets what was kept here: by whoever keeps the server, since administrators see no business data. */
const ArchiveNote = () => (
  <Card size="small" title="导出全部资料，移交给新平台或档案室">
    <p className="running-facts">
      由保管服务器的同志在服务器上运行 <code>npx jinguo export --all 文件夹</code>
      ：导出组织、各项目台账、附件、年度总结、统计报表和审计记录，并附目录和每个文件的摘要，供接收方逐一核对。加密的会员个人信息不在其中，由各单位按规定另行移交。
    </p>
  </Card>
)
