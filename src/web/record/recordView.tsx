import './record.css'
import { Alert, Tabs } from 'antd'
import type { Programme } from '#kit/programme.ts'
import type { RecordDetail } from '#record/api.ts'
import { useMe } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { AfterLockTag } from '../kit/afterLockTag.tsx'
import { StateTag } from '../kit/stateTag.tsx'
import { BatchLink } from './batch.tsx'
import { ContractTab } from '../contract/contractTab.tsx'
import { EvidenceBox } from './evidenceBox.tsx'
import { FieldsTab } from './fieldsTab.tsx'
import { FormButtons } from './formButtons.tsx'
import { PendingCard } from './pendingCard.tsx'
import type { Remarks } from './remarks.tsx'
import { originSentence } from './words.ts'
import { ChangesTab, CitedTab, HistoryTab } from './traceTabs.tsx'

type RecordViewProps = {
  programme: Programme
  detail: RecordDetail
  /** Given where she may return the record: fields then take remarks. */
  remarks: Remarks | null
  onDecided?: () => void
}

/** A record, whole: what was entered, how it went, what changed, where it counts. */
export function RecordView({ programme, detail, remarks, onDecided }: RecordViewProps) {
  const { mode, post } = useMe()
  const origin = detail.history[0]?.origin ?? null
  const changes = detail.history.filter((step) => step.version > 1 && step.changes.length > 0).length
  return (
    <article className="record-view">
      {mode === 'demo' && <p className="print-only">演示数据</p>}
      <header>
        <h2>{detail.title}</h2>
        <p>
          <StateTag state={detail.state} />
          <span>{detail.org.name}</span>
          <span>{programme.label}</span>
          {detail.turnOf && <span>现由{detail.turnOf.name}审核</span>}
          {detail.afterLock && <AfterLockTag />}
          {detail.late && <span className="is-late">迟报</span>}
          {detail.viewed && <span className="is-viewed">会看，只读</span>}
        </p>
        <small>
          {detail.submittedBy} 于 <span className="num">{formatInstant(detail.submittedAt)}</span> 提交
          {origin && (
            <>
              ，
              <BatchLink programme={programme.key} batch={origin.import}>
                {originSentence(origin)}
              </BatchLink>
            </>
          )}
        </small>
        {detail.lockedBy.length > 0 && (
          <small>
            这个月已由{detail.lockedBy.map((org) => org.name).join('、')}锁定，更正和作废还须其同意
          </small>
        )}
        <FormButtons detail={detail} />
      </header>
      {detail.pending.map((pending) => (
        <PendingCard key={pending.id} programme={programme} pending={pending} onDone={onDecided} />
      ))}
      {detail.warningTexts.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="record-warnings"
          title={detail.warningTexts.join('；')}
          description={detail.warningNote ? `填报人说明：${detail.warningNote}` : null}
        />
      )}
      <Tabs
        tabBarGutter={20}
        items={[
          {
            key: 'fields',
            label: '基本信息',
            children: <FieldsTab programme={programme} detail={detail} remarks={remarks} />,
          },
          ...(detail.viewed || programme.key !== 'contract' || post.role === 'worker'
            ? []
            : [
                {
                  key: 'way',
                  label: '进程和条款',
                  children: <ContractTab id={detail.id} title={detail.title} />,
                },
              ]),
          ...(detail.viewed || post.role !== 'cadre'
            ? []
            : [
                {
                  key: 'evidence',
                  label: '附件',
                  children: <EvidenceBox programme={programme} id={detail.id} />,
                },
              ]),
          {
            key: 'history',
            label: '审核记录',
            children: <HistoryTab programme={programme} detail={detail} />,
          },
          {
            key: 'changes',
            label: changes > 0 ? `变更记录 ${changes}` : '变更记录',
            children: <ChangesTab programme={programme} detail={detail} />,
          },
          { key: 'cited', label: '被引用', children: <CitedTab detail={detail} /> },
        ]}
      />
    </article>
  )
}
