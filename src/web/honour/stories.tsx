import { App, Button, Flex, Form, Input, Tag } from 'antd'
import * as z from 'zod/mini'
import { stories, type RegisterLine, type Story } from '#honour/registerApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { hasIssueAt, toProblem } from '../api/problem.ts'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { honourApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 先进事迹 of the own unit: published with her consent, gone when she takes it back. */
export function StoriesCard() {
  const query = useApi(honourApi.stories, stories)
  return (
    <section className="honour-card" style={{ marginTop: 16 }}>
      <h2>先进事迹</h2>
      <Loaded query={query} rows={2}>
        {(list) =>
          list.length === 0 ? (
            <p className="honour-aside">
              在上表点“写事迹”。个人事迹要本人在“我的信息”里同意公开后才能发布，她撤回同意即不再显示。
            </p>
          ) : (
            <ul className="act-list">
              {list.map((one) => (
                <StoryRow key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <CutNote list="stories" count={query.data?.length} />
    </section>
  )
}

function StoryRow({ one }: { one: Story }) {
  const { message } = App.useApp()
  const move = useAct(
    (act: 'publish' | 'withdraw', key) =>
      call(honourApi.storyState(one.id), anything, { method: 'POST', key, body: { act } }),
    (_, act) => void message.success(act === 'publish' ? '已公开' : '已撤下'),
    (error) => void message.error(toProblem(error).message, 8),
  )
  return (
    <li>
      <div>
        {one.isShown ? (
          <a href={`${paths.honourRoll}/${one.id}`} target="_blank" rel="noreferrer">
            {one.title}
          </a>
        ) : (
          one.title
        )}{' '}
        {one.isShown ? (
          <Tag color="green">公开中</Tag>
        ) : (
          <Tag>
            {one.state === 'published' ? '本人已撤回同意' : one.state === 'withdrawn' ? '已撤下' : '未公开'}
          </Tag>
        )}
        <p>{one.honoree}</p>
      </div>
      <Flex gap={8}>
        {one.state === 'published' ? (
          <Button
            size="small"
            loading={move.busy}
            aria-label={`撤下 ${one.title}`}
            onClick={() => move.run('withdraw')}
          >
            撤下
          </Button>
        ) : (
          <Button
            size="small"
            loading={move.busy}
            aria-label={`公开 ${one.title}`}
            onClick={() => move.run('publish')}
          >
            公开
          </Button>
        )}
      </Flex>
    </li>
  )
}

type Values = { title: string; body: string }

export function StoryModal({ row, onClose }: { row: RegisterLine; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    (v: Values, key) =>
      call(honourApi.stories, z.strictObject({ id: z.string() }), {
        method: 'POST',
        key,
        body: { recordId: row.id, ...v },
      }),
    () => {
      onClose()
      void message.success('已保存，在下方“先进事迹”里公开')
    },
  )
  return (
    <FormModal<Values>
      title={`写${row.honoree}的事迹`}
      okText="保存"
      act={act}
      told={hasIssueAt(act.error, ['title', 'body'])}
      initialValues={{ title: '', body: '' }}
      onClose={onClose}
    >
      <Form.Item
        label="标题"
        name="title"
        rules={[{ required: true, whitespace: true, message: '请填写标题' }]}
        {...faultAt(act.error, 'title')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="正文"
        name="body"
        rules={[{ required: true, whitespace: true, message: '请写事迹正文' }]}
        {...faultAt(act.error, 'body')}
      >
        <Input.TextArea maxLength={5000} showCount autoSize={{ minRows: 8, maxRows: 18 }} />
      </Form.Item>
    </FormModal>
  )
}
