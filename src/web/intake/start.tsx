import { DownloadOutlined, FileExcelOutlined } from '@ant-design/icons'
import { Button, Card, Flex, Spin, Table, Tag, Upload } from 'antd'
import { limitWords } from '#intake/limits.ts'
import { boundWords } from '#kit/bounds.ts'
import { intakeDone, intakeList } from '#intake/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { findProgramme } from '#programmes/index.ts'
import { countSentence } from './words.ts'
import { CutNote } from '../kit/cutNote.tsx'

type StartViewProps = { target: string; onOpen: (id: string) => void }

const stateTags = {
  open: ['待导入', 'processing'],
  committed: ['已导入', 'success'],
  undone: ['已撤销', 'default'],
} as const

/** ① template, ② upload, and what was brought before and still waits. */
export function StartView({ target, onOpen }: StartViewProps) {
  const bring = useAct(
    (file: File, key) =>
      call(withQuery(api.intake(key), { target, name: file.name }), intakeDone, { method: 'PUT', file, key }),
    ({ id }) => onOpen(id),
  )
  return (
    <Flex vertical gap={12} className="intake">
      <Card size="small" title="① 模板">
        <Flex gap={12} align="center" wrap>
          <Button icon={<DownloadOutlined />} href={`/api${api.intakeTemplate(target)}`}>
            下载模板
          </Button>
          {findProgramme(target) && (
            <Button
              title={boundWords('lastYear')}
              href={`/api${withQuery(api.intakeTemplate(target), { rows: 'lastYear' })}`}
            >
              带上年数据下载
            </Button>
          )}
          {target === 'employer' && (
            <Button href={`/api${withQuery(api.intakeTemplate(target), { rows: 'standing' })}`}>
              下载现有登记册，改好再导入
            </Button>
          )}
          {target === 'onboarding' && (
            <Button href={`/api${withQuery(api.intakeTemplate(target), { rows: 'standing' })}`}>
              下载现有单位，改好再导入
            </Button>
          )}
          <span className="page-sub">也可以直接用您手头的表格：栏目名称相近就能对上，上传后请您确认。</span>
        </Flex>
      </Card>
      <Card size="small" title="② 上传">
        <Upload.Dragger
          accept=".xlsx,.csv"
          showUploadList={false}
          disabled={bring.busy}
          customRequest={({ file }) => bring.run(file as File)}
        >
          {bring.busy ? <Spin /> : <FileExcelOutlined className="intake-icon" />}
          <p className="intake-drop">
            {bring.busy ? '正在读取和核对，请稍候…' : '点击选择，或把文件拖到这里'}
          </p>
          <p className="page-sub">
            Excel 工作簿（.xlsx）或文本表格（.csv），不超过 30 MB；这一步只核对，不写入
          </p>
          <p className="page-sub">{limitWords(target)}</p>
        </Upload.Dragger>
        {bring.error && (
          <div className="intake-failure">
            <Failure error={bring.error} title="没有读进来" />
          </div>
        )}
      </Card>
      <Before target={target} onOpen={onOpen} />
    </Flex>
  )
}

function Before({ target, onOpen }: StartViewProps) {
  const { data } = useApi(api.intakes, intakeList)
  const list = data?.filter((intake) => intake.target === target) ?? []
  if (!data || list.length === 0) return null
  return (
    <Card size="small" title="最近七天的表格" className="intake-before">
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        showHeader={false}
        dataSource={list}
        columns={[
          {
            render: (_, one) => (
              <>
                <Button type="link" className="member-open" onClick={() => onOpen(one.id)}>
                  {one.fileName}
                </Button>
                <Tag color={stateTags[one.state][1]}>{stateTags[one.state][0]}</Tag>
                <div className="page-sub">
                  {formatInstant(one.madeAt)} 上传 · {countSentence(one.counts)}
                </div>
              </>
            ),
          },
        ]}
      />
      <CutNote list="intakes" count={data.length} />
    </Card>
  )
}
