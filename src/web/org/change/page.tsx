import './change.css'
import { PlusOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Flex, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { orgDetail } from '#org/api.ts'
import { changeList, type ChangeAct, type ChangeDecision, type ChangeLine } from '#org/change/api.ts'
import { anything, call } from '../../api/client.dom.ts'
import { useAct, useApi } from '../../api/hooks.tsx'
import { PageHead } from '../../kit/pageHead.tsx'
import { CutNote } from '../../kit/cutNote.tsx'
import { Failure, Loaded } from '../../kit/states.tsx'
import { api, paths } from '../../paths.ts'
import { changesApi } from '../addresses.ts'
import { ChangeWizard } from './wizard.tsx'
import { actLabels, stateWords } from './words.ts'

/** 组织变更: founding, merging, splitting and moving of units, with what each does, who has still to agree, and the way back. */
export function ChangesPage() {
  const [asking, setAsking] = useState(false)
  const query = useApi(changesApi.list, changeList)
  const { move } = useSearch({ from: paths.orgChanges })
  const navigate = useNavigate({ from: paths.orgChanges })
  const unit = useApi(api.org(Number(move ?? 0)), orgDetail, { enabled: move !== undefined })
  const close = () => {
    setAsking(false)
    void navigate({ search: {}, replace: true })
  }
  return (
    <>
      <PageHead
        title="组织变更"
        sub="单位成立、合并、拆分、改隶：上级提出，双方同意，市级另一人办理；办结后在规定天数内可以撤销"
        extra={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAsking(true)}>
            提出变更
          </Button>
        }
      />
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="panel-none">还没有组织变更。</p>
          ) : (
            <div className="changes">
              {rows.map((line) => (
                <Change key={line.id} line={line} />
              ))}
            </div>
          )
        }
      </Loaded>
      <CutNote list="orgChanges" count={query.data?.rows.length} />
      {asking && <ChangeWizard onClose={close} />}
      {move !== undefined && unit.data && <ChangeWizard moved={unit.data} onClose={close} />}
    </>
  )
}

function Change({ line }: { line: ChangeLine }) {
  const { message } = App.useApp()
  const [acting, setActing] = useState<ChangeAct | null>(null)
  const act = useAct(
    (body: ChangeDecision, key) => call(changesApi.decide(line.id), anything, { method: 'POST', body, key }),
    (_, { act: done }) => {
      setActing(null)
      void message.success(`${actLabels[done]}：已办理`)
    },
  )
  const { label, color } = stateWords[line.state]
  return (
    <section className="change" aria-label={line.title}>
      <header>
        <h2>
          {line.title} <Tag color={color}>{label}</Tag>
        </h2>
        <Flex gap={8} wrap>
          {line.acts.map((one) => (
            <Button
              key={one}
              size="small"
              type={one === 'do' || one === 'consent' ? 'primary' : 'default'}
              danger={one === 'undo'}
              onClick={() => setActing(one)}
            >
              {actLabels[one]}
            </Button>
          ))}
        </Flex>
      </header>
      <p className="change-who">
        {line.askedOrg.shortName} {line.askedBy} {line.askedOn} 提出
        {line.doneOn && `；${line.doneOn} ${line.state === 'refused' ? '不同意' : '办结'}`}
        {line.state === 'done' && line.undoUntil && `，${line.undoUntil} 前可以撤销`}
        {line.reason && `：${line.reason}`}
        {line.waitsFor.length > 0 && `；等待${line.waitsFor.join('、')}同意`}
      </p>
      {line.lines.length > 0 && (
        <ul>
          {line.lines.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {acting && (
        <DecisionModal
          line={line}
          acting={acting}
          busy={act.busy}
          error={act.error}
          onRetry={act.again}
          onClose={() => {
            act.reset()
            setActing(null)
          }}
          onSure={(reason) => act.run({ act: acting, version: line.version, reason })}
        />
      )}
    </section>
  )
}

type DecisionModalProps = {
  line: ChangeLine
  acting: ChangeAct
  busy: boolean
  error: unknown
  onRetry: () => void
  onClose: () => void
  onSure: (reason: string) => void
}

function DecisionModal({ line, acting, busy, error, onRetry, onClose, onSure }: DecisionModalProps) {
  const [reason, setReason] = useState('')
  const asks = acting === 'refuse' || acting === 'undo'
  return (
    <Modal
      open
      title={`${actLabels[acting]}：${line.title}`}
      okText="确认"
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={{ disabled: asks && reason.trim() === '' }}
      onCancel={onClose}
      onOk={() => onSure(reason.trim())}
    >
      <ul className="change-lines">
        {line.lines.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {asks && (
        <Input.TextArea
          aria-label={acting === 'undo' ? '撤销的原因' : '不同意的理由'}
          placeholder={acting === 'undo' ? '撤销的原因，必填' : '不同意的理由，必填'}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {error !== null && error !== undefined && <Failure error={error} retry={onRetry} />}
    </Modal>
  )
}
