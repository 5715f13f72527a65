import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Upload } from 'antd'
import type { ClassDetail } from '#childcare/api.ts'
import { paperWords } from '#childcare/states.ts'
import { MB, mostBytes, sizeText } from '#record/evidence/rules.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem, toProblem } from '../api/problem.ts'
import { childcareApi } from './addresses.ts'

type ScanCellProps = { found: ClassDetail; paper: ClassDetail['papers'][number] }

/** The scan of a paper: opened by whoever reads the class, put there by its unit. */
export function ScanCell({ found: c, paper: { kind, scan } }: ScanCellProps) {
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
      {Boolean(act.error) && (
        <div role="alert" className="hardship-due">
          {toProblem(act.error).body.message}
        </div>
      )}
    </>
  )
}
