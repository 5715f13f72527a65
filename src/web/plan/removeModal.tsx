import { App } from 'antd'
import type { Plan, PlanItem } from '#figures/plan/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { planApi } from './addresses.ts'
import { RevisionFields, revisionOf, type RevisionValues } from './revisionFields.tsx'

type RemoveModalProps = { plan: Plan; item: PlanItem; onClose: () => void }

/** Takes a task out of the plan. */
export function RemoveModal({ plan, item, onClose }: RemoveModalProps) {
  const { message } = App.useApp()
  const remove = useAct(
    (values: RevisionValues, key) =>
      call(planApi.remove(item.id), anything, {
        method: 'POST',
        key,
        body: { version: item.version, ...revisionOf(plan, values) },
      }),
    () => {
      onClose()
      void message.success('已移出计划')
    },
  )
  return (
    <FormModal<RevisionValues>
      title="移出计划？"
      okText="移出"
      danger
      act={remove}
      told={hasIssueAt(remove.error, ['revision.reason'])}
      initialValues={{}}
      onClose={onClose}
    >
      <p>“{item.task}”</p>
      {item.split && <p>已经分到 {item.split.units} 个单位的任务仍留在它们的计划里。</p>}
      <RevisionFields plan={plan} error={remove.error} />
    </FormModal>
  )
}
