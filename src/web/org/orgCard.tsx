import { EyeOutlined, LineChartOutlined, SwapOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Card, Descriptions, Flex, Statistic, Tag, Timeline } from 'antd'
import { useState } from 'react'
import { tierLabels, type OrgBrief, type OrgDetail } from '#org/api.ts'
import { useMe } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { monthText, sinceText } from './committee.ts'
import { Coverage } from './coverage.tsx'
import { TermCard } from './termCard.tsx'
import { canOpen } from './tree.ts'
import { UnitsBelow } from './unitsBelow.tsx'
import { ViewDialog } from './viewDialog.tsx'

type OrgCardProps = { org: OrgDetail; onOrg: (id: number) => void }

/** One unit: where it stands, whom it counts, its women's organisation, its superiors over time, the units below. */
export function OrgCard({ org, onOrg }: OrgCardProps) {
  const [viewing, setViewing] = useState(false)
  return (
    <div className="org-card">
      <Flex justify="space-between" align="flex-start" gap={12} wrap>
        <div>
          <div className="org-above">
            {org.above.map((unit) => (
              <span key={unit.id}>
                <UnitLink org={org} unit={unit} onOrg={onOrg} /> ›{' '}
              </span>
            ))}
          </div>
          <h2>
            {org.name} <Tag>{tierLabels[org.tier]}</Tag>
            {org.tier === 'grassroots' && org.orgType && <Tag>{org.orgType}</Tag>}
          </h2>
        </div>
        <Flex gap={8} wrap>
          <Link to={paths.figures} search={{ org: String(org.id) }}>
            <Button icon={<LineChartOutlined />}>看它的指标</Button>
          </Link>
          {org.mayMove && (
            <>
              <Link to={paths.orgChanges} search={{ move: String(org.id) }}>
                <Button icon={<SwapOutlined />}>改隶</Button>
              </Link>
              <Button icon={<EyeOutlined />} onClick={() => setViewing(true)}>
                调整会看
              </Button>
            </>
          )}
        </Flex>
      </Flex>
      <div className="org-counts" title={org.below.units > 0 ? '本级机关人数，不含下级单位' : undefined}>
        <Statistic title={org.below.units > 0 ? '职工（本级）' : '职工'} value={org.workers} />
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
              {
                key: 'region',
                label: '行政区划代码',
                children: org.regionCode ?? (org.tier === 'district' ? '—（功能区，没有区划代码）' : '—'),
              },
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
      {viewing && <ViewDialog org={org} onClose={() => setViewing(false)} />}
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
            <b>{edge.line === 2 ? '会看' : '上级'}</b> <UnitLink org={org} unit={edge.parent} onOrg={onOrg} />
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

/** A superior: open to whoever may see it, else its name alone. */
function UnitLink({ org, unit, onOrg }: OrgCardProps & { unit: OrgBrief }) {
  const own = useMe().post.org
  const name = unit.shortName || unit.name
  if (!canOpen(own, org.above, unit.id)) return <span title={unit.name}>{name}</span>
  return (
    <button type="button" className="org-link" title={unit.name} onClick={() => onOrg(unit.id)}>
      {name}
    </button>
  )
}
