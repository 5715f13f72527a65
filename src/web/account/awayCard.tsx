import { App, Button, Card, Flex, Form, Select, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { away as awaySchema, type Away, type Delegation } from '#identity/awayApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { hasIssueAt, issueAt } from '../api/problem.ts'
import { DayRange } from '../kit/dayRange.tsx'
import { Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { CutNote } from '../kit/cutNote.tsx'

/** 外出委托: who acts for her while she is away, and for whom she acts. */
export function AwayCard() {
  const query = useApi(api.away, awaySchema)
  const [naming, setNaming] = useState(false)
  const may = (query.data?.colleagues.length ?? 0) > 0
  return (
    <Card
      title="外出委托"
      size="small"
      extra={
        may && (
          <Button size="small" onClick={() => setNaming(true)}>
            委托同事
          </Button>
        )
      }
    >
      <Loaded query={query} rows={2}>
        {(data) => (
          <>
            <p className="page-sub">
              {may
                ? '休假、出差时请本单位另一位女工干部代办；她用自己的权限办理，留痕写明“代”，到期自动结束。'
                : '本单位没有另一位女工干部，暂不能委托。'}
            </p>
            <Lines title="我委托的" list={data.given} />
            <Lines title="委托我的" list={data.received} />
            {naming && <NameModal away={data} onClose={() => setNaming(false)} />}
          </>
        )}
      </Loaded>
    </Card>
  )
}

const stateTags = {
  coming: <Tag>未开始</Tag>,
  active: <Tag color="green">进行中</Tag>,
  over: <Tag>已结束</Tag>,
} as const

function Lines({ title, list }: { title: string; list: readonly Delegation[] }) {
  const { message } = App.useApp()
  const end = useAct(
    (id: string, key) => call(api.awayEnd(id), anything, { method: 'POST', key }),
    () => void message.success('委托已结束'),
    (error) => void message.error(error instanceof Error ? error.message : '没有办成，请重试'),
  )
  if (list.length === 0) return null
  return (
    <>
      <b>{title}</b>
      <ul className="plain-list">
        {list.map(({ id, name, fromOn, untilOn, state }) => (
          <li key={id}>
            <Flex gap={10} align="center" wrap>
              <span>{name}</span>
              <span className="num">
                {fromOn} 至 {untilOn}
              </span>
              {stateTags[state]}
              {state !== 'over' && (
                <Button size="small" loading={end.busy} onClick={() => end.run(id)}>
                  结束
                </Button>
              )}
            </Flex>
          </li>
        ))}
      </ul>
      <CutNote list="absences" count={list.length} />
    </>
  )
}

type Values = { toPost: string; stretch: [Dayjs, Dayjs] }

function NameModal({ away, onClose }: { away: Away; onClose: () => void }) {
  const { today } = useMe()
  const { message } = App.useApp()
  const now = dayjs(today)
  const act = useAct(
    ({ toPost, stretch }: Values, key) =>
      call(api.away, anything, {
        method: 'POST',
        key,
        body: {
          toPost,
          fromOn: stretch[0].format('YYYY-MM-DD'),
          untilOn: stretch[1].format('YYYY-MM-DD'),
        },
      }),
    () => {
      onClose()
      void message.success('已委托，对方会收到消息')
    },
  )
  const days = issueAt(act.error, 'fromOn') ? 'fromOn' : 'untilOn'
  return (
    <FormModal<Values>
      title="委托同事代办"
      okText="委托"
      act={act}
      told={hasIssueAt(act.error, ['toPost', 'fromOn', 'untilOn'])}
      initialValues={{
        stretch: [now, now.add(4, 'day')],
        ...(away.colleagues.length === 1 ? { toPost: away.colleagues[0]!.postId } : {}),
      }}
      onClose={onClose}
    >
      <Form.Item
        label="委托给"
        name="toPost"
        rules={[{ required: true, message: '请选择同事' }]}
        {...faultAt(act.error, 'toPost')}
      >
        <Select
          placeholder="本单位的女工干部"
          options={away.colleagues.map(({ postId, name, title }) => ({
            value: postId,
            label: title ? `${name}（${title}）` : name,
          }))}
        />
      </Form.Item>
      <Form.Item
        label="起止日期"
        name="stretch"
        rules={[{ required: true, message: '请选择起止日期' }]}
        {...faultAt(act.error, days)}
      >
        <DayRange />
      </Form.Item>
    </FormModal>
  )
}
