import { App, Button, Descriptions, Drawer, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import {
  roundDetail,
  roundDone,
  roundStateWords,
  type RoundAct,
  type RoundDetail,
} from '#childcare/roundApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { at } from '../event/times.ts'
import { useFailed } from '../kit/failed.ts'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

/** One round: how many wish, what may be done next, and whose children come to a class of one's own. */
export function RoundDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useApi(childcareApi.round(id), roundDetail)
  return (
    <Drawer open size={640} onClose={onClose} title={query.data?.title ?? '托管班报名'}>
      <Loaded query={query}>{(found) => <Round found={found} onGone={onClose} />}</Loaded>
    </Drawer>
  )
}

const said: Readonly<Record<RoundAct, string>> = {
  open: '已发布，家庭可以填报',
  place: '已分配，结果已公开',
  cancel: '已取消',
  drop: '已删除',
}

function Round({ found: r, onGone }: { found: RoundDetail; onGone: () => void }) {
  const { message, modal } = App.useApp()
  const [asking, setAsking] = useState<'place' | 'cancel' | null>(null)
  const failed = useFailed()
  const act = useAct(
    (body: { act: RoundAct; value?: string; reason?: string }, key) =>
      call(childcareApi.roundSteps(r.id), roundDone, {
        method: 'POST',
        key,
        body: { ...body, version: r.version },
      }),
    (_, { act: done }) => {
      void message.success(said[done])
      setAsking(null)
      if (done === 'drop') onGone()
    },
    (error) => asking === null && failed(error),
  )
  const ask = (what: RoundAct, title: string, content: string) =>
    void modal.confirm({
      title,
      content,
      okText: title.replace('？', ''),
      cancelText: '取消',
      onOk: () => act.run({ act: what }),
    })
  const told = act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0
  const title = (n: number) => r.classes.find((one) => one.n === n)?.title ?? ''
  return (
    <>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'state', label: '状态', children: <Tag>{roundStateWords[r.state]}</Tag> },
          { key: 'org', label: '主办', children: r.org.name },
          { key: 'when', label: '填报', children: `${at(r.opensAt)} 至 ${at(r.closesAt)}` },
          { key: 'source', label: '公开数值', children: r.source },
          {
            key: 'classes',
            label: '班级',
            children: r.classes
              .map(({ n, title: name, org, places }) => `${n}. ${name}（${org}，${places} 个名额）`)
              .join('；'),
          },
          ...(r.isOwner
            ? [
                {
                  key: 'count',
                  label: '已填报',
                  children: `${r.families ?? 0} 个家庭，${r.children ?? 0} 个孩子`,
                },
              ]
            : []),
          ...(r.reason ? [{ key: 'reason', label: '取消原因', children: r.reason }] : []),
        ]}
      />
      {r.guardians.length > 0 && (
        <>
          <h3>分到本单位班级的家庭</h3>
          <table className="plain-table">
            <thead>
              <tr>
                <th>班级</th>
                <th>家长</th>
                <th>单位</th>
                <th>第几个孩子</th>
              </tr>
            </thead>
            <tbody>
              {r.guardians.map(({ n, name, org, child }) => (
                <tr key={`${n} ${org} ${name} ${child}`}>
                  <td>{title(n)}</td>
                  <td>{name}</td>
                  <td>{org}</td>
                  <td>{child}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {r.isOwner && r.state === 'open' && (
        <p className="hardship-aside">填报截止后名单自动固定并公开，然后在这里分配名额。</p>
      )}
      <p className="round-acts">
        {r.isOwner && r.state === 'draft' && (
          <>
            <Button
              type="primary"
              loading={act.busy}
              onClick={() => ask('open', '发布？', '发布以后班级、名额和时间都不能再改。')}
            >
              发布
            </Button>
            <Button
              danger
              loading={act.busy}
              onClick={() => ask('drop', '删除草稿？', '草稿删除后不能恢复。')}
            >
              删除草稿
            </Button>
          </>
        )}
        {r.isOwner && r.state === 'frozen' && (
          <Button type="primary" onClick={() => setAsking('place')}>
            分配名额
          </Button>
        )}
        {r.isOwner && (r.state === 'open' || r.state === 'frozen') && (
          <Button onClick={() => setAsking('cancel')}>取消这一轮</Button>
        )}
        {r.state !== 'draft' && (
          <Button href={paths.placement.replace('$id', r.id)} target="_blank">
            公开材料
          </Button>
        )}
      </p>
      {asking !== null && (
        <FormModal<{ text: string }>
          title={asking === 'place' ? '分配名额' : '取消这一轮'}
          okText={asking === 'place' ? '分配' : '取消这一轮'}
          danger={asking === 'cancel'}
          act={{
            ...act,
            run: ({ text }) =>
              act.run(asking === 'place' ? { act: 'place', value: text } : { act: 'cancel', reason: text }),
          }}
          told={told}
          initialValues={{}}
          onClose={() => setAsking(null)}
        >
          <Form.Item
            label={asking === 'place' ? r.source : '原因（家庭会看到）'}
            name="text"
            extra={asking === 'place' ? '照公布的数值原样填写；每一轮只分配一次' : undefined}
            rules={[
              {
                required: true,
                whitespace: true,
                message: asking === 'place' ? '请填写公开数值' : '请填写原因',
              },
            ]}
            {...faultAt(act.error, asking === 'place' ? 'value' : 'reason')}
          >
            <Input maxLength={200} />
          </Form.Item>
        </FormModal>
      )}
    </>
  )
}
