import { App, DatePicker, Form, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { accountList, postGiven, type AccountRow, type HeldPost } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { FormModal } from './formModal.tsx'
import { PostFields, postOf, type PostValues } from './postFields.tsx'
import { postName } from './words.ts'

type Closing = { onClose: () => void }
const given = (isGiven: boolean): string => (isGiven ? '岗位已授予' : '已提请安全管理员批准')
const dayOf = (day: Dayjs): string => day.format('YYYY-MM-DD')

/** 授予岗位 */
export function GivePost({ account, onClose }: Closing & { account: AccountRow }) {
  const { message } = App.useApp()
  const give = useAct(
    (values: PostValues, key) =>
      call(api.accountPosts(account.id), postGiven, { method: 'POST', body: postOf(values), key }),
    ({ isGiven }) => {
      void message.success(given(isGiven))
      onClose()
    },
  )
  return (
    <FormModal
      title={`授予 ${account.name} 岗位`}
      okText="授予"
      act={give}
      initialValues={{ role: 'cadre', fromOn: dayjs() }}
      onClose={onClose}
    >
      <PostFields />
    </FormModal>
  )
}

/** 结束岗位 */
export function EndPost({ post, onClose }: Closing & { post: HeldPost }) {
  const { message } = App.useApp()
  const end = useAct(
    ({ untilOn }: { untilOn: Dayjs }, key) =>
      call(api.postEnd(post.id), anything, { method: 'POST', body: { untilOn: dayOf(untilOn) }, key }),
    () => {
      void message.success('岗位已结束')
      onClose()
    },
  )
  return (
    <FormModal
      title={`结束岗位：${postName(post)}`}
      okText="结束岗位"
      danger
      act={end}
      initialValues={{ untilOn: dayjs() }}
      onClose={onClose}
    >
      <Form.Item
        label="最后一天"
        name="untilOn"
        extra="过了这一天马上不能再用这个岗位；记录和草稿都留在单位"
        rules={[{ required: true, message: '请选择日期' }]}
      >
        <DatePicker className="full" />
      </Form.Item>
    </FormModal>
  )
}

type HandOverValues = { toAccountId: string; untilOn: Dayjs }

/** 岗位交接 */
export function HandOver({ account, post, onClose }: Closing & { account: AccountRow; post: HeldPost }) {
  const { message } = App.useApp()
  const hand = useAct(
    ({ toAccountId, untilOn }: HandOverValues, key) =>
      call(api.postHandOver(post.id), postGiven, {
        method: 'POST',
        body: { toAccountId, untilOn: dayOf(untilOn) },
        key,
      }),
    ({ isGiven }) => {
      void message.success(isGiven ? '已交接' : '原岗位已定离任日，接任已提请安全管理员批准')
      onClose()
    },
  )
  return (
    <FormModal
      title={`岗位交接：${postName(post)}`}
      okText="交接"
      act={hand}
      initialValues={{ untilOn: dayjs() }}
      onClose={onClose}
    >
      <Form.Item
        label="接任的人"
        name="toAccountId"
        extra="须已有账号；没有的先新建"
        rules={[{ required: true, message: '请选择接任的人' }]}
      >
        <AccountPicker without={account.id} />
      </Form.Item>
      <Form.Item
        label={`${account.name} 的最后一天`}
        name="untilOn"
        extra="接任从第二天开始；未办完的记录和草稿留在单位，接任的人都看得到"
        rules={[{ required: true, message: '请选择日期' }]}
      >
        <DatePicker className="full" />
      </Form.Item>
    </FormModal>
  )
}

type AccountPickerProps = {
  id?: string
  value?: string
  onChange?: (id: string) => void
  without: string
}

/** An account by name or login; the form gives value and onChange. */
function AccountPicker({ id, value, onChange, without }: AccountPickerProps) {
  const [typed, setTyped] = useState('')
  const { data } = useApi(withQuery(api.accounts, { q: typed.trim() }), accountList, { keep: true })
  return (
    <Select<string>
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      placeholder="输入姓名或登录名"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent="没有找到，请换个词"
      options={(data?.rows ?? [])
        .filter((row) => row.id !== without && row.state !== 'disabled')
        .map((row) => ({ value: row.id, label: `${row.name}（${row.login}）` }))}
    />
  )
}
