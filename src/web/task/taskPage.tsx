import './task.css'
import { getRouteApi } from '@tanstack/react-router'
import { Alert, Descriptions } from 'antd'
import { findProgramme } from '#programmes/index.ts'
import { tierLabels } from '#org/api.ts'
import { task as taskSchema, type Task } from '#task/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { formatInstant } from '../format.ts'
import { paths } from '../paths.ts'
import { taskApi } from './addresses.ts'
import { AnswerForm } from './answerForm.tsx'
import { IssuerBar } from './issuerBar.tsx'
import { ProgressTable } from './progressTable.tsx'
import { DueTag, TaskStateTag } from './stateTag.tsx'
import { UnitTable } from './unitTable.tsx'

const route = getRouteApi(paths.task)

/** One task: its legal head, what her unit answers, and how far the units below are. */
export function TaskPage() {
  const { id } = route.useParams()
  const query = useApi(taskApi.one(id), taskSchema)
  return <Loaded query={query}>{(task) => <Body key={task.id} task={task} />}</Loaded>
}

function Body({ task }: { task: Task }) {
  const { post } = useMe()
  const isIssuer = task.issuer.id === post.org.id && post.role === 'cadre'
  return (
    <>
      <PageHead
        title={task.title}
        sub={
          <span className="task-sub">
            {task.issuer.name}
            {task.own && <TaskStateTag state={task.own} />}
            {task.isOver ? '已结束' : <DueTag left={task.left} />}
          </span>
        }
        extra={isIssuer && <IssuerBar task={task} />}
      />
      {task.changeNote && (
        <Alert type="warning" showIcon title={`任务已变更：${task.changeNote}`} className="task-note" />
      )}
      {/* Receiving it changes the answer as well, while she types; only a report begins the form anew. */}
      {task.answer && <AnswerForm key={task.answer.reportedAt} task={task} answer={task.answer} />}
      {task.counts && (
        <>
          <ProgressTable task={task} />
          <UnitTable task={task} isIssuer={isIssuer && !task.isOver} />
        </>
      )}
      <Head task={task} />
    </>
  )
}

/** Who asks, by what right, for how long (统计法 §17). */
function Head({ task }: { task: Task }) {
  const programme =
    task.programme === null ? '问卷（只供本次使用，不进入汇总）' : findProgramme(task.programme)?.label
  return (
    <Descriptions
      className="task-head"
      bordered
      size="small"
      column={{ xs: 1, sm: 1, md: 2 }}
      title="报表表头"
      items={[
        { key: 'no', label: '表号', children: task.formNo },
        { key: 'issuer', label: '制定机关', children: task.issuedBy },
        { key: 'approval', label: '批准或备案文号', children: task.approvalNo },
        { key: 'valid', label: '有效期限', children: `${task.validFrom} 至 ${task.validUntil}` },
        { key: 'period', label: '统计期', children: `${task.fromOn} 至 ${task.untilOn}` },
        { key: 'due', label: '报送期限', children: task.dueOn },
        { key: 'what', label: '填报内容', children: programme },
        { key: 'tiers', label: '填报单位', children: task.tiers.map((tier) => tierLabels[tier]).join('、') },
        ...(task.underUnits.length > 0
          ? [
              {
                key: 'under',
                label: '选定单位',
                children: `${task.underUnits.map((unit) => unit.shortName).join('、')}（含其下级）`,
              },
            ]
          : []),
        { key: 'sent', label: '下达时间', children: formatInstant(task.sentAt) },
        ...(task.note ? [{ key: 'note', label: '说明', children: task.note }] : []),
        ...(task.reason ? [{ key: 'reason', label: '再问已有内容的理由', children: task.reason }] : []),
      ]}
    />
  )
}
