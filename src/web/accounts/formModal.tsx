import { Form, Modal } from 'antd'
import type { ReactNode } from 'react'
import { Failure } from '../kit/states.tsx'

type FormModalProps<V extends object> = {
  title: string
  okText: string
  danger?: boolean
  /** The act that the form is for; `told` = its refusal stands at a field already. */
  act: { busy: boolean; error: unknown; run: (values: V) => void }
  told?: boolean
  initialValues: object
  onClose: () => void
  children: ReactNode
}

/** A form over the page for one act: it is open until the act is done or given up, and says below what went wrong. */
export function FormModal<V extends object>(props: FormModalProps<V>) {
  const { title, okText, danger = false, act, told = false, initialValues, onClose, children } = props
  const [form] = Form.useForm<V>()
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText="取消"
      okButtonProps={{ loading: act.busy, danger }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<V>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onFinish={act.run}
      >
        {children}
      </Form>
      {Boolean(act.error) && !told && <Failure error={act.error} />}
    </Modal>
  )
}
