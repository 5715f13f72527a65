import { App, Button, Form, Input, Radio, Select, Tag } from 'antd'
import { useState } from 'react'
import { textFindings, type ContractDetail, type ContractText } from '#programmes/contract/api.ts'
import { evidenceList } from '#record/evidence/api.ts'
import { sizeText } from '#record/evidence/rules.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { api } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { contractApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 正式文本: which file was signed, told by its hash, with every version before. */
export function TextsPart({ id, detail: { texts, may } }: { id: string; detail: ContractDetail }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section>
      <h3>
        正式文本{' '}
        {may.text && (
          <Button size="small" onClick={() => setOpen(true)}>
            {texts.length === 0 ? '选定文本' : '更换文本'}
          </Button>
        )}
      </h3>
      {texts.length === 0 ? (
        <p className="fields-left">
          {may.text
            ? '还没有选定签字文本：先在“附件”里上传盖章扫描件，再在这里选定。'
            : '还没有选定签字文本，由签订合同的单位选定。'}
        </p>
      ) : (
        <ul className="contract-list">
          {texts.map((text, i) => (
            <Version key={text.n} id={id} text={text} holds={i === 0} />
          ))}
        </ul>
      )}
      <CutNote list="contractTexts" count={texts.length} />
      {may.lookAtText && texts[0] && <Look id={id} n={texts[0].n} />}
      {isOpen && <TextModal id={id} last={texts[0]} onClose={() => setOpen(false)} />}
    </section>
  )
}

function Version({ id, text, holds }: { id: string; text: ContractText; holds: boolean }) {
  return (
    <li>
      <b className="num">第 {text.n} 版</b>{' '}
      {text.isKept ? (
        <a href={`/api${api.evidenceFile('contract', id, text.file)}`} target="_blank" rel="noreferrer">
          {text.name}
        </a>
      ) : (
        text.name
      )}{' '}
      {holds ? <Tag color="green">现行</Tag> : <Tag>已被替换</Tag>}
      <Reviewed text={text} holds={holds} />
      {!text.isKept && <Tag color="gold">原件已移除</Tag>}
      {text.why && <p>更换原因：{text.why}</p>}
      {text.look?.note && <p>核对意见：{text.look.note}</p>}
      <small>
        {text.by} 于 <span className="num">{formatInstant(text.at)}</span> 选定，{sizeText(text.bytes)}
        {text.look && (
          <>
            ；{text.look.by} 于 <span className="num">{text.look.on}</span> 核对
          </>
        )}
      </small>
      <small>
        文件校验码 <code className="contract-hash">{text.hash}</code>
      </small>
    </li>
  )
}

/** A text that nobody above saw at the review, and what was found in it since. */
function Reviewed({ text: { afterReviewOn, look }, holds }: { text: ContractText; holds: boolean }) {
  if (look)
    return <Tag color={look.finding === '与登记一致' ? 'green' : 'red'}>{`核对：${look.finding}`}</Tag>
  return holds && afterReviewOn !== null ? <Tag color="gold">审核后选定，待核对</Tag> : null
}

type Found = { finding: (typeof textFindings)[number]; note?: string }

/** The accepting unit says whether the text that holds is what it accepted. */
function Look({ id, n }: { id: string; n: number }) {
  const [isOpen, setOpen] = useState(false)
  const { message } = App.useApp()
  const close = () => setOpen(false)
  const act = useAct(
    ({ finding, note }: Found, key) =>
      call(contractApi.textLooks(id), anything, {
        method: 'POST',
        key,
        body: { n, finding, ...(note && finding === '要求更正' ? { note } : {}) },
      }),
    () => {
      close()
      void message.success('核对结果已登记')
    },
  )
  return (
    <>
      <Button size="small" type="primary" ghost onClick={() => setOpen(true)}>
        核对文本
      </Button>
      {isOpen && (
        <FormModal<Found>
          title="核对正式文本"
          okText="登记"
          act={act}
          told={hasIssueAt(act.error, ['note'])}
          initialValues={{ finding: '与登记一致' }}
          onClose={close}
        >
          <Form.Item label="核对结果" name="finding" extra="打开上面的文件，与审核过的登记内容逐条对照">
            <Radio.Group options={textFindings.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item noStyle dependencies={['finding']}>
            {({ getFieldValue }) =>
              getFieldValue('finding') === '要求更正' && (
                <Form.Item
                  label="哪里不一致"
                  name="note"
                  rules={[{ required: true, whitespace: true, message: '请写明哪里与登记不一致' }]}
                  {...faultAt(act.error, 'note')}
                >
                  <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
                </Form.Item>
              )
            }
          </Form.Item>
        </FormModal>
      )}
    </>
  )
}

type Values = { file: string; why?: string }

function TextModal({
  id,
  last,
  onClose,
}: {
  id: string
  last: ContractText | undefined
  onClose: () => void
}) {
  const { message } = App.useApp()
  const files = useApi(api.evidence('contract', id), evidenceList)
  const act = useAct(
    ({ file, why }: Values, key) =>
      call(contractApi.texts(id), anything, {
        method: 'POST',
        key,
        body: { file, n: (last?.n ?? 0) + 1, ...(why ? { why } : {}) },
      }),
    () => {
      onClose()
      void message.success('正式文本已选定')
    },
  )
  return (
    <FormModal<Values>
      title={last ? '更换正式文本' : '选定正式文本'}
      okText={last ? '更换' : '选定'}
      act={act}
      told={hasIssueAt(act.error, ['file', 'why'])}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="签字文本"
        name="file"
        extra="选定后记下校验码；以后任何人都能核对文件有没有改动，旧版一直可查"
        rules={[{ required: true, message: '请选择哪一份附件是签字文本' }]}
        {...faultAt(act.error, 'file')}
      >
        <Select
          loading={files.isPending}
          placeholder="从附件中选"
          notFoundContent="这份合同还没有附件，请先在“附件”里上传"
          options={(files.data?.files ?? [])
            .filter(({ removed }) => removed === null)
            .map((file) => ({ value: file.id, label: `${file.name}（${sizeText(file.bytes)}）` }))}
        />
      </Form.Item>
      {last && (
        <Form.Item
          label="更换原因"
          name="why"
          rules={[{ required: true, whitespace: true, message: '请写明为什么换文本' }]}
          {...faultAt(act.error, 'why')}
        >
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
      )}
    </FormModal>
  )
}
