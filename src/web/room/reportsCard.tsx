import { App, Button, Card, Form, Input, Radio, Tag } from 'antd'
import { useState } from 'react'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import {
  reportFindings,
  reportFindingWords,
  reportKindWords,
  type ReportAnswer,
  type ReportFinding,
  type RoomReport,
} from '#programmes/careRoom/openApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { CutNote } from '../kit/cutNote.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'

/** What anybody said of the room, and what was found; no card where nobody said anything. */
export function ReportsCard({ detail: { reports, may } }: { detail: RoomDetail }) {
  const { today } = useMe()
  const [opened, setOpened] = useState<RoomReport | null>(null)
  if (reports.length === 0) return null
  return (
    <Card size="small" title="群众反映" className="room-alert">
      <ul className="room-vendors">
        {reports.map((report) => (
          <li key={report.id}>
            <b>{reportKindWords[report.kind]}</b> <ReportTag report={report} today={today} />
            <small className="room-under num">
              {report.firstOn} 反映
              {report.times > 1 && `，到 ${report.toldOn} 共 ${report.times} 次`}
              {report.handledOn === null
                ? `；应在 ${report.dueOn} 前核实处理`
                : `；${report.handledOn} ${report.handledBy ?? ''}处理`}
            </small>
            {report.notes.map((note) => (
              <small key={note} className="room-under">
                “{note}”
              </small>
            ))}
            {report.answer && <small className="room-under">处理说明：{report.answer}</small>}
            {may.handle && report.handledOn === null && (
              <span className="room-acts">
                <Button size="small" type="primary" onClick={() => setOpened(report)}>
                  处理“{reportKindWords[report.kind]}”
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <CutNote list="careRoomReports" count={reports.length} />
      {opened && <FindingModal report={opened} onClose={() => setOpened(null)} />}
    </Card>
  )
}

function ReportTag({ report: { finding, dueOn }, today }: { report: RoomReport; today: string }) {
  if (finding)
    return <Tag color={finding === 'untrue' ? undefined : 'green'}>{reportFindingWords[finding]}</Tag>
  return dueOn < today ? <Tag color="red">已过期</Tag> : <Tag color="gold">待核实</Tag>
}

const hints: Readonly<Record<ReportFinding, string>> = {
  restored: '已恢复：现在能正常使用',
  corrected: '信息已更正：地址、电话或开放时间已改对，或已停止对外开放',
  untrue: '情况不属实：到现场看过，一直正常开放',
}

function FindingModal({ report, onClose }: { report: RoomReport; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ finding, note }: ReportAnswer, key) =>
      call(roomApi.finding(report.id), anything, {
        method: 'POST',
        key,
        body: { finding, note },
      }),
    () => {
      onClose()
      void message.success('已登记处理结果')
    },
  )
  return (
    <FormModal<ReportAnswer>
      title={`处理“${reportKindWords[report.kind]}”的反映`}
      okText="登记处理结果"
      act={act}
      told={hasIssueAt(act.error, ['finding', 'note'])}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="核实的结果"
        name="finding"
        rules={[{ required: true, message: '请选择核实的结果' }]}
        {...faultAt(act.error, 'finding')}
      >
        <Radio.Group
          className="room-findings"
          options={reportFindings.map((value) => ({ value, label: hints[value] }))}
        />
      </Form.Item>
      <Form.Item
        label="说明"
        name="note"
        extra="写明怎样核实、怎样处理的"
        rules={[{ required: true, whitespace: true, message: '请写明怎样核实、怎样处理的' }]}
        {...faultAt(act.error, 'note')}
      >
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
      </Form.Item>
    </FormModal>
  )
}
