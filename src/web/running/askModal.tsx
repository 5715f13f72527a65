import { App, DatePicker, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { runningAsked, type RunningState } from '#running/api.ts'
import { nextModes, type Mode } from '#running/modes.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { issueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { runningApi } from './addresses.ts'

type Values = {
  mode: Mode
  fromOn: Dayjs
  reason: string
  successor?: string
  whither?: string
  contact?: string
}

const effects: Readonly<Record<Mode, string>> = {
  open: '恢复正常运行：填报、审核都重新开放；已经公告、还没有到期的变更一并取消',
  readonly: '只读：可以查看和导出，不能再填写、审核和修改；登录、本人信息的导出和删除不受影响',
  closed: '停止服务：只显示去向和联系方式；管理员照常登录，其他人只能查看和导出本人信息',
}

/** What may follow what holds now, or what is announced; taking back an announcement is always among them. */
const offered = ({ mode, ahead }: RunningState): Mode[] => {
  const modes = new Set<Mode>([...nextModes[mode], ...(ahead ? [...nextModes[ahead.mode], mode] : [])])
  return (['open', 'readonly', 'closed'] as const).filter((each) => modes.has(each))
}

/** 申请变更: the state, its first day, and what everybody is told. */
export function AskModal({ state, onClose }: { state: RunningState; onClose: () => void }) {
  const { message } = App.useApp()
  const told = state.ahead ?? state.change
  const act = useAct(
    ({ fromOn, successor = '', whither = '', contact = '', ...rest }: Values, key) =>
      call(runningApi.all, runningAsked, {
        method: 'POST',
        key,
        body: { ...rest, fromOn: fromOn.format('YYYY-MM-DD'), successor, whither, contact },
      }),
    () => {
      onClose()
      void message.success('已提交，等安全管理员批准')
    },
  )
  const at = (field: string) => faultAt(act.error, field)
  return (
    <FormModal<Values>
      title="申请变更运行状态"
      okText="提交申请"
      act={act}
      told={['mode', 'fromOn', 'reason', 'successor', 'whither', 'contact'].some((f) =>
        issueAt(act.error, f),
      )}
      initialValues={{
        fromOn: dayjs(state.today).add(30, 'day'),
        successor: told?.successor ?? '',
        whither: told?.whither ?? '',
        contact: told?.contact ?? '',
      }}
      onClose={onClose}
    >
      <Form.Item
        label="转为"
        name="mode"
        rules={[{ required: true, message: '请选择要转为哪种状态' }]}
        {...at('mode')}
      >
        <Radio.Group
          className="running-modes"
          vertical
          options={offered(state).map((value) => ({ value, label: effects[value] }))}
        />
      </Form.Item>
      <Form.Item
        label="起始日期"
        name="fromOn"
        extra="批准后立即在每一页公告，到这一天生效；请留足大家办完手头事情的时间"
        rules={[{ required: true, message: '请选择起始日期' }]}
        {...at('fromOn')}
      >
        <DatePicker allowClear={false} showNow={false} minDate={dayjs(state.today)} />
      </Form.Item>
      <Form.Item
        label="原因（大家都会看到）"
        name="reason"
        rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
        {...at('reason')}
      >
        <Input.TextArea
          maxLength={200}
          autoSize={{ minRows: 2, maxRows: 4 }}
          placeholder="如：按部署并入省级平台"
        />
      </Form.Item>
      <Form.Item label="新平台地址" name="successor" extra="还没有的话请留空" {...at('successor')}>
        <Input maxLength={200} inputMode="url" placeholder="https://" />
      </Form.Item>
      <Form.Item label="数据移交到哪里、由谁保管" name="whither" extra="停止服务时必填" {...at('whither')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 4 }} />
      </Form.Item>
      <Form.Item label="联系电话或办公地点" name="contact" extra="只读和停止服务时必填" {...at('contact')}>
        <Input maxLength={100} />
      </Form.Item>
    </FormModal>
  )
}
