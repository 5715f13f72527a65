import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { made, type FileList } from '#hardship/api.ts'
import { many, type FileState } from '#hardship/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { hardshipApi } from './addresses.ts'
import { useFailed } from '../kit/failed.ts'

export type Bulk = keyof typeof many

/** What the centre may do to several files that stand in one state. */
export function bulkOf(desk: FileList, state: FileState | undefined): Bulk | null {
  if (!desk.isCentre || state === undefined) return null
  const found = (Object.keys(many) as Bulk[]).find(
    (name) =>
      (many[name].from as readonly FileState[]).includes(state) &&
      many[name].by.some((duty) => desk.duties.includes(duty)),
  )
  return found ?? null
}

type BulkBarProps = { bulk: Bulk; chosen: readonly string[]; onDone: () => void }

const counted = z.object({ count: z.number() })

/** The button beside the chosen files. */
export function BulkBar({ bulk, chosen, onDone }: BulkBarProps) {
  const { message } = App.useApp()
  const [titled, setTitled] = useState(false)
  const failed = useFailed()
  const act = useAct(
    (ids: readonly string[], key) =>
      call(bulk === 'open' ? hardshipApi.openings : hardshipApi.inquiries, counted, {
        method: 'POST',
        key,
        body: { ids },
      }),
    ({ count }) => {
      onDone()
      void message.success(
        bulk === 'open' ? `已建档 ${count} 户` : `已送核对 ${count} 户，请在下方下载核对名单`,
      )
    },
    failed,
  )
  const label = many[bulk].label
  return (
    <>
      <Button
        type="primary"
        disabled={chosen.length === 0}
        loading={act.busy}
        onClick={() => (bulk === 'notice' ? setTitled(true) : act.run(chosen))}
      >
        {chosen.length > 0 ? `${label}（${chosen.length} 户）` : `勾选后${label}`}
      </Button>
      {titled && (
        <NoticeModal
          ids={chosen}
          onClose={() => setTitled(false)}
          onDone={() => {
            setTitled(false)
            onDone()
          }}
        />
      )}
    </>
  )
}

type NoticeModalProps = { ids: readonly string[]; onClose: () => void; onDone: () => void }

function NoticeModal({ ids, onClose, onDone }: NoticeModalProps) {
  const { message } = App.useApp()
  const { post, today } = useMe()
  const act = useAct(
    ({ title }: { title: string }, key) =>
      call(hardshipApi.notices, made, { method: 'POST', key, body: { ids, title } }),
    ({ count }) => {
      onDone()
      void message.success(`已公示 ${count} 户，期满没有成立的异议即可建档`)
    },
  )
  return (
    <FormModal<{ title: string }>
      title="公示拟建档名单"
      okText="公示"
      act={act}
      told={hasIssueAt(act.error, ['title'])}
      initialValues={{
        title: `${post.org.shortName}${Number(today.slice(0, 4))}年拟建立困难职工档案名单公示`,
      }}
      onClose={onClose}
    >
      <p className="hardship-text">只公布姓氏和单位，不写困难原因；不用登录就能看到，并可提出异议。</p>
      <Form.Item
        label="公示标题"
        name="title"
        rules={[{ required: true, whitespace: true, message: '请填写公示标题' }]}
        {...faultAt(act.error, 'title')}
      >
        <Input maxLength={60} />
      </Form.Item>
    </FormModal>
  )
}
