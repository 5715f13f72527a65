import { Card, Flex, Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { orgNode, tierLabels, type OrgDetail, type OrgNode } from '#org/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { ExportButton } from '../export/exportButton.tsx'
import { Loaded } from '../kit/states.tsx'
import { byTier } from './order.ts'
import { api } from '../paths.ts'
import { committeeState } from './committee.ts'
import { CommitteeTag } from './committeeTag.tsx'

const nodes = z.array(orgNode)

type UnitsBelowProps = { org: OrgDetail; onOrg: (id: number) => void }

/** The units directly below, in official order; those that need something can be picked out. */
export function UnitsBelow({ org, onOrg }: UnitsBelowProps) {
  const [only, setOnly] = useState<'all' | 'needing'>('all')
  const [chosen, setChosen] = useState<number[]>([])
  const mayExport = useMe().post.role === 'cadre'
  const query = useApi(api.orgChildren(org.id), nodes, { staleTime: 60_000 })
  return (
    <Loaded query={query} rows={4}>
      {(read) => {
        const all = byTier(read, (node) => node.tier)
        const needing = all.filter((node) => ['warn', 'bad'].includes(committeeState(node).tone))
        return (
          <Card
            size="small"
            title="直属单位"
            extra={
              <Flex gap={8} align="center" wrap>
                {mayExport && (
                  <ExportButton
                    choices={[
                      {
                        key: 'below',
                        label: '本单位及全部下级',
                        ask: { kind: 'orgs', org: org.id },
                      },
                      {
                        key: 'chosen',
                        label: `选中的（${chosen.length} 个）`,
                        ask: chosen.length > 0 ? { kind: 'orgs', org: org.id, ids: chosen } : null,
                        why: '先在表格左侧勾选',
                      },
                    ]}
                  />
                )}
                <Segmented
                  size="small"
                  aria-label="看哪些直属单位"
                  value={only}
                  onChange={setOnly}
                  options={[
                    { value: 'all', label: `全部 ${all.length}` },
                    { value: 'needing', label: `应建未建或超期 ${needing.length}` },
                  ]}
                />
              </Flex>
            }
          >
            <Units
              key={`${org.id}.${only}`}
              rows={only === 'all' ? all : needing}
              onOrg={onOrg}
              {...(mayExport ? { chosen, onChoose: setChosen } : {})}
            />
          </Card>
        )
      }}
    </Loaded>
  )
}

type UnitsProps = {
  rows: OrgNode[]
  onOrg: (id: number) => void
  chosen?: number[]
  onChoose?: (ids: number[]) => void
}

function Units({ rows, onOrg, chosen, onChoose }: UnitsProps) {
  return (
    <Table
      size="small"
      className="num"
      rowKey={(row) => `${row.id}.${row.line}`}
      // A row's `children` is the number of its units; without this the table takes it for nested rows.
      expandable={{ childrenColumnName: 'nested' }}
      {...(chosen && onChoose
        ? {
            rowSelection: {
              selectedRowKeys: chosen.map((id) => `${id}.1`),
              onChange: (_keys: unknown, picked: OrgNode[]) => onChoose(picked.map(({ id }) => id)),
              // What is only looked at belongs to another.
              getCheckboxProps: (row: OrgNode) => ({ disabled: row.line === 2 }),
              columnWidth: 40,
            },
          }
        : {})}
      dataSource={rows}
      scroll={{ x: 560 }}
      pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false, size: 'small' } : false}
      locale={{ emptyText: '没有这样的单位' }}
      columns={[
        {
          title: '单位',
          render: (_, row) => (
            <>
              <button type="button" className="org-link" onClick={() => onOrg(row.id)}>
                {row.name}
              </button>
              {row.line === 2 && <Tag className="org-mark is-view">会看</Tag>}
            </>
          ),
        },
        { title: '层级', width: 110, render: (_, row) => tierLabels[row.tier] },
        {
          title: '女会员',
          dataIndex: 'womenMembers',
          align: 'right',
          width: 90,
          render: (n: number) => n.toLocaleString('zh-CN'),
        },
        {
          title: '直属',
          dataIndex: 'children',
          align: 'right',
          width: 70,
          render: (n: number) => (n === 0 ? '—' : n),
        },
        { title: '女职工组织', width: 140, render: (_, row) => <CommitteeTag org={row} /> },
      ]}
    />
  )
}
