import './person.css'
import { App, Button, Card, Flex, Input, Modal, Radio, Tag } from 'antd'
import { useState } from 'react'
import {
  emergencyList,
  emergencyWords,
  reviewDays,
  verdicts,
  verdictWords,
  type Emergency,
  type Verdict,
} from '#person/emergency.ts'
import { sealedLabels } from '#person/purposes.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { personApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 紧急查看台账: who opened what of whom for which reason, and what the review says; what waits stands first. */
export function EmergenciesPage() {
  const query = useApi(personApi.emergencyList, emergencyList)
  const [reviewing, setReviewing] = useState<Emergency | null>(null)
  return (
    <>
      <PageHead
        title="紧急查看台账"
        sub={`紧急情况下查看加密信息的登记；${reviewDays} 个工作日内由安全管理员复核，查看人不能复核自己`}
      />
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank why="没有紧急查看" />
          ) : (
            <Flex vertical gap={8}>
              {rows.map((row) => (
                <EmergencyCard key={row.id} row={row} onReview={() => setReviewing(row)} />
              ))}
            </Flex>
          )
        }
      </Loaded>
      <CutNote list="emergencies" count={query.data?.rows.length} />
      {reviewing && <ReviewDialog row={reviewing} onClose={() => setReviewing(null)} />}
    </>
  )
}

function Standing({ row }: { row: Emergency }) {
  if (row.verdict === 'misuse') return <Tag color="error">{verdictWords.misuse}</Tag>
  if (row.verdict === 'proper') return <Tag color="success">{verdictWords.proper}</Tag>
  return row.isLate ? <Tag color="error">逾期未复核</Tag> : <Tag color="warning">待复核</Tag>
}

/** Administrators learn the unit, not the name. */
const whose = ({ whose: name, of }: Emergency): string =>
  name === null ? `${of.shortName}的一位会员` : `${of.shortName} ${name}`

function EmergencyCard({ row, onReview }: { row: Emergency; onReview: () => void }) {
  return (
    <Card size="small" className="member-request">
      <Flex justify="space-between" gap={8} wrap>
        <div>
          <Flex gap={8} align="center" wrap>
            <Standing row={row} />
            <b>{`${row.org.shortName} ${row.by} 查看${whose(row)}`}</b>
          </Flex>
          <div>{`${emergencyWords[row.kind]}：${row.reason}`}</div>
          <div className="page-sub num">
            {`${row.fields.map((field) => sealedLabels[field]).join('、')} · ${formatInstant(row.askedAt)} 启用，${row.openedAt === null ? '没有打开' : `${formatInstant(row.openedAt)} 打开`}`}
            {row.verdict === null && ` · 复核期限 ${row.dueOn}`}
          </div>
          {row.verdict !== null && (
            <div className="num">
              {`${row.reviewedBy ?? ''} ${formatInstant(row.reviewedAt!)} 复核：${row.opinion}`}
            </div>
          )}
        </div>
        {row.mayReview && (
          <Button type="primary" onClick={onReview}>
            复核
          </Button>
        )}
      </Flex>
    </Card>
  )
}

function ReviewDialog({ row, onClose }: { row: Emergency; onClose: () => void }) {
  const { message } = App.useApp()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [opinion, setOpinion] = useState('')
  const act = useAct(
    (_: null, key) =>
      call(personApi.emergencyReview(row.id), anything, { method: 'POST', key, body: { verdict, opinion } }),
    () => {
      void message.success('已复核，查看人收到结果')
      onClose()
    },
  )
  const fault = act.error ? toProblem(act.error).body.issues?.[0]?.message : undefined
  return (
    <Modal
      open
      title="复核紧急查看"
      okText="确认复核"
      cancelText="取消"
      okButtonProps={{ loading: act.busy, disabled: verdict === null }}
      onOk={() => act.run(null)}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <div>{`${row.org.shortName} ${row.by}：${emergencyWords[row.kind]}。${row.reason}`}</div>
        <Radio.Group
          aria-label="复核结果"
          value={verdict}
          options={verdicts.map((value) => ({
            value,
            label: value === 'proper' ? '使用得当' : `${verdictWords.misuse}（通知审计管理员和她所在单位）`,
          }))}
          onChange={(event) => setVerdict(event.target.value as Verdict)}
        />
        <div>
          <Input.TextArea
            aria-label="复核意见"
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder="复核意见：核对了什么，如已电话向医院核实"
            value={opinion}
            {...(fault ? { status: 'error' as const } : {})}
            onChange={(event) => setOpinion(event.target.value)}
          />
          {fault && <div className="ant-form-item-explain-error">{fault}</div>}
        </div>
        {act.error && !fault ? <Failure error={act.error} /> : null}
      </Flex>
    </Modal>
  )
}
