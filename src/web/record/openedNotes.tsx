import { Alert, Button, Flex } from 'antd'
import { formatInstant } from '../format.ts'
import { filled } from './formState.ts'
import { forgetLocal, type LocalDraft } from './localDrafts.dom.ts'
import { withOther, type Opened } from './opening.dom.ts'

/** What she should know before she goes on: returned, recovered, carried forward. */
export function OpenedNotes({ opened, onChange }: { opened: Opened; onChange: (opened: Opened) => void }) {
  const open = opened.remarks.filter((remark) => !remark.resolved)
  return (
    <div className="opened-notes">
      {opened.other && <OtherCopy opened={opened} other={opened.other} onChange={onChange} />}
      {opened.recovered && <Alert type="info" showIcon title="已恢复这台电脑上还没有上传的内容" />}
      {opened.carried && (
        <Alert
          type="info"
          showIcon
          title={`已从上一条带入 ${filled(opened.values)} 项，日期和数字请按这一次填写`}
        />
      )}
      {opened.verdict && <Alert type="warning" showIcon title={`退回理由：${opened.verdict}`} />}
      {open.length > 0 && (
        <Alert type="warning" showIcon title={`审核人指出 ${open.length} 处，已标在栏目下`} />
      )}
    </div>
  )
}

type OtherCopyProps = { opened: Opened; other: LocalDraft; onChange: (opened: Opened) => void }

/** Two copies of one draft, from two pages or two computers: she chooses, and neither goes unasked. */
function OtherCopy({ opened, other, onChange }: OtherCopyProps) {
  const drop = (): void => {
    void forgetLocal(opened.id)
    onChange({ ...opened, other: null })
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={`这台电脑上还有 ${formatInstant(other.typedAt)} 没有上传的内容，与下面服务器上的不同`}
      action={
        <Flex gap={8}>
          <Button size="small" onClick={() => onChange(withOther(opened, other))}>
            换成这台电脑上的
          </Button>
          <Button size="small" type="text" onClick={drop}>
            不要了
          </Button>
        </Flex>
      }
    />
  )
}
