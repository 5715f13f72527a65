import { InboxOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Card, Flex, Input, Select, Tabs, Upload } from 'antd'
import { useState } from 'react'
import { proofReply, type ProofReply } from '#figures/prose/api.ts'
import { call, callFile } from '../api/client.dom.ts'
import { useMe } from '../api/hooks.tsx'
import { yearsOffered } from '../figures/scope.ts'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import './proof.css'
import { Result } from './result.tsx'
import { proofPath, type Asked } from './words.ts'

type Sent = Asked & { file: Blob; name: string }

/** No year chosen: a list takes no null. */
const asWritten = 0

/** 校对报告: the figures of any report against the books. The text stays in this page. */
export function ProofPage() {
  const { today } = useMe()
  const [year, setYear] = useState<number | null>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const proof = useMutation({
    mutationFn: (sent: Sent) => call(proofPath(sent), proofReply, { method: 'POST', file: sent.file }),
    onSuccess: () => setOpen(true),
  })
  const download = useMutation({
    mutationFn: async ({ file, name, ...asked }: Sent) => {
      const blob = await callFile(proofPath(asked, 'docx'), { method: 'POST', file })
      save(`${name.replace(/\.docx$/i, '')}（校对意见）.docx`, blob)
    },
  })
  const sent = proof.variables
  const years = (
    <Select
      aria-label="对照哪一年的数字"
      value={year ?? asWritten}
      popupMatchSelectWidth={false}
      options={[
        { value: asWritten, label: '按文中的年份' },
        ...yearsOffered(today).map((value) => ({ value, label: `对照${value}年` })),
      ]}
      onChange={(picked: number) => {
        const value = picked === asWritten ? null : picked
        setYear(value)
        if (open && sent) proof.mutate({ ...sent, year: value, snapshot: null })
      }}
    />
  )
  const result = open ? proof.data : undefined
  return (
    <>
      <PageHead
        title="校对报告"
        sub={
          result && sent ? (
            <Told name={sent.name} proof={result} />
          ) : (
            '找出报告里的每个数字，与审核通过的数字逐一对照；报告不留存'
          )
        }
        extra={
          <>
            {result?.org && sent && (
              <span className="proof-org">
                <OrgPicker
                  label="对照哪个单位的数字"
                  value={[result.org]}
                  onChange={([org]) => org && proof.mutate({ ...sent, org: org.id, snapshot: null })}
                />
              </span>
            )}
            {years}
            {result && sent && result.snapshots.length > 0 && (
              <Select
                aria-label="对照现时数字还是快照"
                value={sent.snapshot ?? ''}
                popupMatchSelectWidth={false}
                options={[
                  { value: '', label: '现时数字' },
                  ...result.snapshots.map((id) => ({ value: id, label: `快照 ${id}` })),
                ]}
                onChange={(id) => proof.mutate({ ...sent, snapshot: id || null })}
              />
            )}
            {result?.isDocx && sent && (
              <Button
                loading={download.isPending}
                onClick={() => download.mutate({ ...sent, org: result.org?.id ?? null })}
              >
                下载批注版
              </Button>
            )}
            {result && <Button onClick={() => setOpen(false)}>换一份</Button>}
          </>
        }
      />
      {proof.error && <Failure error={proof.error} />}
      {download.error && <Failure error={download.error} />}
      {result ? (
        <Result proof={result} />
      ) : (
        <Card size="small" className="proof-ask">
          <Tabs
            items={[
              {
                key: 'file',
                label: '上传文件',
                children: (
                  <Upload.Dragger
                    accept=".docx,.txt"
                    showUploadList={false}
                    disabled={proof.isPending}
                    customRequest={({ file }) =>
                      proof.mutate({
                        file: file as File,
                        name: (file as File).name,
                        year,
                        org: null,
                        snapshot: null,
                      })
                    }
                  >
                    <p className="proof-drop-icon">
                      <InboxOutlined />
                    </p>
                    <p>{proof.isPending ? '正在校对…' : '点击选择，或把文件拖到这里'}</p>
                    <p className="proof-hint">
                      Word 文件（.docx）或文本文件（.txt），不超过 20 MB；表格、脚注、页眉和文本框一并校对
                    </p>
                  </Upload.Dragger>
                ),
              },
              {
                key: 'text',
                label: '粘贴文字',
                children: (
                  <Flex vertical gap={12} align="flex-start">
                    <Input.TextArea
                      aria-label="报告文字"
                      placeholder="把报告全文或其中几段粘贴到这里"
                      autoSize={{ minRows: 12, maxRows: 24 }}
                      value={text}
                      onChange={(event) => setText(event.target.value)}
                    />
                    <Button
                      type="primary"
                      loading={proof.isPending}
                      disabled={text.trim() === ''}
                      onClick={() =>
                        proof.mutate({
                          file: new Blob([text]),
                          name: '粘贴的文字',
                          year,
                          org: null,
                          snapshot: null,
                        })
                      }
                    >
                      开始校对
                    </Button>
                  </Flex>
                ),
              },
            ]}
          />
        </Card>
      )}
    </>
  )
}

function Told({ name, proof: { org, year, snapshot } }: { name: string; proof: ProofReply }) {
  return (
    <>
      {name} ·{' '}
      {year === null
        ? '文中没有年份，请在右侧选一个年份来对照'
        : `对照${org?.name ?? ''}${year}年${snapshot ? `快照 ${snapshot} 的数字，旁列现在的变动` : '审核通过的数字'}`}
    </>
  )
}
