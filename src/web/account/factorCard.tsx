import { App, Button, Card, Flex, Modal } from 'antd'
import { useState } from 'react'
import { recoveryCodes, type OwnAccount } from '#identity/api.ts'
import { call } from '../api/client.dom.ts'
import { queryClient, refreshAll, useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import { Enrol } from '../signIn/enrol.tsx'
import { RecoveryCodes } from '../signIn/recoveryCodes.tsx'

/** 第二步验证: the app of another phone, a new set of recovery codes. Both ask for the factor again. */
export function FactorCard({ account }: { account: OwnAccount }) {
  const { message } = App.useApp()
  const [isEnrolling, setEnrolling] = useState(false)
  const renew = useAct(
    (_: null, key) => call(api.recoveryCodes, recoveryCodes, { method: 'POST', key }),
    undefined,
    (error) => void message.error(toProblem(error).message),
  )
  const hasFactor = account.hasCode || account.passkeys.length > 0
  const done = (): void => {
    setEnrolling(false)
    renew.reset()
    void refreshAll(queryClient)
  }
  return (
    <Card title="第二步验证" size="small">
      <Flex justify="space-between" align="center" gap={12} wrap>
        <span>
          {account.hasCode ? '已绑定动态验证码' : '还没有绑定动态验证码'}
          {hasFactor && `，恢复码还剩 ${account.recoveryLeft} 个`}
        </span>
        <Flex gap={8} wrap>
          <Button onClick={() => setEnrolling(true)}>{account.hasCode ? '换一部手机' : '绑定'}</Button>
          {hasFactor && (
            <Button loading={renew.busy} onClick={() => renew.run(null)}>
              换一组恢复码
            </Button>
          )}
        </Flex>
      </Flex>
      <Modal
        open={isEnrolling}
        title="绑定动态验证码"
        footer={null}
        destroyOnHidden
        width={460}
        mask={{ closable: false }}
        onCancel={() => setEnrolling(false)}
      >
        <Enrol onDone={done} />
      </Modal>
      <Modal open={renew.done !== undefined} title="新的恢复码" footer={null} closable={false} width={460}>
        {renew.done && <RecoveryCodes codes={renew.done.codes} onDone={done} />}
      </Modal>
    </Card>
  )
}
