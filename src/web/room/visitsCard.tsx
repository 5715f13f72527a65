import { App, Button, Card, DatePicker, Form, Input, Radio, Select, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { visitKinds, visitResults } from '#programmes/careRoom/rating.ts'
import type { Ratings, Visit } from '#programmes/careRoom/ratingApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { Blank } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

type Opened = { kind: 'plan' | 'delist' } | { kind: 'result'; visit: Visit } | null

/** Visits that are due and were made, and the end of a room. */
export function VisitsCard({ id, found }: { id: string; found: Ratings }) {
  const { visits, may } = found
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  return (
    <Card
      size="small"
      title="检查"
      extra={
        <span className="room-acts room-acts-in-head">
          {may.visit && (
            <Button size="small" onClick={() => setOpened({ kind: 'plan' })}>
              安排检查
            </Button>
          )}
          {may.delist && (
            <Button size="small" danger onClick={() => setOpened({ kind: 'delist' })}>
              摘牌
            </Button>
          )}
        </span>
      }
    >
      {visits.length === 0 ? (
        <Blank why="还没有安排检查；挂牌以后每年复查一次" />
      ) : (
        <ul className="room-vendors">
          {visits.map((visit) => (
            <li key={visit.id}>
              <b>{visit.kind}</b> <VisitTag visit={visit} />
              <small className="room-under num">
                {visit.doneOn ? `${visit.doneOn} 检查` : `应在 ${visit.dueOn} 前检查`}
                {visit.findings && `：${visit.findings}`}
              </small>
              {may.visit && visit.doneOn === null && (
                <span className="room-acts">
                  <Button size="small" onClick={() => setOpened({ kind: 'result', visit })}>
                    登记检查结果
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <CutNote list="careRoomVisits" count={visits.length} />
      {opened?.kind === 'plan' && <PlanModal id={id} onClose={close} />}
      {opened?.kind === 'delist' && <DelistModal id={id} onClose={close} />}
      {opened?.kind === 'result' && <ResultModal visit={opened.visit} onClose={close} />}
    </Card>
  )
}

function VisitTag({ visit: { result, isLate } }: { visit: Visit }) {
  if (result)
    return <Tag color={result === '合格' ? 'green' : result === '限期整改' ? 'gold' : 'red'}>{result}</Tag>
  return isLate ? <Tag color="red">已过期</Tag> : <Tag color="blue">待检查</Tag>
}

function PlanModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { today } = useMe()
  const act = useAct(
    ({ kind, dueOn }: { kind: string; dueOn: Dayjs }, key) =>
      call(roomApi.visits(id), anything, {
        method: 'POST',
        key,
        body: { kind, dueOn: dueOn.format('YYYY-MM-DD') },
      }),
    onClose,
  )
  return (
    <FormModal<{ kind: string; dueOn: Dayjs }>
      title="安排检查"
      okText="安排"
      act={act}
      told={hasIssueAt(act.error, ['dueOn'])}
      initialValues={{ kind: '抽查', dueOn: dayjs(today).add(14, 'day') }}
      onClose={onClose}
    >
      <Form.Item label="种类" name="kind">
        <Select options={visitKinds.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item label="在哪天前检查" name="dueOn" {...faultAt(act.error, 'dueOn')}>
        <DatePicker allowClear={false} showNow={false} minDate={dayjs(today)} />
      </Form.Item>
    </FormModal>
  )
}

type Result = { doneOn: Dayjs; result: string; findings?: string; againOn?: Dayjs | null }

function ResultModal({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const act = useAct(
    ({ doneOn, result, findings, againOn }: Result, key) =>
      call(roomApi.visitResult(visit.id), anything, {
        method: 'POST',
        key,
        body: {
          doneOn: doneOn.format('YYYY-MM-DD'),
          result,
          ...(findings ? { findings } : {}),
          ...(againOn ? { againOn: againOn.format('YYYY-MM-DD') } : {}),
        },
      }),
    () => {
      onClose()
      void message.success('检查结果已登记')
    },
  )
  return (
    <FormModal<Result>
      title={`${visit.kind}：登记结果`}
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['doneOn', 'findings', 'againOn'])}
      initialValues={{ doneOn: dayjs(today), result: '合格' }}
      onClose={onClose}
    >
      <Form.Item label="检查日期" name="doneOn" {...faultAt(act.error, 'doneOn')}>
        <DatePicker allowClear={false} showNow={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item label="结果" name="result">
        <Radio.Group options={visitResults.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item label="发现的问题" name="findings" {...faultAt(act.error, 'findings')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
      <Form.Item<Result> noStyle shouldUpdate={(before, after) => before.result !== after.result}>
        {({ getFieldValue }) =>
          getFieldValue('result') === '限期整改' && (
            <Form.Item label="整改期限" name="againOn" {...faultAt(act.error, 'againOn')}>
              <DatePicker showNow={false} minDate={dayjs(today)} />
            </Form.Item>
          )
        }
      </Form.Item>
    </FormModal>
  )
}

function DelistModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const act = useAct(
    ({ on, reason }: { on: Dayjs; reason: string }, key) =>
      call(roomApi.delisting(id), anything, {
        method: 'POST',
        key,
        body: { on: on.format('YYYY-MM-DD'), reason },
      }),
    () => {
      onClose()
      void message.success('已摘牌，从这一天起不再计入')
    },
  )
  return (
    <FormModal<{ on: Dayjs; reason: string }>
      title="摘牌"
      okText="摘牌"
      danger
      act={act}
      told={hasIssueAt(act.error, ['on', 'reason'])}
      initialValues={{ on: dayjs(today) }}
      onClose={onClose}
    >
      <p>摘牌以后不再计入关爱室总数和对外开放数，已有级别一并终止。</p>
      <Form.Item label="从哪天起" name="on" {...faultAt(act.error, 'on')}>
        <DatePicker allowClear={false} showNow={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item
        label="理由"
        name="reason"
        rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea
          maxLength={200}
          placeholder="例如 使用少、服务差、场地收回"
          autoSize={{ minRows: 2, maxRows: 4 }}
        />
      </Form.Item>
    </FormModal>
  )
}
