import { Collapse, Drawer, Flex } from 'antd'
import { estimates, figureSet, trace, type Figure } from '#figures/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { figuresApi } from './addresses.ts'
import { ChangeRows } from './changeRows.tsx'
import { findLine, type Line } from './chapters.ts'
import { DefinitionFacts, NotDeduplicated } from './definition.tsx'
import { waitingText } from './drillRows.ts'
import { Beside, type Early, type Estimated } from './figureLine.tsx'
import './figures.css'
import { formatValue, writtenOf } from './format.ts'
import { GradeShares } from './gradeShares.tsx'
import { SinceLockPart } from '../lock/sinceLock.tsx'
import { OrgTrail } from './orgTrail.tsx'
import { viewOf, type Scope } from './scope.ts'
import { TraceRows } from './traceRows.tsx'
import { TrendView } from './trendView.tsx'
import { UnitBars } from './unitBars.tsx'
import { WithheldMark, WithheldNote } from './withheld.tsx'

type FigurePanelProps = {
  /** Indicator id from the address; undefined = closed. */
  indicator: string | undefined
  scope: Scope
  onOrg: (org: number | undefined) => void
  onClose: () => void
}

/** Everything behind one figure: what it means, how it is evidenced, its course, its units, its records. */
export function FigurePanel({ indicator, scope, onOrg, onClose }: FigurePanelProps) {
  const line = indicator === undefined ? null : findLine(indicator)
  return (
    <Drawer
      open={indicator !== undefined}
      onClose={onClose}
      size="min(760px, 100vw)"
      title={line?.indicator.label ?? '指标'}
      className="figure-panel"
      destroyOnHidden
    >
      {line ? (
        <PanelBody line={line} scope={scope} onOrg={onOrg} />
      ) : (
        <Failure error={null} title={`没有“${indicator ?? ''}”这个指标，地址可能有误`} />
      )}
    </Drawer>
  )
}

type PanelBodyProps = { line: Line; scope: Scope; onOrg: (org: number | undefined) => void }

function PanelBody({ line, scope, onOrg }: PanelBodyProps) {
  const set = useApi(figuresApi.set(scope), figureSet, { keep: true })
  const estimated = useApi(figuresApi.estimates(scope), estimates)
  const traced = useApi(figuresApi.trace(scope, line.id), trace, { keep: true })
  return (
    <>
      <OrgTrail org={scope.org} onOrg={onOrg} />
      <Loaded query={set} rows={2}>
        {(data) => (
          <PanelHead
            line={line}
            figure={data.figures.find((figure) => figure.indicator === line.id)}
            estimated={estimated.data?.rows.find(({ indicator }) => indicator === line.id)}
            early={estimated.data?.years.find(({ indicator }) => indicator === line.id)}
            period={`${data.period.label} · ${viewOf(data.view).label}`}
          />
        )}
      </Loaded>
      <SinceLockPart line={line} scope={scope} />
      <section className="panel-part">
        <DefinitionFacts line={line} />
      </section>
      <section className="panel-part">
        <h3>证据等级</h3>
        <Loaded query={traced} rows={1}>
          {(data) =>
            data.withheld ? (
              <p className="panel-none">记录不在您的可见范围内，不列证据等级。</p>
            ) : (
              <GradeShares grades={data.grades} kind={line.indicator.kind} />
            )
          }
        </Loaded>
      </section>
      <TrendView line={line} scope={scope} />
      <UnitBars line={line} scope={scope} onOrg={onOrg} />
      <section className="panel-part">
        <h3>计入的记录</h3>
        <TraceRows key={figuresApi.trace(scope, line.id)} line={line} scope={scope} />
      </section>
      <Collapse
        ghost
        className="panel-changes"
        items={[
          {
            key: 'changes',
            label: '谁改动过这个数',
            children: <ChangeRows key={figuresApi.trace(scope, line.id)} line={line} scope={scope} />,
          },
        ]}
      />
    </>
  )
}

type PanelHeadProps = {
  line: Line
  figure: Figure | undefined
  estimated: Estimated
  early: Early
  period: string
}

function PanelHead({ line, figure, estimated, early, period }: PanelHeadProps) {
  const { kind, unit } = line.indicator
  return (
    <div className="panel-head">
      <div className="panel-period">{period}</div>
      <Flex align="baseline" gap={12} wrap>
        <span className="panel-value">
          {figure?.withheld ? (
            <WithheldMark why={figure.withheld} />
          ) : (
            <strong>{formatValue(figure?.value, kind)}</strong>
          )}{' '}
          {unit}
        </span>
        {figure && figure.waiting !== null && figure.waiting !== 0 && (
          <span className="figure-waiting">{waitingText(figure.waiting, kind)}</span>
        )}
        <NotDeduplicated line={line} />
        {figure && figure.value !== null && (
          <span className="panel-written">报告中写作“{writtenOf(figure.value, line)}”</span>
        )}
      </Flex>
      {figure?.withheld ? (
        <WithheldNote why={figure.withheld} />
      ) : (
        figure && (
          <div className="figure-beside">
            <Beside figure={figure} line={line} estimated={estimated} early={early} />
          </div>
        )
      )}
    </div>
  )
}
