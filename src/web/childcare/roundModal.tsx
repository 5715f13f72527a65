import { App, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { roundDone, type RoundList } from '#childcare/roundApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem, issueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

type Values = {
  title: string
  about: string
  opensAt: Dayjs
  closesAt: Dayjs
  source: string
  classIds: string[]
  places: Record<string, number>
}
const instant = (time: Dayjs): string => `${time.format('YYYY-MM-DDTHH:mm')}:00+08:00`
const must = (message: string) => [{ required: true, message }]

/** 新建一轮: which classes, when, and where the public value will be read. */
export function RoundModal({
  offered,
  onClose,
  onDone,
}: {
  offered: RoundList['offered']
  onClose: () => void
  onDone: (id: string) => void
}) {
  const { message } = App.useApp()
  const act = useAct(
    ({ classIds, places, opensAt, closesAt, ...rest }: Values, key) =>
      call(childcareApi.rounds, roundDone, {
        method: 'POST',
        key,
        body: {
          ...rest,
          about: rest.about ?? '',
          opensAt: instant(opensAt),
          closesAt: instant(closesAt),
          classes: classIds.map((classId) => ({ classId, places: places[classId] ?? 0 })),
        },
      }),
    ({ id }) => {
      void message.success('已保存为草稿，核对后发布')
      onClose()
      onDone(id)
    },
  )
  const told = act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0
  const classFault = [
    'classes',
    ...offered.flatMap((_, n) => [`classes.${n}.classId`, `classes.${n}.places`]),
  ]
    .map((field) => issueAt(act.error, field))
    .find((fault) => fault !== undefined)
  const when = (name: 'opensAt' | 'closesAt', label: string) => (
    <Form.Item label={label} name={name} rules={must(`请选择${label}`)} {...faultAt(act.error, name)}>
      <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} />
    </Form.Item>
  )
  return (
    <FormModal<Values>
      title="新建一轮托管班报名"
      okText="保存草稿"
      act={act}
      told={told}
      initialValues={{
        about: '',
        classIds: [],
        places: Object.fromEntries(offered.map(({ id, places }) => [id, places])),
      }}
      onClose={onClose}
    >
      <Form.Item label="名称" name="title" rules={must('请填写名称')} {...faultAt(act.error, 'title')}>
        <Input maxLength={60} placeholder="例如：2020年暑假托管班报名" />
      </Form.Item>
      <Form.Item label="说明" name="about" extra="家庭会看到：年级、费用、要带什么">
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      {when('opensAt', '填报开始')}
      {when('closesAt', '填报截止')}
      <Form.Item
        label="抽签用的公开数值从哪里看"
        name="source"
        rules={must('请写明公开数值从哪里看')}
        extra="截止以后才公布、谁也事先不知道的数，例如“2020年6月1日上证指数收盘点位”"
        {...faultAt(act.error, 'source')}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        label="班级"
        name="classIds"
        rules={must('请选择班级')}
        extra="已公布、还没有结束的本单位和下级单位的班；填报的先后次序由家庭自己排"
        {...(classFault === undefined ? {} : { validateStatus: 'error' as const, help: classFault })}
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          placeholder={offered.length === 0 ? '还没有已公布的托管班' : '请选择'}
          options={offered.map(({ id, title, org }) => ({ value: id, label: `${title}（${org}）` }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.classIds !== b.classIds}>
        {({ getFieldValue }) =>
          ((getFieldValue('classIds') ?? []) as string[]).map((id) => {
            const one = offered.find((each) => each.id === id)
            return (
              <Form.Item
                key={id}
                label={`${one?.title ?? ''}的名额`}
                name={['places', id]}
                rules={must('请填写名额')}
              >
                <InputNumber min={1} max={one?.places ?? 1} precision={0} />
              </Form.Item>
            )
          })
        }
      </Form.Item>
    </FormModal>
  )
}
