import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { jurorChoices, type Campaign } from '#honour/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { issueAt, toProblem } from '../api/problem.ts'
import { honourApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 评委: who they are and how far each has come, without a point of it; set before judging begins. */
export function JurorsCard({ campaign: c }: { campaign: Campaign }) {
  const isOpen = c.mayLead && (c.state === 'draft' || c.state === 'open')
  if (!isOpen && c.jurors.length === 0) return null
  return (
    <section className="honour-card">
      <h2>评委</h2>
      {isOpen ? (
        <JurorPicker key={c.version} campaign={c} />
      ) : (
        <ul className="act-list">
          {c.jurors.map((one) => (
            <li key={one.postId}>
              <span>
                {one.name} <span className="honour-aside">{one.org.shortName}</span>
              </span>
              <span className="honour-aside num">已评 {one.given} 份</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function JurorPicker({ campaign: c }: { campaign: Campaign }) {
  const { message } = App.useApp()
  const [typed, setTyped] = useState('')
  const [posts, setPosts] = useState(
    c.jurors.map((one) => ({ value: one.postId, label: `${one.name}（${one.org.shortName}）` })),
  )
  const q = typed.trim()
  const { data } = useApi(honourApi.jurorChoices(q), jurorChoices, { enabled: q.length > 0, keep: true })
  const save = useAct(
    (list: string[], key) =>
      call(honourApi.jurors(c.id), anything, {
        method: 'PUT',
        key,
        body: { posts: list, version: c.version },
      }),
    () => void message.success('评委已保存'),
    (error) => void message.error(issueAt(error, 'posts') ?? toProblem(error).message),
  )
  return (
    <>
      <p className="honour-aside">
        评委在自己打分以前看不到别人的分；本人和本单位的推荐必须回避，由系统核对。
      </p>
      <div className="honour-row">
        <Select
          aria-label="评委"
          mode="multiple"
          labelInValue
          style={{ width: 520, maxWidth: '100%' }}
          placeholder="输入姓名查找"
          value={posts}
          filterOption={false}
          showSearch
          onSearch={setTyped}
          onChange={(list) => setPosts([...list])}
          notFoundContent={q ? '没有这个名字的在任人员' : '输入姓名查找'}
          options={(data ?? []).map((one) => ({
            value: one.postId,
            label: `${one.name}（${one.org.shortName}）`,
          }))}
        />
        <CutNote list="jurorChoices" count={data?.length} />
        <Button loading={save.busy} onClick={() => save.run(posts.map((one) => one.value))}>
          保存评委
        </Button>
      </div>
    </>
  )
}
