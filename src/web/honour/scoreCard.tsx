import { App, Button, Flex, Form, Input, InputNumber } from 'antd'
import type { Campaign, Nomination } from '#honour/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { honourApi } from './addresses.ts'

/** The juror's own sheet while she has not given it; afterwards what all jurors gave so far. */
export function ScoreCard({ n, c }: { n: Nomination; c: Campaign }) {
  const judging = c.state === 'jury' && n.state === 'listed'
  if (judging && (n.mine === 'open' || n.mine === 'must')) return <Sheet n={n} c={c} />
  if (n.scores.length === 0) return null
  return (
    <section className="honour-card">
      <h2>评分</h2>
      {judging && <p className="honour-aside">您已提交，现在看得到其他评委已给的分。</p>}
      <ul className="act-list">
        {n.scores.map((one) => (
          <li key={one.juror}>
            <div>
              {one.juror}
              {!one.recused && (
                <p className="num">
                  {c.sheet.map((line, at) => `${line.item} ${one.points[at] ?? '—'}`).join(' · ')}
                </p>
              )}
              {one.note && <p>{one.note}</p>}
            </div>
            <b className="num">{one.recused ? '回避' : `${one.total} 分`}</b>
          </li>
        ))}
      </ul>
      {n.average !== null && (
        <p>
          平均 <b className="num">{(n.average / 100).toFixed(2)}</b> 分
        </p>
      )}
    </section>
  )
}

type Values = { points: number[]; note?: string }

function Sheet({ n, c }: { n: Nomination; c: Campaign }) {
  const { message, modal } = App.useApp()
  const [form] = Form.useForm<Values>()
  const points = Form.useWatch('points', form) ?? []
  const act = useAct(
    (v: { recuse: boolean; points: number[]; note: string }, key) =>
      call(honourApi.score(n.id), anything, { method: 'POST', key, body: v }),
    (_, v) => void message.success(v.recuse ? '已回避' : '已提交打分'),
  )
  const recuse = () =>
    void modal.confirm({
      title: '回避这份推荐？',
      content: '回避后不能再给它打分。',
      okText: '回避',
      cancelText: '取消',
      onOk: () => act.run({ recuse: true, points: [], note: '' }),
    })
  if (n.mine === 'must')
    return (
      <section className="honour-card">
        <h2>打分</h2>
        <p>这是您本人或您所在单位的推荐，应当回避。</p>
        {act.error && <Failure error={act.error} />}
        <Button type="primary" loading={act.busy} onClick={recuse}>
          回避
        </Button>
      </section>
    )
  const total = points.reduce((sum, p) => sum + (p ?? 0), 0)
  return (
    <section className="honour-card">
      <h2>打分</h2>
      <p className="honour-aside">提交后不能再改；您提交以前看不到其他评委的分。</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(v) => act.run({ recuse: false, points: v.points, note: v.note ?? '' })}
      >
        {c.sheet.map((line, at) => (
          <div key={line.item} className="honour-score">
            <label htmlFor={`points_${at}`}>
              {line.item}（{line.points} 分）
            </label>
            <Form.Item
              name={['points', at]}
              style={{ margin: 0 }}
              rules={[{ required: true, message: '请打分' }]}
              {...faultAt(act.error, `points.${at}`)}
            >
              <InputNumber min={0} max={line.points} precision={0} />
            </Form.Item>
          </div>
        ))}
        <p>
          合计 <b className="num">{total}</b> 分
        </p>
        <Form.Item label="评语（选填）" name="note">
          <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
        {act.error && <Failure error={act.error} />}
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={act.busy}>
            提交打分
          </Button>
          <Button onClick={recuse}>回避</Button>
        </Flex>
      </Form>
    </section>
  )
}
