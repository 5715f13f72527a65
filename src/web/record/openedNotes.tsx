import { Alert } from 'antd'
import { filled } from './formState.ts'
import type { Opened } from './opening.dom.ts'

/** States from which a draft of the kind is submitted. */
const mayBeSent = ({ kind, moved }: Opened): boolean =>
  kind === 'correction' ? moved?.state === 'accepted' : ['returned', 'withdrawn'].includes(moved?.state ?? '')

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
      {opened.moved && !mayBeSent(opened) && (
        <Alert
          type="warning"
          showIcon
          title={`这条记录现为“${opened.moved.stateWord}”${opened.moved.reviewer ? `，由${opened.moved.reviewer}审核` : ''}，现在不能提交`}
          description={
            opened.kind === 'correction'
              ? '您填的保存在草稿里。'
              : '您填的保存在草稿里，记录撤回或退回以后可以接着提交；审核通过以后请改用“更正”。'
          }
        />
      )}
      {opened.verdict && <Alert type="warning" showIcon title={`退回理由：${opened.verdict}`} />}
      {open.length > 0 && (
        <Alert type="warning" showIcon title={`审核人指出 ${open.length} 处，已标在栏目下`} />
      )}
    </div>
  )
}
