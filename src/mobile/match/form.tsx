import { useState } from 'react'
import type { MyMatch } from '#match/api.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { issueAt } from '../../web/api/problem.ts'
import { Fault } from '../kit/parts.tsx'
import { matchApi } from './useMatch.tsx'

const empty = { alias: '', area: '', about: '', contact: '' }
type Field = keyof typeof empty

/** Her card: to join with, and to write anew. What she typed stays until it is taken. */
export function MatchForm({ own, onDone }: { own: MyMatch; onDone?: () => void }) {
  const isNew = own.profile === null
  const [values, setValues] = useState(() =>
    own.profile === null
      ? empty
      : {
          alias: own.profile.alias,
          area: own.profile.area,
          about: own.profile.about,
          contact: own.profile.contact,
        },
  )
  // Stated by her each time, never for her.
  const [isSingle, setSingle] = useState(false)
  const act = useAct(
    (_: null, key) =>
      call(matchApi.own, anything, {
        method: 'PUT',
        key,
        body: { ...values, isSingle, textHash: own.textHash },
      }),
    onDone,
  )
  const fault = (field: Field | 'isSingle' | 'textHash') => issueAt(act.error, field)
  const isAtField = [...Object.keys(empty), 'isSingle'].some((field) => fault(field as Field))
  const input = (field: Field) => ({
    value: values[field],
    'aria-invalid': fault(field) !== undefined,
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  })
  const why = (field: Field | 'isSingle') => fault(field) && <span className="fault">{fault(field)}</span>
  return (
    <form
      className="card form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run(null)
      }}
    >
      <label className="field">
        昵称
        <span className="soft small">别人看到的名字，不要用真名</span>
        <input maxLength={12} {...input('alias')} />
        {why('alias')}
      </label>
      <label className="field">
        所在区市
        <select {...input('area')}>
          <option value="">请选择</option>
          {own.areas.map((area) => (
            <option key={area}>{area}</option>
          ))}
        </select>
        {why('area')}
      </label>
      <label className="field">
        几句介绍
        <span className="soft small">爱好、想认识什么样的人；不写单位和联系方式</span>
        <textarea rows={3} maxLength={80} {...input('about')} />
        {why('about')}
      </label>
      <label className="field">
        联系方式
        <span className="soft small">双方都愿意以后才给对方看，由您决定写手机号还是微信号</span>
        <input maxLength={60} {...input('contact')} />
        {why('contact')}
      </label>
      <label className="match-check">
        <input type="checkbox" checked={isSingle} onChange={(event) => setSingle(event.target.checked)} />
        <span>我声明本人单身，并同意以上说明；随时可以退出，退出即收回声明</span>
      </label>
      {why('isSingle')}
      {act.error && !isAtField && <Fault error={act.error} again={act.again} />}
      <button type="submit" className="button button-main button-wide" disabled={act.busy}>
        {act.busy ? '正在保存…' : isNew ? '参加' : '保存'}
      </button>
    </form>
  )
}
