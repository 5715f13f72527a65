import { Alert, App, Button, Checkbox, Flex } from 'antd'
import { useState } from 'react'

type RecoveryCodesProps = { codes: readonly string[]; onDone: () => void }

/** Ten codes for the day the phone is lost; shown once, so going on asks whether they are kept. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { message } = App.useApp()
  const [isKept, setKept] = useState(false)
  const copy = (): void => {
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => void message.success('已复制'),
      () => void message.error('浏览器不允许复制，请抄写或打印'),
    )
  }
  return (
    <Flex vertical gap={12}>
      <Alert
        type="warning"
        showIcon
        title="请保存这十个恢复码"
        description="手机丢失时用它们登录，每个只能用一次。离开本页后不再显示。"
      />
      <ul className="recovery-codes num">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Flex gap={8}>
        <Button block onClick={copy}>
          复制
        </Button>
        <Button block onClick={() => window.print()}>
          打印
        </Button>
      </Flex>
      <Checkbox checked={isKept} onChange={(event) => setKept(event.target.checked)}>
        我已把恢复码存放在安全的地方
      </Checkbox>
      <Button type="primary" size="large" block disabled={!isKept} onClick={onDone}>
        完成
      </Button>
    </Flex>
  )
}
