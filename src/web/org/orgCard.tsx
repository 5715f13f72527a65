import { LineChartOutlined, SwapOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Card, Descriptions, Flex, Statistic, Tag, Timeline } from 'antd'
import { useState } from 'react'
import { tierLabels, type OrgDetail } from '#org/api.ts'
import { paths } from '../paths.ts'
import { monthText, sinceText } from './committee.ts'
import { Coverage } from './coverage.tsx'
import { MoveDialog } from './moveDialog.tsx'
import { TermCard } from './termCard.tsx'
import { UnitsBelow } from './unitsBelow.tsx'

type OrgCardProps = { org: OrgDetail; onOrg: (id: number) => void }

/** One unit: where it stands, whom it counts, its women's organisation, its superiors over time, the units below. */
export function OrgCard({ org, onOrg }: OrgCardProps) {
  const [moving, setMoving] = useState(false)
  return (
    <div className="org-card">
      <Flex justify="space-between" align="flex-start" gap={12} wrap>
        <div>
          <div className="org-above">
            {org.above.map((unit) => (
              <span key={unit.id}>
                <button type="button" onClick={() => onOrg(unit.id)}>
                  {unit.shortName || unit.name}
                </button>{' '}
                ›{' '}
              </span>
            ))}
          </div>
          <h2>
            {org.name} <Tag>{tierLabels[org.tier]}</Tag>
            {org.orgType && org.orgType !== tierLabels[org.tier] && <Tag>{org.orgType}</Tag>}
          </h2>
        </div>
        <Flex gap={8} wrap>
          <Link to={paths.figures} search={{ org: String(org.id) }}>
            <Button icon={<LineChartOutlined />}>看它的指标</Button>
          </Link>
          {org.mayMove && (
            <Button icon={<SwapOutlined />} onClick={() => setMoving(true)}>
              调整隶属
            </Button>
          )}
        </Flex>
      </Flex>
      <div className="org-counts">
        <Statistic title="职工" value={org.workers} />
        <Statistic title="女职工" value={org.womenWorkers} />
        <Statistic title="会员" value={org.members} />
        <Statistic title="女会员" value={org.womenMembers} />
      </div>
      <div className="org-cards">
        <TermCard org={org} />
        <Card size="small" title="隶属关系">
          <Superiors org={org} onOrg={onOrg} />
          <Descriptions
            size="small"
            column={1}
            items={[
              { key: 'code', label: '组织代码', children: org.code },
              { key: 'region', label: '行政区划代码', children: org.regionCode ?? '—（非行政区划单位）' },
            ]}
          />
        </Card>
      </div>
      {org.below.units > 0 && (
        <>
          <Coverage below={org.below} />
          <UnitsBelow org={org} onOrg={onOrg} />
        </>
      )}
      {moving && <MoveDialog org={org} onClose={() => setMoving(false)} />}
    </div>
  )
}

/** Superiors of both lines with their months, the present ones first. */
function Superiors({ org, onOrg }: OrgCardProps) {
  if (org.edges.length === 0) return <p className="org-none">这里是组织树的顶端，没有上级。</p>
  const edges = [...org.edges].sort(
    (a, b) => Number(b.toYm === null) - Number(a.toYm === null) || b.fromYm - a.fromYm,
  )
  return (
    <Timeline
      className="org-edges"
      items={edges.map((edge) => ({
        color: edge.toYm !== null ? 'gray' : edge.line === 2 ? 'gold' : 'blue',
        content: (
          <>
            <b>{edge.line === 2 ? '会看' : '上级'}</b>{' '}
            <button type="button" className="org-link" onClick={() => onOrg(edge.parent.id)}>
              {edge.parent.name}
            </button>
            <div className="org-since">
              {sinceText(edge.fromYm)}
              {edge.toYm !== null && `，至${monthText(edge.toYm)}前`}
              {edge.docNo && ` · ${edge.docNo}`}
            </div>
          </>
        ),
      }))}
    />
  )
}
