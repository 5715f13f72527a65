import { getRouteApi } from '@tanstack/react-router'
import { App, Button, Flex, Input, Modal, Segmented, Table } from 'antd'
import { useState, type ReactNode } from 'react'
import { decided, taskStates, unitList, type Task, type TaskDecision, type UnitLine } from '#task/api.ts'
import { owing, surveyFields } from '#task/rules.ts'
import { stateWords } from '#task/words.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { formatInstant, formatValue } from '../format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { taskApi } from './addresses.ts'
import { TaskStateTag } from './stateTag.tsx'

const route = getRouteApi(paths.task)
const words: Record<TaskDecision['act'], string> = { return: '退回', close: '完结', chase: '催办' }

/** Every unit that owes the task, by state; the issuer returns, closes and chases. */
export function UnitTable({ task, isIssuer }: { task: Task; isIssuer: boolean }) {
  const { org, show: state = 'owing' } = route.useSearch()
  const navigate = route.useNavigate()
  const [keys, setKeys] = useState<string[]>([])
  const [picked, setPicked] = useState<number[]>([])
  const query = useApi(
    taskApi.units(task.id, { org, state: state === 'all' ? undefined : state, after: keys.at(-1) }),
    unitList,
    {
      keep: true,
    },
  )
  const counts = query.data?.counts ?? {}
  const owed = owing.reduce((sum, one) => sum + (counts[one] ?? 0), 0)
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const options = [
    { value: 'owing', label: `未报 ${owed}` },
    ...taskStates
      .filter((one) => counts[one])
      .map((one) => ({ value: one as string, label: `${stateWords[one]} ${counts[one]}` })),
    { value: 'all', label: `全部 ${all}` },
  ]
  const survey = task.programme === null
  return (
    <section className="task-units">
      <Flex justify="space-between" align="center" gap={8} wrap>
        <h2>单位名单</h2>
        {isIssuer && <Decide task={task} units={picked} onDone={() => setPicked([])} />}
      </Flex>
      <Segmented
        className="task-filter"
        options={options}
        value={state}
        onChange={(value) => {
          setKeys([])
          setPicked([])
          void navigate({ search: (old) => ({ ...old, show: value === 'owing' ? undefined : value }) })
        }}
      />
      <Loaded query={query}>
        {({ rows, next }) => (
          <>
            <div className="task-scroll">
              <Table<UnitLine>
                size="small"
                rowKey={(row) => row.org.id}
                pagination={false}
                dataSource={rows}
                locale={{ emptyText: state === 'owing' ? '都报了，没有要催的' : '没有这样的单位' }}
                {...(isIssuer
                  ? {
                      rowSelection: {
                        selectedRowKeys: picked,
                        onChange: (list: React.Key[]) => setPicked(list.map(Number)),
                      },
                    }
                  : {})}
                {...(survey
                  ? {
                      expandable: {
                        expandedRowRender: (row: UnitLine) => answersOf(task, row),
                        rowExpandable: (row: UnitLine) => Object.keys(row.answers).length > 0,
                      },
                    }
                  : {})}
                columns={[
                  { title: '单位', render: (_, row) => row.org.name },
                  { title: '上级', dataIndex: 'above' },
                  { title: '状态', render: (_, row) => <TaskStateTag state={row.state} /> },
                  {
                    title: '上报时间',
                    render: (_, row) =>
                      row.reportedAt
                        ? `${formatInstant(row.reportedAt)}${row.isNil ? '（零报告）' : ''}`
                        : '—',
                  },
                  { title: '上次催办', render: (_, row) => row.chasedOn ?? '—' },
                ]}
              />
            </div>
            <KeyPager keys={keys} onKeys={setKeys} next={next} />
          </>
        )}
      </Loaded>
    </section>
  )
}

/** The answers of one unit, below its line. */
function answersOf(task: Task, row: UnitLine): ReactNode {
  return (
    <dl className="task-answers">
      {Object.entries(surveyFields(task.questions)).map(([key, field]) => (
        <div key={key}>
          <dt>{field.label}</dt>
          <dd>{formatValue(field, row.answers[key])}</dd>
        </div>
      ))}
    </dl>
  )
}

type DecideProps = { task: Task; units: readonly number[]; onDone: () => void }

function Decide({ task, units, onDone }: DecideProps) {
  const { message, modal } = App.useApp()
  const [returning, setReturning] = useState(false)
  const [reason, setReason] = useState('')
  const act = useAct(
    (kind: TaskDecision['act'], key) =>
      call(taskApi.decisions(task.id), decided, {
        method: 'POST',
        key,
        body: { act: kind, units, ...(kind === 'return' ? { reason } : {}) },
      }),
    ({ done, left }, kind) => {
      setReturning(false)
      setReason('')
      onDone()
      if (left.length === 0) void message.success(`已${words[kind]} ${done} 个单位`)
      else
        void modal.info({
          title: `已${words[kind]} ${done} 个单位，${left.length} 个没有办`,
          content: [...new Set(left.map((one) => one.why))].join('；'),
        })
    },
    (error) => void message.error(error instanceof Error ? error.message : '没有办成，请重试'),
  )
  const off = units.length === 0
  return (
    <Flex gap={8} align="center" wrap>
      <span className="page-sub">{off ? '勾选单位后办理' : `已选 ${units.length} 个单位`}</span>
      <Button disabled={off} loading={act.busy} onClick={() => act.run('chase')}>
        催办
      </Button>
      <Button disabled={off} onClick={() => setReturning(true)}>
        退回
      </Button>
      <Button type="primary" disabled={off} onClick={() => act.run('close')}>
        完结
      </Button>
      <Modal
        open={returning}
        title={`退回 ${units.length} 个单位`}
        okText="退回"
        cancelText="取消"
        okButtonProps={{ disabled: reason.trim().length < 2, loading: act.busy }}
        onOk={() => act.run('return')}
        onCancel={() => setReturning(false)}
      >
        <Input.TextArea
          aria-label="退回的理由"
          placeholder="哪里要改、怎么改（必填）"
          maxLength={200}
          autoSize={{ minRows: 2, maxRows: 4 }}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {Boolean(act.error) && <Failure error={act.error} />}
      </Modal>
    </Flex>
  )
}
