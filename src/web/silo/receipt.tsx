import { Alert, Button, Typography } from 'antd'
import { paths } from '../paths.ts'
import { Hotlines } from './hotlines.tsx'

/** The code of a matter, shown once. */
export function Receipt({
  code,
  urgent,
  onAnother,
}: {
  code: string
  urgent: boolean
  onAnother: () => void
}) {
  return (
    <section aria-live="polite">
      <h2>已经收到</h2>
      <Alert
        type="warning"
        showIcon
        title="请现在抄下、复制或打印回执，它只显示这一次"
        description="凭它看答复、补充、撤回；丢了就查不到这件事，我们也无法找回。不要保存在别人能看到的地方。"
      />
      <p className="public-receipt num">
        <Typography.Text copyable={{ text: code, tooltips: ['复制', '已复制'] }}>{code}</Typography.Text>
      </p>
      <p className="silo-actions">
        <Button onClick={() => window.print()}>打印</Button>
        <Button href={paths.tellFollow} target="_blank" rel="noreferrer">
          凭回执看答复
        </Button>
        <Button type="text" onClick={onAnother}>
          再说一件
        </Button>
      </p>
      <Hotlines urgent={urgent} sent />
    </section>
  )
}
