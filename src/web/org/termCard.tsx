import { Link } from '@tanstack/react-router'
import { Button, Card, Descriptions, Flex } from 'antd'
import { longDay } from '#kit/day.ts'
import type { OrgDetail } from '#org/api.ts'
import { useMe } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { CommitteeLog } from './committeeLog.tsx'
import { committeeState, monthsLeft, monthsOverdue } from './committee.ts'
import { CommitteeTag } from './committeeTag.tsx'

/** The women's committee of a unit: state in words, who leads it, how long its term runs. */
export function TermCard({ org }: { org: OrgDetail }) {
  const { today } = useMe()
  const detail = org.committeeDetail
  return (
    <Card size="small" title="女职工组织" extra={<CommitteeTag org={org} />}>
      {detail ? (
        <Descriptions
          size="small"
          column={1}
          items={[
            {
              key: 'form',
              label: '形式',
              children: detail.form === 'committee' ? '女职工委员会' : '女职工委员',
            },
            {
              key: 'director',
              label: detail.form === 'committee' ? '主任' : '委员',
              children: (
                <>
                  {detail.director}
                  {detail.vacantSince && (
                    <div className="committee is-warn">{longDay(detail.vacantSince)}离任，尚无人接任</div>
                  )}
                </>
              ),
            },
            { key: 'founded', label: '成立', children: longDay(detail.foundedOn) },
            {
              key: 'term',
              label: '任期',
              children: (
                <div>
                  第 {detail.termNo} 届，{longDay(detail.termFromOn)}至{longDay(detail.termUntilOn)}
                  <Overdue until={detail.termUntilOn} today={today} />
                </div>
              ),
            },
          ]}
        />
      ) : (
        <p className="org-none">
          {committeeState(org).tone === 'bad'
            ? `女会员 ${org.womenMembers} 人，按规定（${org.below.from} 人以上）应建女职工委员会，还没有建。`
            : `女会员 ${org.womenMembers} 人，不足 ${org.below.from} 人，应设女职工委员，还没有登记。`}
        </p>
      )}
      {detail?.recordId && <CommitteeLog org={org.id} recordId={detail.recordId} />}
      <Acts org={org} />
    </Card>
  )
}

/** What the viewer may do from here: open the record and the meetings, or enter a committee that has none. */
function Acts({ org }: { org: OrgDetail }) {
  const recordId = org.committeeDetail?.recordId
  const committee = { programme: 'committee' }
  return (
    <Flex gap={8} wrap className="term-acts">
      {recordId && (
        <Link to={paths.records} params={committee} search={{ id: recordId }}>
          <Button size="small">看登记</Button>
        </Link>
      )}
      {recordId && (
        <Link to={paths.records} params={{ programme: 'meeting' }} search={{ org: String(org.id) }}>
          <Button size="small">看会议</Button>
        </Link>
      )}
      {org.isOwn && !recordId && (
        <Link to={paths.form} params={committee} search={{}}>
          <Button size="small" type="primary">
            登记女职工组织
          </Button>
        </Link>
      )}
      {org.isOwn && recordId && <small>换届、增补、离任在登记里点“更正”，审核通过后本页即更新</small>}
    </Flex>
  )
}

function Overdue({ until, today }: { until: string; today: string }) {
  if (until >= today) {
    const left = monthsLeft(until, today)
    return left > 3 ? null : (
      <div className="committee is-warn">
        {left === 0 ? '不足一个月' : `还有 ${left} 个月`}届满，应着手换届
      </div>
    )
  }
  const months = monthsOverdue(until, today)
  return (
    <div className="committee is-warn">
      已超期{months === 0 ? '不足一个月' : ` ${months} 个月`}，应尽快换届
    </div>
  )
}
