import { Alert, Button, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { publicNotice, raised, type NewObjection, type PublicNotice } from '#publicNotice/api.ts'
import { noticeStateWords } from '#publicNotice/state.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { longDay } from '#kit/day.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { publicNoticeApi } from './addresses.ts'
import { PublicFrame } from './frame.tsx'
import { noticeColors } from './words.ts'

/** One 公示, for anybody: the list, its last day, and where to object. */
export function PublicNoticePage({ id }: { id: string }) {
  const query = useApi(publicNoticeApi.one(id), publicNotice)
  return (
    <PublicFrame title={query.data?.title ?? '公示'}>
      <Loaded query={query}>{(notice) => <Shown notice={notice} />}</Loaded>
      <p>
        <a href={paths.publicNotices}>全部公示</a>
      </p>
    </PublicFrame>
  )
}

function Shown({ notice }: { notice: PublicNotice }) {
  const withDetail = notice.lines.some((line) => line.detail !== '')
  return (
    <>
      <p className="public-sub">
        <Tag color={noticeColors[notice.state]}>{noticeStateWords[notice.state]}</Tag>
        {notice.organiser} · {longDay(notice.openedOn)}公示，{longDay(notice.closesOn)}止（{notice.days}{' '}
        个工作日）
      </p>
      {notice.isDemo && (
        <Alert type="info" title="演示数据，人名和单位都是编的" style={{ marginBottom: 14 }} />
      )}
      {notice.note && <p>{notice.note}</p>}
      <div className="public-lines" tabIndex={0} role="group" aria-label="公示名单">
        <table className="plain-table">
          <thead>
            <tr>
              <th>序号</th>
              <th>姓名或名称</th>
              <th>单位</th>
              {withDetail && <th>拟授予</th>}
            </tr>
          </thead>
          <tbody>
            {notice.lines.map((line) => (
              <tr key={line.line}>
                <td className="num">{line.line}</td>
                <td>{line.name}</td>
                <td>{line.unitName}</td>
                {withDetail && <td>{line.detail}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notice.state === 'open' ? (
        <ObjectionForm notice={notice} />
      ) : (
        <p className="public-aside">公示已经结束，{longDay(notice.shownUntil)}后撤下。</p>
      )}
    </>
  )
}

/** The form of an objection; its receipt is shown once and kept nowhere. */
function ObjectionForm({ notice }: { notice: PublicNotice }) {
  const [receipt, setReceipt] = useState<string | null>(null)
  const act = useAct(
    (body: NewObjection) => call(publicNoticeApi.objections(notice.id), raised, { method: 'POST', body }),
    (made) => setReceipt(made.receipt),
  )
  if (receipt !== null)
    return (
      <section aria-live="polite">
        <h2>已收到您的异议</h2>
        <p>请抄下或截图保存回执，只显示这一次。凭它在“公示”页查答复。</p>
        <p className="public-receipt num">{receipt}</p>
      </section>
    )
  const fault = hasIssueAt(act.error, ['body', 'line'])
  return (
    <section>
      <h2>提出异议</h2>
      <p className="public-aside">
        请写明事实和理由。内容只有公示单位能看到；不留联系方式也受理，凭回执查答复。
      </p>
      <Form<{ line?: number; body: string; contact?: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ line, body, contact }) => act.run({ line: line || null, body, contact: contact ?? '' })}
      >
        <Form.Item label="对谁的异议" name="line" initialValue={0} {...faultAt(act.error, 'line')}>
          <Select
            options={[
              { value: 0, label: '整个名单' },
              ...notice.lines.map((l) => ({ value: l.line, label: `${l.line}　${l.name}（${l.unitName}）` })),
            ]}
          />
        </Form.Item>
        <Form.Item
          label="事实和理由"
          name="body"
          rules={[{ required: true, whitespace: true, min: 10, message: '请写明事实和理由（至少 10 个字）' }]}
          {...faultAt(act.error, 'body')}
        >
          <Input.TextArea maxLength={1000} showCount autoSize={{ minRows: 4, maxRows: 12 }} />
        </Form.Item>
        <Form.Item label="联系方式（选填）" name="contact" extra="只用于核查时与您联系，公示撤下后清除">
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        {act.error && !fault && <Failure error={act.error} />}
        <Button type="primary" htmlType="submit" loading={act.busy}>
          提出异议
        </Button>
      </Form>
    </section>
  )
}
