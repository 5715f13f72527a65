import { Modal, Typography } from 'antd'
import { useSyncExternalStore } from 'react'
import { answerStepUp, isStepUpAsked, subscribeStepUp } from '../api/stepUp.dom.ts'
import { FactorForm } from '../signIn/factorForm.tsx'

/** Asks for the second factor again over the page; the act that wanted it then goes on by itself. */
export function StepUp() {
  const isAsked = useSyncExternalStore(subscribeStepUp, isStepUpAsked)
  return (
    <Modal
      open={isAsked}
      title="再次验证身份"
      footer={null}
      destroyOnHidden
      width={420}
      onCancel={() => answerStepUp(false)}
    >
      <Typography.Paragraph>
        这一步涉及账号安全或个人信息，请再验证一次；五分钟内不再询问。
      </Typography.Paragraph>
      <FactorForm label="验证并继续" onDone={() => answerStepUp(true)} />
    </Modal>
  )
}
