import { Alert, App, Checkbox, DatePicker, Form, Input, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState, type ReactNode } from 'react'
import type { OrgBrief } from '#org/api.ts'
import { keepReasons, leaveReasons, personList, type PersonDetail, type StandingTurn } from '#person/api.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { consentPurposes, type ConsentPurpose } from '#person/purposes.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { Failure } from '../kit/states.tsx'
import { withQuery } from '../urlState.ts'
import { personApi } from './addresses.ts'

export type PlaceAct = StandingTurn | 'move' | 'leave' | 'consent' | 'merge' | 'erase'

const words: Record<PlaceAct, { title: string; ok: string; done: string; note: string; danger?: true }> = {
  move: {
    title: '调动',
    ok: '调动',
    done: '已调动，原单位的经历仍在她的资料里',
    note: '调到本级范围内的另一个单位；调出本级范围，由对方单位提出转入申请。',
  },
  leave: {
    title: '登记离开',
    ok: '登记',
    done: '已登记离开',
    note: '会籍到此为止，登记资料按规定期限保存。',
  },
  join: {
    title: '登记入会',
    ok: '登记',
    done: '已登记入会',
    note: '从这一天起她是会员，计入新入会人数；此前以女职工登记的经历仍在资料里。',
  },
  keep: {
    title: '保留会籍',
    ok: '保留',
    done: '已保留会籍',
    note: '从这一天起她的会籍保留，不计入在册会员；重新就业后在这里恢复，或由新单位转入。',
  },
  resume: {
    title: '恢复会籍',
    ok: '恢复',
    done: '已恢复会籍',
    note: '从这一天起她重新计入在册会员。',
  },
  consent: {
    title: '登记书面同意',
    ok: '登记',
    done: '已登记',
    note: '仅限她本人签字的书面同意，原件由单位留存；她随时可以在自己的页面撤回。',
  },
  merge: {
    title: '合并登记',
    ok: '提出合并',
    done: '已提出，请另一位同志确认',
    note: '两份登记是同一个人时合并，须另一位同志确认；合并后可以撤销，统计数字不变。',
  },
  erase: {
    title: '删除她的信息',
    ok: '提出删除',
    done: '已提出，请另一位同志确认',
    note: '应本人要求提出，须另一位同志确认。确认后密钥销毁，姓名、证件号码、手机号码等永远无法恢复；会员人数等统计不变。',
    danger: true,
  },
}

