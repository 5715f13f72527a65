import { App, AutoComplete, DatePicker, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { bounds, type Bound, type NewItem, type Plan, type PlanItem } from '#figures/plan/api.ts'
import { boundWords } from '#figures/plan/words.ts'
import { FEN_PER_YUAN } from '#figures/written.ts'
import type { OrgBrief } from '#org/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { chapters, findLine } from '../figures/chapters.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { readNumber } from '../record/read.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { planApi } from './addresses.ts'
import { RevisionFields, revisionOf, type RevisionValues } from './revisionFields.tsx'

type Values = RevisionValues & {
  section: string
  task: string
  owner: OrgBrief
  dueOn: Dayjs
  evidence?: string
  indicator?: string
  bound: Bound
  amount?: string
}

type ItemModalProps = { plan: Plan; item: PlanItem | null; onClose: () => void }

const factorOf = (indicator: string): number =>
  findLine(indicator)?.indicator.kind === 'money' ? FEN_PER_YUAN : 1

const targetOf = ({ indicator, bound, amount }: Values): NewItem['target'] =>
  indicator
    ? { indicator, bound, value: Math.round(Number(readNumber(amount ?? '')) * factorOf(indicator)) }
    : null

const indicatorOptions = chapters.map(({ section, title, lines }) => ({
  label: title,
  title: section,
  options: lines.map(({ id, indicator }) => ({
    value: id,
    label: `${indicator.label}（${indicator.unit}）`,
  })),
}))

const word = (message: string) => [{ required: true, whitespace: true, message }]

/** One task of the plan: what, by whom, until when; a number only where one is wanted. */
export function ItemModal({ plan, item, onClose }: ItemModalProps) {
  const { post } = useMe()
  const { message } = App.useApp()
  const save = useAct(
    (values: Values, key) => {
      const body: NewItem = {
        section: values.section.trim(),
        task: values.task.trim(),
        ownerId: values.owner.id,
        dueOn: values.dueOn.format('YYYY-MM-DD'),
        evidence: values.evidence ?? '',
        target: targetOf(values),
        ...revisionOf(plan, values),
      }
      return item
        ? call(planApi.item(item.id), anything, {
            method: 'PUT',
            key,
            body: { ...body, version: item.version },
          })
        : call(planApi.items(plan.year), anything, { method: 'POST', key, body })
    },
    () => {
      onClose()
      void message.success(item ? '已修改' : '已加入计划')
    },
  )
  const sections = [...new Set(plan.items.map(({ section }) => section))]
  const told = hasIssueAt(save.error, ['ownerId', 'dueOn', 'target', 'revision.reason'])
  const target = item?.target
  return (
    <FormModal<Values>
      title={item ? '修改任务' : '加一项任务'}
      okText="保存"
      act={save}
      told={told}
      initialValues={{
        section: item?.section ?? sections.at(-1),
        task: item?.task,
        owner: item?.owner ?? post.org,
        dueOn: dayjs(item?.dueOn ?? `${plan.year}-12-20`),
        evidence: item?.evidence,
        indicator: target?.indicator,
        bound: target?.bound ?? 'atLeast',
        amount: target ? String(target.value / factorOf(target.indicator)) : undefined,
      }}
      onClose={onClose}
    >
      <Form.Item label="所属部分" name="section" rules={word('请填写所属部分')}>
        <AutoComplete
          options={sections.map((value) => ({ value }))}
          placeholder="例如：提升素质技能"
          maxLength={40}
        />
      </Form.Item>
      <Form.Item label="做什么" name="task" rules={word('请写明做什么')}>
        <Input.TextArea
          maxLength={300}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="用动词开头，例如：办好周末学校和流动课堂，推行基层点单"
        />
      </Form.Item>
      <div className="plan-pair">
        <Form.Item
          label="责任单位"
          name="owner"
          rules={[{ required: true, message: '请选择责任单位' }]}
          {...faultAt(save.error, 'ownerId')}
        >
          <OwnerInput />
        </Form.Item>
        <Form.Item
          label="完成时限"
          name="dueOn"
          rules={[{ required: true, message: '请选择完成时限' }]}
          {...faultAt(save.error, 'dueOn')}
        >
          <DatePicker allowClear={false} showNow={false} />
        </Form.Item>
      </div>
      <Form.Item label="用什么佐证" name="evidence">
        <Input maxLength={200} placeholder="例如：培训记录、签到表；可不填" />
      </Form.Item>
      <Form.Item
        label="指标"
        name="indicator"
        extra="没有合适的指标就不选，任务照样有效"
        {...faultAt(save.error, 'target')}
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="不设数字目标"
          options={indicatorOptions}
        />
      </Form.Item>
      <TargetFields />
      <RevisionFields plan={plan} error={save.error} />
    </FormModal>
  )
}

function TargetFields() {
  const indicator = Form.useWatch<string | undefined>('indicator')
  const line = findLine(indicator ?? '')
  if (!line) return null
  return (
    <div className="plan-pair">
      <Form.Item label="要求" name="bound">
        <Radio.Group options={bounds.map((value) => ({ value, label: boundWords[value] }))} />
      </Form.Item>
      <Form.Item
        label="目标值"
        name="amount"
        rules={[
          { required: true, message: '请填写目标值' },
          {
            validator: (_, value: string | undefined) =>
              !value || Number(readNumber(value)) > 0
                ? Promise.resolve()
                : Promise.reject(new Error('请填写大于零的数')),
          },
        ]}
      >
        <Input className="num" inputMode="numeric" suffix={line.indicator.unit} />
      </Form.Item>
    </div>
  )
}

type OwnerInputProps = { id?: string; value?: OrgBrief; onChange?: (org: OrgBrief | undefined) => void }

function OwnerInput({ id, value, onChange }: OwnerInputProps) {
  return (
    <OrgPicker {...(id ? { id } : {})} value={value ? [value] : []} onChange={([org]) => onChange?.(org)} />
  )
}
