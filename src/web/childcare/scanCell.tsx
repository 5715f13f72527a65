import { PaperClipOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Upload } from 'antd'
import { useState } from 'react'
import type { ClassDetail } from '#childcare/api.ts'
import { paperWords, type PaperKind } from '#childcare/states.ts'
import { MB, mostBytes, sizeText } from '#record/evidence/rules.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem, hasIssueAt, toProblem } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'

type ScanCellProps = { found: ClassDetail; paper: ClassDetail['papers'][number] }

/** The scan of a paper: opened by whoever reads the class, put there by its unit. */
export function ScanCell({ found: c, paper: { kind, scan } }: ScanCellProps) {
  const [isBack, setBack] = useState(false)
  const address = childcareApi.scan(c.id, kind)
  const act = useAct(async (file: File, key) => {
    if (file.size > mostBytes)
      throw new ApiProblem(422, {
        code: '文件',
        message: `单个文件不能超过 ${mostBytes / MB} MB，请压缩后再上传`,
      })
    return call(`${address}?name=${encodeURIComponent(file.name)}`, anything, { method: 'PUT', file, key })
  })
  return (
    <>
      {scan ? (
        <a className="link childcare-scan" href={`/api${address}`} download={scan.name}>
          <PaperClipOutlined /> {scan.name} <small className="num">{sizeText(scan.bytes)}</small>
        </a>
      ) : (
        <span className={c.asksScans ? 'hardship-due' : ''}>{c.asksScans ? '缺' : '没有'}</span>
      )}
      {c.mayKeep && (
        <Upload
          accept=".jpg,.jpeg,.png,.webp,.pdf"
          showUploadList={false}
          customRequest={({ file }) => act.run(file as File)}
        >
          <Button
            size="small"
            type="link"
            loading={act.busy}
            aria-label={`${scan ? '更换' : '上传'} ${paperWords[kind]}扫描件`}
          >
            {scan ? '更换' : '上传'}
          </Button>
        </Upload>
      )}
      {c.mayKeep && scan && (
        <Button
          size="small"
          type="link"
          aria-label={`撤回 ${paperWords[kind]}扫描件`}
          onClick={() => setBack(true)}
        >
          撤回
        </Button>
      )}
      {isBack && scan && <BackModal id={c.id} kind={kind} onClose={() => setBack(false)} />}
      {Boolean(act.error) && (
        <div role="alert" className="hardship-due">
          {toProblem(act.error).body.message}
        </div>
      )}
    </>
  )
}

/** A file that was put there by mistake is taken back; the paper stays as it was noted. */
function BackModal({ id, kind, onClose }: { id: string; kind: PaperKind; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    (body: { reason: string }, key) =>
      call(childcareApi.scanBack(id, kind), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('扫描件已撤回')
    },
  )
  return (
    <FormModal<{ reason: string }>
      title={`撤回${paperWords[kind]}扫描件`}
      okText="撤回"
      danger
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <p className="hardship-aside">材料的编号和有效期不变，撤回后可以重新上传。</p>
      <Form.Item
        label="撤回理由"
        name="reason"
        rules={[{ required: true, whitespace: true, min: 4, message: '请写明撤回的理由（至少 4 个字）' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input maxLength={200} placeholder="例如：传成了别的班的合格证" />
      </Form.Item>
    </FormModal>
  )
}
