import { App, Button, Card, Checkbox, Flex, Form, Input, Select } from 'antd'
import { reach as reachSchema, type Reach } from '#notify/api.ts'
import { channelLabels, type ChannelKind } from '#notify/channel.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { CutNote } from '../kit/cutNote.tsx'

type Values = { hour: number } & Partial<Record<ChannelKind, { isOn: boolean; address?: string }>>

const hints: Record<ChannelKind, string> = {
  mail: '邮箱地址',
  sms: '手机号',
  wecom: '企业微信成员账号',
  dingtalk: '钉钉成员 userid',
}

/** 消息提醒: by which ways she is told that there is news, and at what hour. */
export function ReachCard() {
  const query = useApi(api.reach, reachSchema)
  return (
    <Card title="消息提醒" size="small">
      <Loaded query={query} rows={3}>
        {(reach) =>
          reach.channels.length === 0 ? (
            <p className="page-sub">
              消息都在右上角的铃铛里。本系统还没有开通邮件、短信等站外提醒，由系统管理员在服务器上设置。
            </p>
          ) : (
            <ReachForm key={JSON.stringify(reach.channels)} reach={reach} />
          )
        }
      </Loaded>
    </Card>
  )
}

function ReachForm({ reach }: { reach: Reach }) {
  const { message } = App.useApp()
  const act = useAct(
    (values: Values, key) =>
      call(api.reach, anything, {
        method: 'PUT',
        key,
        body: {
          hour: values.hour,
          channels: reach.channels.map(({ kind }) => ({
            kind,
            isOn: values[kind]?.isOn ?? false,
            ...(values[kind]?.address ? { address: values[kind].address } : {}),
          })),
        },
      }),
    () => void message.success('已保存'),
  )
  const told = reach.channels.some(({ kind }) => issueAt(act.error, kind))
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      initialValues={{
        hour: reach.hour,
        ...Object.fromEntries(reach.channels.map(({ kind, isOn }) => [kind, { isOn }])),
      }}
      onFinish={act.run}
    >
      <p className="page-sub">每个工作日最多提醒一次，只说有几条新消息；晚八点到早八点、节假日不打扰。</p>
      {reach.channels.map(({ kind, address }) => (
        <Flex key={kind} gap={12} align="baseline" wrap>
          <Form.Item name={[kind, 'isOn']} valuePropName="checked" noStyle>
            <Checkbox className="reach-kind">{channelLabels[kind]}</Checkbox>
          </Form.Item>
          <Form.Item name={[kind, 'address']} className="reach-address" {...faultAt(act.error, kind)}>
            <Input
              maxLength={200}
              aria-label={hints[kind]}
              placeholder={address ? `现为 ${address}，不改可不填` : hints[kind]}
              autoComplete="off"
            />
          </Form.Item>
        </Flex>
      ))}
      <Form.Item label="几点以后提醒" name="hour">
        <Select
          className="reach-hour"
          options={Array.from({ length: 12 }, (_, n) => ({ value: n + 8, label: `${n + 8} 点` }))}
        />
      </Form.Item>
      {Boolean(act.error) && !told && <Failure error={act.error} retry={act.again} />}
      <Button htmlType="submit" loading={act.busy}>
        保存
      </Button>
      {reach.log.length > 0 && (
        <ul className="plain-list reach-log">
          {reach.log.map(({ channel, onDay, state, fault }) => (
            <li key={`${onDay} ${channel}`} className="page-sub">
              <span className="num">{onDay}</span> {channelLabels[channel]}
              {{ waiting: '：待发送', sent: '：已发送', failed: `：没有送达，${fault}` }[state]}
            </li>
          ))}
        </ul>
      )}
      <CutNote list="deliveriesToMe" count={reach.log.length} />
    </Form>
  )
}
