import { Alert, App, Button, Card, DatePicker, Flex, Form, Input, Modal, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState, type ReactNode } from 'react'
import { holdKinds, type Hold, type HoldKind, type PersonDetail } from '#person/api.ts'
import { holdWords } from '#person/words.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { personApi } from './addresses.ts'

const states: Record<Hold['state'], { word: string; colour: string }> = {
  open: { word: '暂缓中', colour: 'orange' },
  over: { word: '已到期', colour: 'default' },
  lifted: { word: '已解除', colour: 'default' },
}

/** 暂缓清除: what keeps her data beyond their term; for those who decide on it alone. */
export function Holds({ person, holds }: { person: PersonDetail; holds: readonly Hold[] }) {
  const [asking, setAsking] = useState<'set' | Hold | null>(null)
  return (
    <section className="member-section">
      <Flex justify="space-between" align="center" gap={8}>
        <h3>暂缓清除</h3>
        {person.state === 'active' && (
          <Button type="text" onClick={() => setAsking('set')}>
            办理暂缓
          </Button>
        )}
      </Flex>
      {holds.length === 0 && <p className="page-sub">没有。资料到了保存期限，系统自动清除。</p>}
      {holds.map((hold) => (
        <HoldCard key={hold.id} hold={hold} onLift={() => setAsking(hold)} />
      ))}
      {asking === 'set' && <SetDialog person={person} onClose={() => setAsking(null)} />}
      {asking !== null && asking !== 'set' && <LiftDialog hold={asking} onClose={() => setAsking(null)} />}
    </section>
  )
}

function HoldCard({ hold, onLift }: { hold: Hold; onLift: () => void }) {
  const { word, colour } = states[hold.state]
  return (
    <Card size="small" className="member-request">
      <Flex justify="space-between" gap={8} wrap>
        <div>
          <Flex gap={8} align="center" wrap>
            <Tag color={colour}>{word}</Tag>
            <b className="num">{`${holdWords[hold.kind]}，至 ${hold.untilOn}`}</b>
          </Flex>
          <div>{hold.reason}</div>
          <div className="page-sub num">
            {`${hold.org.shortName} ${hold.setBy} 于 ${formatInstant(hold.setAt)} 办理`}
            {hold.liftedAt &&
              ` · ${hold.liftedBy ?? ''} 于 ${formatInstant(hold.liftedAt)} 解除：${hold.liftReason}`}
          </div>
        </div>
        {hold.state === 'open' && <Button onClick={onLift}>解除</Button>}
      </Flex>
    </Card>
  )
}

const issueOf = (error: unknown, field: string): { validateStatus?: 'error'; help?: string } => {
  const issue = error ? toProblem(error).body.issues?.find((i) => i.field === field) : undefined
  return issue ? { validateStatus: 'error', help: issue.message } : {}
}

const isTold = (error: unknown): boolean => (toProblem(error).body.issues ?? []).length > 0

function SetDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const { message } = App.useApp()
  const { today } = useMe()
  const [kind, setKind] = useState<HoldKind>('complaint')
  const [untilOn, setUntilOn] = useState(dayjs(today).add(6, 'month').format('YYYY-MM-DD'))
  const [reason, setReason] = useState('')
  const act = useAct(
    (_: null, key) =>
      call(personApi.holds(person.id), anything, { method: 'POST', key, body: { kind, untilOn, reason } }),
    () => {
      void message.success('已暂缓，到期或解除前不清除')
      onClose()
    },
  )
  return (
    <Modal
      open
      title={`暂缓清除：${String(person.values['name'])}`}
      okText="暂缓"
      cancelText="取消"
      okButtonProps={{ loading: act.busy, disabled: reason.trim() === '' }}
      onOk={() => act.run(null)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="事由" htmlFor="hold-kind" required>
          <Select
            id="hold-kind"
            value={kind}
            options={holdKinds.map((k) => ({ value: k, label: holdWords[k] }))}
            onChange={setKind}
          />
        </Form.Item>
        <Form.Item label="暂缓至" htmlFor="hold-untilOn" required {...issueOf(act.error, 'untilOn')}>
          <DatePicker
            id="hold-untilOn"
            allowClear={false}
            value={dayjs(untilOn)}
            minDate={dayjs(today).add(1, 'day')}
            onChange={(day) => day && setUntilOn(day.format('YYYY-MM-DD'))}
          />
        </Form.Item>
        <ReasonItem
          error={act.error}
          value={reason}
          onChange={setReason}
          hint="写事项和编号即可，不写事项的内容"
        />
      </Form>
      <Alert
        type="info"
        showIcon
        title="暂缓期间，到期清除和本人申请的删除都不办理；事项了结后请及时解除。本人在暂缓结束后能看到这一条。"
      />
      <Rest error={act.error} retry={act.again} />
    </Modal>
  )
}

function LiftDialog({ hold, onClose }: { hold: Hold; onClose: () => void }) {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const act = useAct(
    (_: null, key) => call(personApi.lift(hold.id), anything, { method: 'POST', key, body: { reason } }),
    () => {
      void message.success('已解除')
      onClose()
    },
  )
  return (
    <Modal
      open
      title="解除暂缓清除"
      okText="解除"
      cancelText="取消"
      okButtonProps={{ loading: act.busy, disabled: reason.trim() === '' }}
      onOk={() => act.run(null)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <ReasonItem error={act.error} value={reason} onChange={setReason} hint="如：事项已办结" />
      </Form>
      <Alert type="info" showIcon title="解除后，已到保存期限的资料随即清除，不能恢复。" />
      <Rest error={act.error} retry={act.again} />
    </Modal>
  )
}

type ReasonProps = { error: unknown; value: string; onChange: (text: string) => void; hint: string }

function ReasonItem({ error, value, onChange, hint }: ReasonProps): ReactNode {
  return (
    <Form.Item label="理由" htmlFor="hold-reason" required {...issueOf(error, 'reason')}>
      <Input.TextArea
        id="hold-reason"
        maxLength={200}
        placeholder={hint}
        autoSize={{ minRows: 2, maxRows: 4 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}

/** What is told at no field. */
function Rest({ error, retry }: { error: unknown; retry: () => void }): ReactNode {
  return error && !isTold(error) ? <Failure error={error} retry={retry} /> : null
}
