import { App, Button, DatePicker, Form, Input, Radio, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { inspectionResults, type ContractDetail, type Inspection } from '#programmes/contract/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { Blank } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { contractApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

type Opened = { kind: 'plan' } | { kind: 'result' | 'fix'; inspection: Inspection } | null

const written = (day: Dayjs): string => day.format('YYYY-MM-DD')

/** Looks at how the contract is kept: due, made, mended. */
export function InspectionsPart({
  id,
  detail: { inspections, may },
}: {
  id: string
  detail: ContractDetail
}) {
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  return (
    <section>
      <h3>
        履约检查{' '}
        {may.inspect && (
          <Button size="small" onClick={() => setOpened({ kind: 'plan' })}>
            安排检查
          </Button>
        )}
      </h3>
      {inspections.length === 0 ? (
        <Blank why={may.inspect ? '还没有安排检查' : '还没有安排检查；由上级工会在审核通过以后安排'} />
      ) : (
        <ul className="contract-list">
          {inspections.map((one) => (
            <li key={one.id}>
              <b className="num">{one.checkedOn ?? `应在 ${one.dueOn} 前检查`}</b> <Tags one={one} />
              {one.finding && <p>{one.finding}</p>}
              {one.fixBy && one.fixedOn === null && <small className="num">应在 {one.fixBy} 前整改</small>}
              {one.fixedOn && (
                <p>
                  <span className="num">{one.fixedOn}</span> 整改：{one.fixedNote}
                </p>
              )}
              {may.inspect && one.checkedOn === null && (
                <Button size="small" onClick={() => setOpened({ kind: 'result', inspection: one })}>
                  登记检查结果
                </Button>
              )}
              {may.fix && one.fixBy !== null && one.fixedOn === null && (
                <Button size="small" onClick={() => setOpened({ kind: 'fix', inspection: one })}>
                  登记整改情况
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <CutNote list="contractInspections" count={inspections.length} />
      {opened?.kind === 'plan' && <PlanModal id={id} onClose={close} />}
      {opened?.kind === 'result' && <ResultModal id={opened.inspection.id} onClose={close} />}
      {opened?.kind === 'fix' && <FixModal inspection={opened.inspection} onClose={close} />}
    </section>
  )
}

function Tags({ one }: { one: Inspection }) {
  if (one.result === '履行良好') return <Tag color="green">{one.result}</Tag>
  if (one.fixedOn) return <Tag color="green">已整改</Tag>
  if (one.isLate) return <Tag color="red">{one.checkedOn ? '整改已过期' : '检查已过期'}</Tag>
  return <Tag color={one.result ? 'gold' : 'blue'}>{one.result ?? '待检查'}</Tag>
}

function PlanModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { today } = useMe()
  const act = useAct(
    ({ dueOn }: { dueOn: Dayjs }, key) =>
      call(contractApi.inspections(id), anything, {
        method: 'POST',
        key,
        body: { dueOn: written(dueOn) },
      }),
    onClose,
  )
  return (
    <FormModal<{ dueOn: Dayjs }>
      title="安排履约检查"
      okText="安排"
      act={act}
      told={hasIssueAt(act.error, ['dueOn'])}
      initialValues={{ dueOn: dayjs(today).add(14, 'day') }}
      onClose={onClose}
    >
      <Form.Item label="在哪天前检查" name="dueOn" {...faultAt(act.error, 'dueOn')}>
        <DatePicker allowClear={false} showNow={false} minDate={dayjs(today)} />
      </Form.Item>
    </FormModal>
  )
}

type Result = { checkedOn: Dayjs; result: string; finding?: string; fixBy?: Dayjs | null }

function ResultModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const act = useAct(
    ({ checkedOn, result, finding, fixBy }: Result, key) =>
      call(contractApi.result(id), anything, {
        method: 'POST',
        key,
        body: {
          checkedOn: written(checkedOn),
          result,
          ...(finding ? { finding } : {}),
          ...(fixBy ? { fixBy: written(fixBy) } : {}),
        },
      }),
    () => {
      onClose()
      void message.success('检查结果已登记')
    },
  )
  return (
    <FormModal<Result>
      title="登记履约检查结果"
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['checkedOn', 'finding', 'fixBy'])}
      initialValues={{ checkedOn: dayjs(today), result: '履行良好' }}
      onClose={onClose}
    >
      <Form.Item label="检查日期" name="checkedOn" {...faultAt(act.error, 'checkedOn')}>
        <DatePicker allowClear={false} showNow={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item label="结果" name="result">
        <Radio.Group options={inspectionResults.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item label="检查情况" name="finding" {...faultAt(act.error, 'finding')}>
        <Input.TextArea
          maxLength={500}
          placeholder="例如 第五条哺乳时间没有安排"
          autoSize={{ minRows: 2, maxRows: 5 }}
        />
      </Form.Item>
      <Form.Item<Result> noStyle shouldUpdate={(before, after) => before.result !== after.result}>
        {({ getFieldValue }) =>
          getFieldValue('result') === '限期整改' && (
            <Form.Item label="整改期限" name="fixBy" {...faultAt(act.error, 'fixBy')}>
              <DatePicker showNow={false} />
            </Form.Item>
          )
        }
      </Form.Item>
    </FormModal>
  )
}

function FixModal({ inspection, onClose }: { inspection: Inspection; onClose: () => void }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const act = useAct(
    ({ fixedOn, note }: { fixedOn: Dayjs; note?: string }, key) =>
      call(contractApi.fix(inspection.id), anything, {
        method: 'POST',
        key,
        body: { fixedOn: written(fixedOn), note: note ?? '' },
      }),
    () => {
      onClose()
      void message.success('整改情况已登记')
    },
  )
  return (
    <FormModal<{ fixedOn: Dayjs; note?: string }>
      title="登记整改情况"
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['fixedOn', 'note'])}
      initialValues={{ fixedOn: dayjs(today) }}
      onClose={onClose}
    >
      <Form.Item label="整改完成日期" name="fixedOn" {...faultAt(act.error, 'fixedOn')}>
        <DatePicker allowClear={false} showNow={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item label="怎样整改的" name="note" {...faultAt(act.error, 'note')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  )
}
