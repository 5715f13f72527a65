import { Alert, App, Button, Card, Collapse, Flex, Form, Input } from 'antd'
import { doubtList, type Doubt } from '#audit/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { realInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import './witness.css'
import { CutNote } from '../kit/cutNote.tsx'

/** What browsers found when they held today's books against the head that they kept: open ones on top, settled ones folded away. */
export function DoubtsCard() {
  const { data } = useApi(api.auditDoubts, doubtList, { staleTime: 30_000 })
  if (!data || data.rows.length === 0) return null
  const open = data.rows.filter((row) => row.settledAt === null)
  const settled = data.rows.filter((row) => row.settledAt !== null)
  return (
    <>
      {open.map((row) => (
        <OpenDoubt key={row.id} row={row} />
      ))}
      {settled.length > 0 && (
        <Collapse
          items={[
            {
              key: 'settled',
              label: `已查核的审计链不符报告（${settled.length}）`,
              children: settled.map((row) => (
                <Card key={row.id} size="small" type="inner" title={titleOf(row)}>
                  <p className="witness-heads num">{headsOf(row)}</p>
                  <p>{`${realInstant(row.settledAt!)} 查核：${row.finding}`}</p>
                </Card>
              )),
            },
          ]}
        />
      )}
      <CutNote list="doubts" count={data.rows.length} />
    </>
  )
}

const titleOf = (row: Doubt): string =>
  `${realInstant(row.toldAt)} ${row.person}（${row.org}）的浏览器报告：${row.stream}的审计链与留存的链头对不上`

const headsOf = (row: Doubt): string =>
  `浏览器留存（${realInstant(row.keptAt)}）：第 ${row.keptSeq} 条 ${row.keptLink}\n报告时链头：第 ${row.nowSeq} 条 ${row.nowLink}`

function OpenDoubt({ row }: { row: Doubt }) {
  const { message } = App.useApp()
  const settle = useAct(
    ({ finding }: { finding: string }, key) =>
      call(api.auditDoubtSettle(row.id), anything, { method: 'POST', body: { finding }, key }),
    () => message.success('已写明查核结果，报告人的提示随后消失'),
  )
  const fault = settle.error ? toProblem(settle.error).body.issues?.[0]?.message : undefined
  return (
    <Alert
      type="error"
      showIcon
      title={titleOf(row)}
      description={
        <Form layout="vertical" onFinish={settle.run} className="witness">
          <p className="witness-heads num">{headsOf(row)}</p>
          <p>
            请保护现场，运行 npx jinguo verify --audit
            核对，并查明是否恢复过旧备份。写明结果后，报告人的浏览器改以报告时的链头为准。
          </p>
          {settle.error && !fault && <Failure error={settle.error} />}
          <Form.Item
            name="finding"
            label="查核结果和依据"
            {...(fault ? { validateStatus: 'error' as const, help: fault } : {})}
          >
            <Input.TextArea
              rows={2}
              maxLength={500}
              placeholder="例：11 月 28 日机房断电后按规定恢复 27 日备份，恢复记录第 12 号"
            />
          </Form.Item>
          <Flex justify="end">
            <Button type="primary" htmlType="submit" loading={settle.busy}>
              写明结果
            </Button>
          </Flex>
        </Form>
      }
    />
  )
}
