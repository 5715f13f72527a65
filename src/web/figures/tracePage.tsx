import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Card } from 'antd'
import { trace, type Trace } from '#figures/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { figuresApi, tracePath } from './addresses.ts'
import { findLine, type Line } from './chapters.ts'
import { DefinitionFacts } from './definition.tsx'
import './figures.css'
import { formatDelta, formatValue, writtenOf } from './format.ts'
import { EarlyCard } from './earlyCard.tsx'
import { GradeShares } from './gradeShares.tsx'
import { OrgTrail } from './orgTrail.tsx'
import { readScope, writeScope, type Scope } from './scope.ts'
import { TraceRows } from './traceRows.tsx'
import { WithheldMark, WithheldNote } from './withheld.tsx'

/** One figure down to its records; the Word document links here with the snapshot it was printed from. */
export function TracePage() {
  const { today } = useMe()
  const { indicator } = useParams({ from: tracePath })
  const search = useSearch({ from: tracePath })
  const navigate = useNavigate({ from: tracePath })
  const line = findLine(indicator)
  if (!line) return <Blank why={`没有“${indicator}”这个指标，地址可能有误`} />
  const year = /^S(\d{4})-/.exec(search.snapshot ?? '')?.[1]
  const scope = readScope(year && search.year === undefined ? { ...search, year } : search, today)
  return (
    <>
      <PageHead
        title={line.indicator.label}
        sub={
          <OrgTrail
            org={scope.org}
            onOrg={(org) => void navigate({ search: { ...search, ...writeScope({ ...scope, org }, today) } })}
          />
        }
      />
      <Values line={line} scope={scope} snapshot={search.snapshot} />
    </>
  )
}

type ValuesProps = { line: Line; scope: Scope; snapshot: string | undefined }

function Values({ line, scope, snapshot }: ValuesProps) {
  const query = useApi(figuresApi.trace(scope, line.id, { snapshot }), trace, { keep: true })
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Compared data={data} line={line} snapshot={snapshot} />
          {data.period.calendar === 'year' && <EarlyCard line={line} scope={scope} />}
          <div className="trace-facts">
            <Card size="small" title="口径">
              <DefinitionFacts line={line} />
            </Card>
            <Card size="small" title="证据等级">
              {data.withheld ? (
                <p className="panel-none">记录不在您的可见范围内，不列证据等级。</p>
              ) : (
                <GradeShares grades={data.grades} kind={line.indicator.kind} />
              )}
            </Card>
          </div>
          <Card size="small" title="计入的记录">
            <TraceRows key={figuresApi.trace(scope, line.id)} line={line} scope={scope} snapshot={snapshot} />
          </Card>
        </>
      )}
    </Loaded>
  )
}

type ComparedProps = { data: Trace; line: Line; snapshot: string | undefined }

/** The printed value beside today's, and what lies between them. */
function Compared({ data, line, snapshot }: ComparedProps) {
  const { kind, unit } = line.indicator
  const { frozen, sum, period, withheld } = data
  const moved = frozen !== null && sum !== null && frozen !== sum
  return (
    <div className="compared">
      {frozen !== null && (
        <div>
          <span>
            定稿 {snapshot}，{period.label}
          </span>
          <b>
            {formatValue(frozen, kind)} <small>{unit}</small>
          </b>
          <span>印作“{writtenOf(frozen, line)}”</span>
        </div>
      )}
      <div>
        <span>{frozen === null ? `${period.label}，审核通过` : '现在'}</span>
        <b>
          {sum === null ? <WithheldMark why={withheld ?? 'unreleased'} /> : formatValue(sum, kind)}{' '}
          <small>{unit}</small>
        </b>
        {sum === null ? (
          <WithheldNote why={withheld ?? 'unreleased'} />
        ) : (
          <span>写作“{writtenOf(sum, line)}”</span>
        )}
      </div>
      {frozen !== null && sum !== null && (
        <div className={moved ? 'compared-moved' : undefined}>
          <span>定稿以来</span>
          <b>{moved ? formatDelta(sum, frozen, kind) : '未变动'}</b>
          <span>{moved ? '有记录在定稿后补报、更正或作废，定稿数不改' : '定稿与现在的记录一致'}</span>
        </div>
      )}
      {snapshot !== undefined && frozen === null && !withheld && (
        <div className="compared-moved">
          <span>定稿 {snapshot}</span>
          <b>未找到</b>
          <span>这份定稿里没有本指标</span>
        </div>
      )}
    </div>
  )
}
