import './export.css'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Flex, Input, Modal, Radio, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { exportLine, type Asked, type ExportLine, type NewExport } from '#export/api.ts'
import { mostFullRows, secondDays } from '#export/rules.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { formatCount } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { exportApi } from './addresses.ts'
import { download } from './download.dom.ts'
import { amountOf } from './words.ts'

type ExportDialogProps = {
  what: string
  ask: Asked
  /** Sealed values may be asked for instead of their masks. */
  mayFull: boolean
  onClose: () => void
}

/** Asks in which form and why, then waits for the file and hands it over; a large one may be fetched later. */
export function ExportDialog({ what, ask, mayFull, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  // The national system takes no masks.
  const isNational = ask.kind === 'hardship'
  const [full, setFull] = useState(isNational)
  const [reason, setReason] = useState('')
  const send = useAct((body: NewExport, key) =>
    call(full ? exportApi.full : exportApi.list, exportLine, { method: 'POST', body, key }),
  )
  const issue = (field: string): string | undefined =>
    send.error ? toProblem(send.error).body.issues?.find((i) => i.field === field)?.message : undefined
  const told = issue('reason') ?? issue('full') ?? issue('format')
  const nothing = issue('ask')
  if (send.done)
    return (
      <Modal open title={`导出${what}`} footer={null} onCancel={onClose}>
        {send.done.state === 'asked' ? (
          <Waiting first={send.done} onClose={onClose} />
        ) : (
          <Making first={send.done} onClose={onClose} />
        )}
      </Modal>
    )
  return (
    <Modal
      open
      title={`导出${what}`}
      okText="导出"
      cancelText="取消"
      okButtonProps={{ loading: send.busy }}
      onOk={() => send.run({ ask, format, reason: reason.trim() })}
      onCancel={onClose}
    >
      <Flex vertical gap={14} className="export-form">
        {isNational && (
          <p className="page-sub">
            {'本中心已建档、本人同意报送的困难职工，证件号码、手机号码、银行账号按完整内容导出；家属签过授权书的另附家庭成员表。' +
              '要再次验证身份、写明用途，并由本单位另一位同志或上级批准后才生成文件；每位职工都会看到这次报送。'}
          </p>
        )}
        {!isNational && (
          <Radio.Group
            aria-label="文件格式"
            value={format}
            onChange={(event) => setFormat(event.target.value as 'xlsx' | 'csv')}
            options={[
              { value: 'xlsx', label: 'Excel 工作簿（.xlsx）' },
              { value: 'csv', label: '文本表格（.csv）', disabled: full },
            ]}
          />
        )}
        {mayFull && (
          <div>
            <Checkbox
              checked={full}
              onChange={(event) => {
                setFull(event.target.checked)
                if (event.target.checked) setFormat('xlsx')
              }}
            >
              {ask.kind === 'records' ? '姓名按完整内容导出' : '证件号码、手机号码等按完整内容导出'}
            </Checkbox>
            <div className="page-sub export-hint">
              {full
                ? ask.kind === 'records'
                  ? `要再次验证身份并写明理由，文件附水印页；一次最多 ${mostFullRows} 条`
                  : `要再次验证身份并写明理由；每位会员都会看到这次查看，文件附水印页。只限本单位会员，一次最多 ${mostFullRows} 人`
                : `不选时按掩码导出，如 ${ask.kind === 'records' ? '王**' : '138****0001'}`}
            </div>
          </div>
        )}
        <div className="ask-row">
          <label htmlFor="export-reason">{full || told ? '导出理由' : '导出理由（选填）'}</label>
          <Input.TextArea
            id="export-reason"
            value={reason}
            maxLength={200}
            autoSize={{ minRows: 2, maxRows: 4 }}
            placeholder={
              isNational ? '例如：向全国帮扶系统报送 2020 年度建档职工' : '例如：报送区总工会半年工作情况'
            }
            status={issue('reason') ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
          />
          {told && <div className="export-fault">{told}</div>}
        </div>
        <div className="page-sub">每次导出都记入审计。文件加密保存在下载中心，七天后自动清除。</div>
        {nothing && <Alert type="warning" showIcon title={nothing} />}
        {send.error && !told && !nothing && <Failure error={send.error} title="没有导出" />}
      </Flex>
    </Modal>
  )
}

/** How often a file that is being made is asked for, in ms. */
const everyMs = 700

/** Waits for a second person: nothing to wait for here. */
function Waiting({ first, onClose }: { first: ExportLine; onClose: () => void }) {
  return (
    <Flex vertical gap={14} className="export-form">
      <Alert
        type="info"
        showIcon
        title={`已送批准，共 ${formatCount(first.rows)} 行`}
        description={`本单位另一位同志或上级批准后才生成文件，${secondDays} 天内有效；结果发站内信告诉您，文件在下载中心领取。`}
      />
      <Flex gap={8} wrap justify="flex-end">
        <Link to={paths.downloads}>
          <Button onClick={onClose}>打开下载中心</Button>
        </Link>
        <Button type="primary" onClick={onClose}>
          知道了
        </Button>
      </Flex>
    </Flex>
  )
}

/** Waits for a file that a job makes, with a heading of its own. */
export const MakingDialog = ({
  title,
  first,
  onClose,
}: {
  title: string
  first: ExportLine
  onClose: () => void
}) => (
  <Modal open title={title} footer={null} onCancel={onClose}>
    <Making first={first} onClose={onClose} />
  </Modal>
)

function Making({ first, onClose }: { first: ExportLine; onClose: () => void }) {
  const { data = first, error } = useQuery({
    queryKey: [exportApi.one(first.id)],
    queryFn: ({ signal }) => call(exportApi.one(first.id), exportLine, { signal }),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'waiting' ? false : everyMs),
  })
  const isReady = data.state === 'ready'
  useEffect(() => {
    if (isReady) download(exportApi.file(first.id))
  }, [isReady, first.id])
  if (error) return <Failure error={error} title="查不到进展，文件做好后在下载中心" />
  if (data.state === 'failed')
    return <Alert type="error" showIcon title="没有导出" description={data.fault} />
  return (
    <Flex vertical gap={14} className="export-form">
      <Flex gap={10} align="center">
        {isReady ? null : <Spin size="small" />}
        <span>
          {isReady
            ? `已做好，共 ${amountOf(data)}，浏览器已开始下载。`
            : `正在生成，共 ${amountOf(data)}…做好后自动下载；也可以先去办别的事，稍后在下载中心领取。`}
        </span>
      </Flex>
      <span className="export-name">{data.name}</span>
      <Flex gap={8} wrap justify="flex-end">
        {isReady && <Button href={exportApi.file(first.id)}>再次下载</Button>}
        <Link to={paths.downloads}>
          <Button onClick={onClose}>打开下载中心</Button>
        </Link>
        <Button type="primary" onClick={onClose}>
          {isReady ? '完成' : '先关闭'}
        </Button>
      </Flex>
    </Flex>
  )
}
