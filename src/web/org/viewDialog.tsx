import { Alert, App, Checkbox, DatePicker, Form, Input, Modal } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { monthOf } from '#kit/day.ts'
import type { OrgBrief, OrgDetail, OrgView } from '#org/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { Failure } from '../kit/states.tsx'
import { viewApi } from './addresses.ts'
import { monthText } from './committee.ts'
import { parentAt } from './tree.ts'

type ViewDialogProps = { org: OrgDetail; onClose: () => void }

/** Who looks on (会看) from a month on: sees the unit's records, counts none of them. */
export function ViewDialog({ org, onClose }: ViewDialogProps) {
  const { message } = App.useApp()
  const { today } = useMe()
  const [viewer, setViewer] = useState<OrgBrief | null>(null)
  const [ends, setEnds] = useState(false)
  const [day, setDay] = useState(today)
  const [docNo, setDocNo] = useState('')
  const [tried, setTried] = useState(false)
  const name = org.shortName || org.name
  const act = useAct(
    (body: OrgView, key) => call(viewApi(org.id), anything, { method: 'POST', body, key }),
    () => {
      void message.success(`${name}由谁会看已调整`)
      onClose()
    },
  )
  const fromYm = monthOf(day)
  const former = parentAt(org.edges, 2, fromYm)
  const lack = ends ? '' : !viewer ? '请选择单位' : former?.id === viewer.id ? '该月本来就由这个单位会看' : ''
  const send = () => {
    setTried(true)
    if (!lack) act.run({ parentId: ends ? null : viewer!.id, fromYm, docNo: docNo.trim() })
  }
  const meaning = ends
    ? `${monthText(fromYm)}起，${former?.name ?? '原会看单位'}不再会看${name}。`
    : viewer && `${monthText(fromYm)}起，${viewer.shortName || viewer.name}会看${name}。`
  return (
    <Modal
      open
      style={{ top: 48 }}
      title={`调整会看：${org.name}`}
      okText="确认调整"
      cancelText="取消"
      confirmLoading={act.busy}
      onOk={send}
      onCancel={onClose}
    >
      <Form layout="vertical">
        {former && (
          <Form.Item>
            <Checkbox checked={ends} onChange={({ target }) => setEnds(target.checked)}>
              不再由{former.shortName || former.name}会看
            </Checkbox>
          </Form.Item>
        )}
        {!ends && (
          <Form.Item
            label="由谁会看"
            htmlFor="viewer"
            required
            {...(tried && lack ? { validateStatus: 'error' as const, help: lack } : {})}
          >
            <OrgPicker
              id="viewer"
              value={viewer ? [viewer] : []}
              fits={(unit) => unit.id !== org.id && unit.tier !== 'branch'}
              onChange={([chosen]) => setViewer(chosen ?? null)}
            />
          </Form.Item>
        )}
        <Form.Item label="从哪个月起" htmlFor="fromMonth" required>
          <DatePicker
            id="fromMonth"
            picker="month"
            format="YYYY年M月"
            allowClear={false}
            value={dayjs(day)}
            maxDate={dayjs(today)}
            onChange={(month) => month && setDay(month.format('YYYY-MM-DD'))}
          />
        </Form.Item>
        <Form.Item label="依据文号" htmlFor="docNo">
          <Input
            id="docNo"
            maxLength={100}
            placeholder="如 大工发〔2020〕12号；没有可空着"
            value={docNo}
            onChange={(event) => setDocNo(event.target.value)}
          />
        </Form.Item>
      </Form>
      {meaning && (
        <Alert
          type="info"
          showIcon
          title={meaning}
          description="会看只让对方看得到记录；数字始终计在隶属单位，不会重复计算。"
        />
      )}
      {act.error && <Failure error={act.error} retry={act.again} />}
    </Modal>
  )
}
