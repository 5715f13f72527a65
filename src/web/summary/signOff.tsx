import { Alert, App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { paperActed, type PaperAct, type SummaryPreview } from '#figures/summaryApi.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { summaryApi } from './addresses.ts'
import type { Desk } from './editor/editor.tsx'
import { actWords, exact, momentOf, shortHash } from './paper.ts'

/** 「还有 2 条批注没有处理。」 */
const openWords = ({ comments }: SummaryPreview): string => {
  const open = comments.filter(({ resolvedAt }) => resolvedAt === null).length
  return open > 0 ? `还有 ${open} 条批注没有处理。` : ''
}

const asks: Record<PaperAct, (preview: SummaryPreview) => string> = {
  submit: (preview) => `送签后正文不能再改，要改可先撤回。${openWords(preview)}`,
  withdraw: () => '撤回后可以继续修改，改好再送。',
  sign: ({ figures }) => `签发即定稿：全文和 ${figures} 个数字按现在的样子留存，并生成校验码。`,
  return: () => '请写明要改什么，起草人会看到。',
  reopen: ({ signed }) => `已签发的 ${signed?.snapshot ?? ''} 保持不变，另起一稿继续修改。`,
}

type SignOffProps = { preview: SummaryPreview; desk: Desk | null }

/** 送签, 签发, 退回: the acts that are open to her now. */
export function SignOff({ preview, desk }: SignOffProps) {
  const [asked, setAsked] = useState<PaperAct | null>(null)
  return (
    <>
      {preview.acts.map((name) => (
        <Button
          key={name}
          type={name === 'submit' || name === 'sign' ? 'primary' : 'default'}
          onClick={() => setAsked(name)}
        >
          {actWords[name]}
        </Button>
      ))}
      {asked && <ActDialog act={asked} preview={preview} desk={desk} onClose={() => setAsked(null)} />}
    </>
  )
}

type ActDialogProps = SignOffProps & { act: PaperAct; onClose: () => void }

function ActDialog({ act: name, preview, desk, onClose }: ActDialogProps) {
  const { message } = App.useApp()
  const [form] = Form.useForm<{ remark?: string }>()
  const act = useAct(
    async ({ remark }: { remark: string }, key) => {
      // What she typed last goes along.
      const version = desk ? await desk.flush() : preview.version
      if (version === null) throw new Error('正文还没有保存上，请先处理页面上的提示')
      const body = { year: preview.year, version, act: name, ...(remark ? { remark } : {}) }
      const path = name === 'sign' || name === 'return' ? summaryApi.decisions : summaryApi.acts
      return call(path, paperActed, { method: 'POST', body, key })
    },
    ({ snapshot }) => {
      void message.success(snapshot ? `已签发，定稿 ${snapshot}` : `已${actWords[name]}`)
      onClose()
    },
  )
  return (
    <Modal
      open
      title={`${preview.year}年工作总结：${actWords[name]}`}
      okText={actWords[name]}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p>{asks[name](preview)}</p>
      {name === 'submit' && !preview.hasLeader && (
        <Alert
          type="warning"
          showIcon
          className="paper-standing"
          title="本单位还没有分管领导账号，请联系安全管理员；在此之前送签后无人签发"
        />
      )}
      {name === 'sign' && <BeforeSigning preview={preview} />}
      {act.error && <Failure error={act.error} retry={act.again} />}
      <Form form={form} onFinish={({ remark = '' }) => act.run({ remark: remark.trim() })}>
        {name === 'return' && (
          <Form.Item name="remark" rules={[{ required: true, whitespace: true, message: '请写明退回意见' }]}>
            <Input.TextArea aria-label="退回意见" autoSize={{ minRows: 3 }} maxLength={500} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

/** What she should know before she signs: figures by hand, each with its record beside it, and what is still open. */
function BeforeSigning({ preview }: { preview: SummaryPreview }) {
  const byHand = preview.blocks.flatMap((block) =>
    block.kind === 'paragraph'
      ? block.runs.flatMap((run) => ('figure' in run && run.figure.correction ? [run.figure] : []))
      : [],
  )
  const open = openWords(preview)
  return (
    <>
      {byHand.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="paper-standing"
          title={`${byHand.length} 个数字经人工更正，与记录不同`}
          description={
            <ul className="sign-by-hand">
              {byHand.map(({ indicator, of, label, value, unit, correction }) => (
                <li key={`${indicator} ${of}`}>
                  {label}：写作“{correction!.written}”，记录 {exact(value)} {unit}。{correction!.reason}
                  <small>（{correction!.by}）</small>
                </li>
              ))}
            </ul>
          }
        />
      )}
      {open && <Alert type="warning" showIcon className="paper-standing" title={open} />}
    </>
  )
}

/** Where the summary stands, and what is to be known of that. */
export function Standing({ preview }: { preview: SummaryPreview }) {
  const { state, remark, submitted, signed } = preview
  if (state === 'draft' && remark)
    return <Alert type="warning" showIcon className="paper-standing" title={`退回意见：${remark}`} />
  if (state === 'submitted' && submitted)
    return (
      <Alert
        type="info"
        showIcon
        className="paper-standing"
        title={`${submitted.by} ${momentOf(submitted.at)} 送签，等待本级负责人签发；正文暂不能修改`}
      />
    )
  if (signed)
    return (
      <Alert
        type="success"
        showIcon
        className="paper-standing"
        title={`${signed.by} ${momentOf(signed.at)} 签发，定稿 ${signed.snapshot}，校验码 ${shortHash(signed.hash)}`}
      />
    )
  return null
}