/** An act on her membership, with its date and reason. */
export function PlaceDialog({
  act: kind,
  person,
  onClose,
}: {
  act: PlaceAct
  person: PersonDetail
  onClose: () => void
}) {
  const { message } = App.useApp()
  const { today } = useMe()
  const [on, setOn] = useState(today)
  const [reason, setReason] = useState('')
  const [org, setOrg] = useState<OrgBrief | null>(null)
  const [leftBy, setLeftBy] = useState<(typeof leaveReasons)[number]>('离职')
  const [keptFor, setKeptFor] = useState<(typeof keepReasons)[number]>('下岗失业')
  const [purpose, setPurpose] = useState<ConsentPurpose>('screening')
  const [withFamily, setWithFamily] = useState(false)
  const [other, setOther] = useState<string | null>(null)
  const word = words[kind]
  const send = useAct(
    (_: null, key) => {
      switch (kind) {
        case 'move':
          return call(personApi.moves(person.id), anything, {
            method: 'POST',
            key,
            body: { orgId: org?.id ?? 0, on, reason },
          })
        case 'leave':
          return call(personApi.leave(person.id), anything, {
            method: 'POST',
            key,
            body: { on, leftBy, reason },
          })
        case 'join':
        case 'keep':
        case 'resume':
          return call(personApi.standing(person.id), anything, {
            method: 'POST',
            key,
            body: { turn: kind, on, reason, ...(kind === 'keep' ? { keptFor } : {}) },
          })
        case 'consent':
          return call(personApi.consents(person.id), anything, {
            method: 'PUT',
            key,
            body: { purpose, givenOn: on, ...(purpose === 'national' ? { withFamily } : {}) },
          })
        case 'merge':
          return call(personApi.requests(person.id), anything, {
            method: 'POST',
            key,
            body: { kind, otherId: other, reason },
          })
        case 'erase':
          return call(personApi.requests(person.id), anything, {
            method: 'POST',
            key,
            body: { kind, reason },
          })
      }
    },
    () => {
      void message.success(word.done)
      onClose()
    },
  )
  const issues = send.error ? (toProblem(send.error).body.issues ?? []) : []
  const item = (name: string, label: string, input: ReactNode, required = true) => {
    const issue = issues.find((i) => i.field === name)?.message
    return (
      <Form.Item
        key={name}
        label={label}
        htmlFor={`place-${name}`}
        required={required}
        {...(issue ? { validateStatus: 'error' as const, help: issue } : {})}
      >
        {input}
      </Form.Item>
    )
  }
  const needsReason = kind === 'move' || kind === 'merge' || kind === 'erase'
  const ready =
    (!needsReason || reason.trim() !== '') &&
    (kind !== 'move' || org !== null) &&
    (kind !== 'merge' || other !== null)
  const asksDay = kind !== 'merge' && kind !== 'erase'
  return (
    <Modal
      open
      title={`${word.title}：${String(person.values['name'])}`}
      okText={word.ok}
      cancelText="取消"
      okButtonProps={{ loading: send.busy, disabled: !ready, danger: word.danger ?? false }}
      onOk={() => send.run(null)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        {kind === 'move' &&
          item(
            'orgId',
            '调到',
            <OrgPicker
              id="place-orgId"
              value={org ? [org] : []}
              onChange={([picked]) => setOrg(picked ?? null)}
            />,
          )}
        {kind === 'leave' &&
          item(
            'leftBy',
            '原因',
            <Select
              id="place-leftBy"
              value={leftBy}
              options={leaveReasons.map((w) => ({ value: w, label: w }))}
              onChange={setLeftBy}
            />,
          )}
        {kind === 'keep' &&
          item(
            'keptFor',
            '原因',
            <Select
              id="place-keptFor"
              value={keptFor}
              options={keepReasons.map((w) => ({ value: w, label: w }))}
              onChange={setKeptFor}
            />,
          )}
        {kind === 'consent' &&
          item(
            'purpose',
            '用途',
            <Select
              id="place-purpose"
              value={purpose}
              options={consentPurposes.map((p) => ({ value: p, label: consentTexts[p].label }))}
              onChange={setPurpose}
            />,
          )}
        {kind === 'consent' && <p className="consent-text">{consentTexts[purpose].text}</p>}
        {kind === 'consent' && purpose === 'national' && (
          <Form.Item extra="没有都签的不要勾：只报她本人，不报家庭成员">
            <Checkbox checked={withFamily} onChange={({ target }) => setWithFamily(target.checked)}>
              授权书上家属（或监护人）都已签字
            </Checkbox>
          </Form.Item>
        )}
        {kind === 'merge' &&
          item('otherId', '并入的另一份登记', <OtherPicker self={person.id} onPick={setOther} />)}
        {asksDay &&
          item(
            kind === 'consent' ? 'givenOn' : 'on',
            kind === 'consent' ? '签字日期' : '日期',
            <DatePicker
              id={`place-${kind === 'consent' ? 'givenOn' : 'on'}`}
              allowClear={false}
              value={dayjs(on)}
              maxDate={dayjs(today)}
              onChange={(day) => day && setOn(day.format('YYYY-MM-DD'))}
            />,
          )}
        {kind !== 'consent' &&
          item(
            'reason',
            needsReason ? '理由' : '说明',
            <Input.TextArea
              id="place-reason"
              maxLength={200}
              autoSize={{ minRows: 2, maxRows: 4 }}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />,
            needsReason,
          )}
      </Form>
      <Alert type={word.danger ? 'warning' : 'info'} showIcon title={word.note} />
      {send.error && issues.length === 0 && <Failure error={send.error} retry={send.again} />}
    </Modal>
  )
}

/** Another person of the scope, found by name. */
function OtherPicker({ self, onPick }: { self: string; onPick: (id: string | null) => void }) {
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  const { data } = useApi(withQuery(personApi.list, { q, size: '20' }), personList, {
    enabled: q !== '',
    keep: true,
  })
  return (
    <Select<string>
      id="place-otherId"
      allowClear
      placeholder="输入姓名或拼音"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={q ? '没有找到，请换个词' : '输入姓名或拼音'}
      options={(q === '' ? [] : (data?.rows ?? []))
        .filter((row) => row.id !== self)
        .map((row) => ({
          value: row.id,
          label: `${row.name}（${row.birthYear ?? '—'}年，${row.phone ?? '无手机'}，${row.org.shortName}）`,
        }))}
      onChange={(id?: string) => onPick(id ?? null)}
    />
  )
}
