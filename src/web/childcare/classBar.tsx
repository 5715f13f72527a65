import { Link } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { classDone, type ClassDetail } from '#childcare/api.ts'
import { acts, asksWhy, classStateWords, type Act } from '#childcare/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

/** What an act brings about, said before it is done. */
const sure: Partial<Record<Act, string>> = {
  submit: '提交后班级内容不能再改；安全材料和工作人员还可以补登',
  announce: '班级名称、办班单位、地点和托位数对外公示；期满没有成立的异议才能同意开班',
  publish: '公开页面会显示班级、地点、时间和余位，不显示工作人员和孩子',
  finish: '结班后不能再登记签到，市总工会登记第三方评估后验收',
  close: '补助按规则算定，班级计入指标，工作人员名单随即删除',
}

/** The acts of whoever looks at a class. */
export function ClassBar({ found: c }: { found: ClassDetail }) {
  const { message, modal } = App.useApp()
  const [asking, setAsking] = useState<Act | null>(null)
  const failed = useFailed()
  const step = useAct(
    ({ act, reason }: { act: Act; reason?: string }, key) =>
      call(childcareApi.steps(c.id), classDone, {
        method: 'POST',
        key,
        body: { act, version: c.version, ...(reason === undefined ? {} : { reason }) },
      }),
    ({ state }, { act }) => {
      setAsking(null)
      // A notice leaves the class where it was.
      void message.success(act === 'announce' ? '已开始公示' : `已办理，现在是“${classStateWords[state]}”`)
    },
    (error) => {
      if (!issueAt(error, 'reason')) failed(error)
    },
  )
  const begin = (act: Act) =>
    asksWhy(act)
      ? setAsking(act)
      : void modal.confirm({
          title: `${acts[act].label}？`,
          content: sure[act],
          okText: acts[act].label,
          cancelText: '取消',
          onOk: () => step.run({ act }),
        })
  return (
    <>
      {c.mayEdit && (
        <Link to={paths.childcareForm} search={{ id: c.id }}>
          <Button>修改</Button>
        </Link>
      )}
      {c.acts.map((act) => (
        <Button
          key={act}
          type={asksWhy(act) || act === 'announce' ? 'default' : 'primary'}
          danger={asksWhy(act)}
          loading={step.busy}
          onClick={() => begin(act)}
        >
          {acts[act].label}
        </Button>
      ))}
      {asking && (
        <FormModal<{ reason: string }>
          title={acts[asking].label}
          okText={acts[asking].label}
          danger
          told={Boolean(step.error)}
          act={{ ...step, run: ({ reason }) => step.run({ act: asking, reason }) }}
          initialValues={{}}
          onClose={() => setAsking(null)}
        >
          <Form.Item
            label="理由"
            name="reason"
            rules={[{ required: true, whitespace: true, message: '请写明理由（至少 4 个字）' }]}
            {...faultAt(step.error, 'reason')}
          >
            <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2 }} />
          </Form.Item>
        </FormModal>
      )}
    </>
  )
}
