import { App, Button, Card, Flex, Popconfirm } from 'antd'
import * as z from 'zod/mini'
import { grantRow } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { api } from '../paths.ts'
import { postDays, postName } from './words.ts'
import { CutNote } from '../kit/cutNote.tsx'

const grantRows = z.array(grantRow)

/** 待批准的岗位: the security administrator decides, the system administrator sees that they wait. */
export function Grants({ mayDecide }: { mayDecide: boolean }) {
  const { message } = App.useApp()
  const query = useApi(api.grants, grantRows)
  const decide = useAct(
    ({ id, isGranted }: { id: string; isGranted: boolean }, key) =>
      call(api.grant(id), anything, { method: 'POST', body: { isGranted }, key }),
    (_, { isGranted }) => void message.success(isGranted ? '已批准，岗位按日期生效' : '已记为不予批准'),
    (error) => void message.error(toProblem(error).message),
  )
  const waiting = query.data ?? []
  if (waiting.length === 0) return null
  return (
    <Card size="small" title={`待批准的岗位（${waiting.length}）`}>
      <ul className="plain-list">
        {waiting.map((g) => (
          <li key={g.id}>
            <Flex justify="space-between" align="center" gap={12} wrap>
              <div>
                <b>{g.name}</b>　{postName(g)}，{postDays(g)}
                <div className="page-sub num">
                  登录名 {g.login} · {g.askedBy} 申请于 {formatInstant(g.askedAt)}
                </div>
              </div>
              {mayDecide && (
                <Flex gap={8}>
                  <Popconfirm
                    title={`不予批准 ${g.name} 的这个岗位？`}
                    okText="不予批准"
                    cancelText="取消"
                    onConfirm={() => decide.run({ id: g.id, isGranted: false })}
                  >
                    <Button size="small" disabled={decide.busy}>
                      不予批准
                    </Button>
                  </Popconfirm>
                  <Button
                    size="small"
                    type="primary"
                    disabled={decide.busy}
                    onClick={() => decide.run({ id: g.id, isGranted: true })}
                  >
                    批准
                  </Button>
                </Flex>
              )}
            </Flex>
          </li>
        ))}
      </ul>
      <CutNote list="grants" count={waiting.length} />
    </Card>
  )
}
