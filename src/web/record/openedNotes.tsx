import { Alert } from 'antd'
import { filled } from './formState.ts'
import type { Opened } from './opening.dom.ts'

/** What she should know before she goes on: returned, recovered, carried forward. */
export function OpenedNotes({ opened }: { opened: Opened }) {
  const open = opened.remarks.filter((remark) => !remark.resolved)
  return (
    <div className="opened-notes">
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
