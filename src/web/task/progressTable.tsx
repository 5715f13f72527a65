import { getRouteApi } from '@tanstack/react-router'
import { Table } from 'antd'
import { progress, taskStates, type Task, type TaskState } from '#task/api.ts'
import { stateWords } from '#task/words.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { OrgTrail } from '../figures/orgTrail.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { taskApi } from './addresses.ts'

const route = getRouteApi(paths.task)

type Row = {
  key: number
  name: string
  own: boolean
  opens: boolean
  counts: Partial<Record<TaskState, number>>
}

/** The units directly below, with the counts of everything under each; a unit opens the units below it. */
export function ProgressTable({ task }: { task: Task }) {
  const { org } = route.useSearch()
  const navigate = route.useNavigate()
  const own = useMe().post.org
  const query = useApi(taskApi.progress(task.id, { org }), progress, { keep: true })
  const open = (to: number | undefined) =>
    void navigate({ search: (old) => ({ ...old, org: to === undefined ? undefined : String(to) }) })
  const states = taskStates.filter((state) => (task.counts?.[state] ?? 0) > 0)
  return (
    <section className="task-progress">
      <h2>进度</h2>
      <OrgTrail org={org === undefined ? undefined : Number(org)} onOrg={open} />
      <Loaded query={query} rows={4}>
        {({ rows }) => (
          <Table<Row>
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: '这里没有要填报的单位' }}
            dataSource={rows.map((row) => ({
              key: row.org.id,
              name: row.own ? `${row.org.shortName}本级` : row.org.shortName,
              own: row.own,
              opens: !row.own && row.org.tier !== 'grassroots' && row.org.tier !== 'branch',
              counts: row.counts,
            }))}
            columns={[
              {
                title: '单位',
                dataIndex: 'name',
                render: (_, row) =>
                  row.opens ? (
                    <button
                      type="button"
                      className="link"
                      onClick={() => open(row.key === own.id ? undefined : row.key)}
                    >
                      {row.name}
                    </button>
                  ) : (
                    row.name
                  ),
              },
              ...states.map((state) => ({
                title: stateWords[state],
                key: state,
                align: 'right' as const,
                render: (_: unknown, row: Row) => <span className="num">{row.counts[state] ?? 0}</span>,
              })),
            ]}
          />
        )}
      </Loaded>
    </section>
  )
}
