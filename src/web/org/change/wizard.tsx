import { Alert, App, Button, DatePicker, Flex, Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { monthOf } from '#kit/day.ts'
import { tierLabels, tiers, type OrgBrief, type Tier } from '#org/api.ts'
import { changePreview, changeWritten, type ChangePlan } from '#org/change/api.ts'
import { call } from '../../api/client.dom.ts'
import { useAct, useMe } from '../../api/hooks.tsx'
import { OrgPicker } from '../../kit/orgPicker.tsx'
import { Failure } from '../../kit/states.tsx'
import { changesApi } from '../addresses.ts'
import { noShare, SplitFields, type Share } from './splitFields.tsx'

type Kind = ChangePlan['kind']
const kinds: { value: Kind; label: string }[] = [
  { value: 'found', label: '成立单位' },
  { value: 'merge', label: '合并' },
  { value: 'split', label: '拆分' },
  { value: 'move', label: '改隶' },
]
const firstLabels: Readonly<Record<Kind, string>> = {
  found: '上级单位',
  merge: '被合并的单位',
  split: '要拆分的单位',
  move: '改隶的单位',
}
const types = ['独立基层', '联合基层', '街道', '园区', '行业', '集团', '系统', '分会']
const heads = [
  ['workers', '职工'],
  ['womenWorkers', '女职工'],
  ['members', '会员'],
  ['womenMembers', '女会员'],
] as const

type ChangeWizardProps = {
  /** A unit whose move is asked for. */
  moved?: OrgBrief
  onClose: () => void
}

/** Asks for a change in two steps: what, then what it would do; nothing typed is lost on the way back. */
export function ChangeWizard({ moved, onClose }: ChangeWizardProps) {
  const { message } = App.useApp()
  const { today } = useMe()
  const [kind, setKind] = useState<Kind>(moved ? 'move' : 'found')
  const [first, setFirst] = useState<OrgBrief | null>(moved ?? null)
  const [second, setSecond] = useState<OrgBrief | null>(null)
  const [texts, setTexts] = useState({ code: '', name: '', shortName: '', docNo: '' })
  const [tier, setTier] = useState<Tier>('grassroots')
  const [orgType, setOrgType] = useState('独立基层')
  const [day, setDay] = useState(today)
  const [counts, setCounts] = useState({ workers: 0, womenWorkers: 0, members: 0, womenMembers: 0 })
  const [share, setShare] = useState<Share>(noShare)
  const begins = kind === 'found' || kind === 'split'
  const preview = useAct((body: ChangePlan, key) =>
    call(changesApi.preview, changePreview, { method: 'POST', body, key }),
  )
  const ask = useAct(
    (body: ChangePlan, key) => call(changesApi.list, changeWritten, { method: 'POST', body, key }),
    () => {
      void message.success('已提出，等待同意和办理')
      onClose()
    },
  )
  const [tried, setTried] = useState(false)
  const lacks = {
    first: first ? '' : '请选择单位',
    second: begins || second ? '' : '请选择单位',
    name: !begins || texts.name.trim() ? '' : '请填写单位名称',
    code: !begins || texts.code.trim() ? '' : '请填写组织编码',
    shortName: '',
    docNo: texts.docNo.trim() ? '' : `请填写${begins ? '批复' : '依据'}文号`,
  }
  const wants = (key: keyof typeof lacks) =>
    tried && lacks[key] ? { validateStatus: 'error' as const, help: lacks[key] } : {}
  const plan = (): ChangePlan | null => {
    const docNo = texts.docNo.trim()
    if (!first || Object.values(lacks).some(Boolean)) return null
    if (begins) {
      const [code, name] = [texts.code.trim(), texts.name.trim()]
      const shortName = texts.shortName.trim() || name
      const unit = { code, name, shortName, tier, orgType, foundedOn: day, approvalNo: docNo, ...counts }
      return kind === 'found'
        ? { kind, parentId: first.id, ...unit }
        : { kind: 'split', orgId: first.id, ...unit, ...share }
    }
    if (!second) return null
    const rest = { orgId: first.id, fromYm: monthOf(day), docNo }
    return kind === 'merge'
      ? { kind, ...rest, intoId: second.id }
      : { kind: 'move', ...rest, parentId: second.id }
  }
  const ready = plan()
  const checked = preview.done
  const back = () => {
    preview.reset()
    ask.reset()
  }
  const text = (key: keyof typeof texts, label: string, hint: string, required = true) => (
    <Form.Item label={label} htmlFor={`change-${key}`} required={required} {...wants(key)}>
      <Input
        id={`change-${key}`}
        maxLength={key === 'name' ? 100 : 40}
        placeholder={hint}
        value={texts[key]}
        onChange={({ target }) => setTexts((was) => ({ ...was, [key]: target.value }))}
      />
    </Form.Item>
  )
  return (
    <Modal
      open
      style={{ top: 40 }}
      title="提出组织变更"
      onCancel={onClose}
      footer={
        checked ? (
          <Flex justify="flex-end" gap={8}>
            <Button onClick={back}>返回修改</Button>
            <Button type="primary" loading={ask.busy} onClick={() => ready && ask.run(ready)}>
              提出申请
            </Button>
          </Flex>
        ) : (
          <Button
            type="primary"
            loading={preview.busy}
            onClick={() => {
              setTried(true)
              if (ready) preview.run(ready)
            }}
          >
            下一步：预览
          </Button>
        )
      }
    >
      <Form layout="vertical" disabled={!!checked}>
        <Form.Item label="办什么">
          <Radio.Group
            aria-label="办什么"
            value={kind}
            options={kinds}
            onChange={({ target }) => {
              setKind(target.value as Kind)
              back()
            }}
          />
        </Form.Item>
        <Form.Item label={firstLabels[kind]} htmlFor="change-first" required {...wants('first')}>
          <OrgPicker
            id="change-first"
            value={first ? [first] : []}
            onChange={([chosen]) => {
              setFirst(chosen ?? null)
              setShare(noShare)
            }}
          />
        </Form.Item>
        {!begins && (
          <Form.Item
            label={kind === 'merge' ? '并入哪个单位' : '新的上级'}
            htmlFor="change-second"
            required
            {...wants('second')}
          >
            <OrgPicker
              id="change-second"
              value={second ? [second] : []}
              fits={(unit) => unit.id !== first?.id}
              onChange={([chosen]) => setSecond(chosen ?? null)}
            />
          </Form.Item>
        )}
        {begins && (
          <>
            {text('name', kind === 'split' ? '新单位名称' : '单位名称', '全称，与批复一致')}
            <div className="change-fields">
              {text('code', '组织编码', '字母、数字和横线，不再变更')}
              {text('shortName', '简称', '可空，空着用全称', false)}
              <Form.Item label="层级" htmlFor="change-tier" required>
                <Select
                  id="change-tier"
                  value={tier}
                  onChange={setTier}
                  options={tiers
                    .filter((one) => one !== 'city')
                    .map((value) => ({ value, label: tierLabels[value] }))}
                />
              </Form.Item>
              <Form.Item label="类型" htmlFor="change-type" required>
                <Select
                  id="change-type"
                  value={orgType}
                  onChange={setOrgType}
                  options={types.map((value) => ({ value, label: value }))}
                />
              </Form.Item>
              {heads.map(([key, label]) => (
                <Form.Item
                  key={key}
                  label={kind === 'split' ? `归新单位的${label}` : label}
                  htmlFor={`change-${key}`}
                >
                  <InputNumber
                    id={`change-${key}`}
                    min={0}
                    precision={0}
                    value={counts[key]}
                    onChange={(n) => setCounts((was) => ({ ...was, [key]: n ?? 0 }))}
                  />
                </Form.Item>
              ))}
            </div>
          </>
        )}
        <div className="change-fields">
          {text('docNo', begins ? '批复文号' : '依据文号', '如 大工发〔2020〕12号')}
          <Form.Item label={begins ? '成立日期' : '从哪个月起'} htmlFor="change-day" required>
            <DatePicker
              id="change-day"
              picker={begins ? 'date' : 'month'}
              format={begins ? 'YYYY-MM-DD' : 'YYYY年M月'}
              allowClear={false}
              value={dayjs(day)}
              onChange={(at) => at && setDay(at.format('YYYY-MM-DD'))}
            />
          </Form.Item>
        </div>
        {kind === 'split' && first && <SplitFields unit={first} value={share} onChange={setShare} />}
      </Form>
      {checked && (
        <Alert
          type="info"
          showIcon
          title={
            checked.consents.length > 0
              ? `须经${checked.consents.map((o) => o.shortName).join('、')}同意，再由市级另一人办理`
              : '由市级另一人办理'
          }
          description={
            <ul className="change-lines">
              {checked.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          }
        />
      )}
      {preview.error && <Failure error={preview.error} retry={preview.again} />}
      {ask.error && <Failure error={ask.error} retry={ask.again} />}
    </Modal>
  )
}
