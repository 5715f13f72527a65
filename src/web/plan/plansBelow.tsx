import { Table, Tag } from 'antd'
import type { Plan } from '#figures/plan/api.ts'

type PlansBelowProps = { plan: Plan; onOrg: (org: number) => void }

/** The plans of the units directly below, in their order. */
export function PlansBelow({ plan, onOrg }: PlansBelowProps) {
  return (
    <section className="plan-card">
      <h2>下级单位的计划</h2>
      <Table
        size="small"
        rowKey={(row) => row.org.id}
        pagination={plan.below.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        dataSource={plan.below}
        columns={[
          {
            title: '单位',
            render: (_, { org }) => (
              <button type="button" className="link" onClick={() => onOrg(org.id)}>
                {org.shortName}
              </button>
            ),
          },
          {
            title: '计划',
            render: (_, { isAdopted, items }) =>
              isAdopted ? <Tag color="green">已通过</Tag> : items > 0 ? <Tag>草案</Tag> : '还没有写',
          },
          {
            title: '任务',
            align: 'right',
            render: (_, { items }) => <span className="num">{items}</span>,
          },
          {
            title: '已登记完成',
            align: 'right',
            render: (_, { done }) => <span className="num">{done}</span>,
          },
        ]}
      />
    </section>
  )
}
