import { Alert, App, Button, Form, Input } from 'antd'
import { holderDone, type Followed, type HolderAct } from '#silo/api.ts'
import { dutyWords, siloStateWords, siloWords, stepWords } from '#silo/kinds.ts'
import { longDay } from '#kit/day.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { siloApi } from './addresses.ts'
import { Hotlines } from './hotlines.tsx'
import { Talk } from './talk.tsx'

/** What is to be done next and until when, as she is told it. */
function next({ step, dueOn, state, isErased }: Followed): string {
  if (isErased) return '内容已经销毁，任何人都看不到了。'
  if (step === 'close') return `承办人应在 ${longDay(dueOn!)}前书面答复处理结果。`
  if (step !== null) return `下一步：${stepWords[step]}，应在 ${longDay(dueOn!)}前办理。`
  return state === 'declined' ? '没有受理，理由见下面的答复。' : '已经办完。'
}

/** A matter as whoever holds its code sees it, and what she may do. */
export function FollowedMatter({
  matter,
  code,
  onChanged,
}: {
  matter: Followed
  code: string
  onChanged: () => void
}) {
  const { message, modal } = App.useApp()
  const [form] = Form.useForm<{ text: string }>()
  const act = useAct(
    (body: Omit<HolderAct, 'code'>) =>
      call(siloApi.holderActs, holderDone, { method: 'POST', body: { code, ...body }, nameless: true }),
    (_, { act: did }) => {
      if (did === 'say') form.resetFields()
      void message.success(did === 'erase' ? '已撤回并销毁' : '已送达')
      onChanged()
    },
  )
  return (
    <section className="silo-followed" aria-live="polite">
      <h2>
        {siloWords[matter.silo].label} · {matter.topic} · {siloStateWords[matter.state]}
      </h2>
      <p className="public-aside">
        {longDay(matter.receivedOn)}收到{matter.form && ` · ${matter.form}`}。{next(matter)}
      </p>
      {matter.referTo && (
        <Alert
          className="silo-gap"
          type="info"
          showIcon
          title={`承办人建议转到“${siloWords[matter.referTo].label}”办理`}
          description="同意以后，全部内容转给那边的人，这边的人不再看得到；不同意就继续在这边办。回执不变。"
          action={
            <span className="silo-actions">
              <Button
                size="small"
                type="primary"
                loading={act.busy}
                onClick={() => act.run({ act: 'agree' })}
              >
                同意
              </Button>
              <Button size="small" loading={act.busy} onClick={() => act.run({ act: 'refuse' })}>
                不同意
              </Button>
            </span>
          }
        />
      )}
      <Talk
        messages={matter.messages.map(({ n, mine, text, onDay }) => ({
          n,
          text,
          onDay,
          by: mine ? '我' : '承办人',
          mine,
        }))}
      />
      {matter.looks.length > 0 && (
        <p className="public-aside">
          看过内容的：
          {matter.looks.map(({ onDay, duty }) => `${longDay(onDay)}${dutyWords[duty]}`).join('、')}
        </p>
      )}
      {matter.maySay && (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ text }) => act.run({ act: 'say', text })}
        >
          <Form.Item
            label="补充"
            name="text"
            rules={[{ required: true, whitespace: true, message: '请写下要补充的话' }]}
            {...faultAt(act.error, 'text')}
          >
            <Input.TextArea maxLength={4000} autoSize={{ minRows: 3, maxRows: 12 }} autoComplete="off" />
          </Form.Item>
          <Button htmlType="submit" loading={act.busy}>
            送出补充
          </Button>
        </Form>
      )}
      {act.error && issueAt(act.error, 'text') === undefined && (
        <div className="silo-gap">
          <Failure error={act.error} />
        </div>
      )}
      <p className="silo-actions silo-gap">
        <Button onClick={() => window.print()}>打印</Button>
        {!matter.isErased && (
          <Button
            danger
            onClick={() =>
              void modal.confirm({
                title: '撤回这件事，销毁全部内容？',
                content: '销毁以后任何人都看不到，也不能恢复；没有办完的不再办理。',
                okText: '撤回并销毁',
                okButtonProps: { danger: true },
                cancelText: '取消',
                onOk: () => act.run({ act: 'erase' }),
              })
            }
          >
            撤回并销毁
          </Button>
        )}
      </p>
      <Hotlines urgent={act.done?.isUrgent ?? false} sent />
    </section>
  )
}
