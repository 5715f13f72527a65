import { App, Button, Card, Flex, Popconfirm, Tag } from 'antd'
import * as z from 'zod/mini'
import type { OwnAccount } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { realInstant } from '../format.ts'
import { api } from '../paths.ts'
import { CutNote } from '../kit/cutNote.tsx'

const endedOthers = z.strictObject({ ended: z.number() })

/** 登录设备: where one is signed in, and signing out there. */
export function Devices({ sessions }: Pick<OwnAccount, 'sessions'>) {
  const { message } = App.useApp()
  const failed = (error: unknown): void => void message.error(toProblem(error).message)
  const one = useAct(
    (id: string, key) => call(api.device(id), anything, { method: 'DELETE', key }),
    () => void message.success('那台设备已退出登录'),
    failed,
  )
  const others = useAct(
    (_: null, key) => call(api.devices, endedOthers, { method: 'DELETE', key }),
    ({ ended }) => void message.success(`其他 ${ended} 处登录已退出`),
    failed,
  )
  return (
    <Card
      title="登录设备"
      size="small"
      extra={
        sessions.length > 1 && (
          <Popconfirm
            title="让其他设备都退出登录？"
            okText="退出"
            cancelText="取消"
            onConfirm={() => others.run(null)}
          >
            <Button size="small" loading={others.busy}>
              其他设备全部退出
            </Button>
          </Popconfirm>
        )
      }
    >
      <ul className="plain-list">
        {sessions.map((s) => (
          <li key={s.id}>
            <Flex justify="space-between" align="center" gap={12}>
              <div>
                <b>{s.device || '未知设备'}</b> {s.isCurrent && <Tag color="green">本机</Tag>}
                <div className="page-sub num">
                  {s.org} · 登录于 {realInstant(s.createdAt)} · 最近使用 {realInstant(s.seenAt)}
                </div>
              </div>
              {!s.isCurrent && (
                <Button size="small" disabled={one.busy} onClick={() => one.run(s.id)}>
                  退出
                </Button>
              )}
            </Flex>
          </li>
        ))}
      </ul>
      <CutNote list="devices" count={sessions.length} />
    </Card>
  )
}
