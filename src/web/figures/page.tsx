import { useNavigate, useSearch } from '@tanstack/react-router'
import { Card, Segmented } from 'antd'
import { estimates, figureSet, type FigureSet } from '#figures/api.ts'
import { targets } from '#figures/plan/api.ts'
import { ExportButton } from '../export/exportButton.tsx'
import { useApi, useMe } from '../api/hooks.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { planApi } from '../plan/addresses.ts'
import { figuresApi, type FiguresSearch } from './addresses.ts'
import { chapters } from './chapters.ts'
import { DrillTable } from './drillTable.tsx'
import { FigureLine } from './figureLine.tsx'
import { FigurePanel } from './figurePanel.tsx'
import './figures.css'
import { LockBar } from '../lock/lockBar.tsx'
import { OrgTrail } from './orgTrail.tsx'
import { Begun } from './begun.tsx'
import { periodOfScope, readScope, scopeQuery, writeScope, type Scope } from './scope.ts'
import { ScopeBar } from './scopeBar.tsx'

/** 指标: the figures of a unit and period, by chapter of the summary or by units below. */
export function FiguresPage() {
  const { today } = useMe()
  const search = useSearch({ from: paths.figures })
  const navigate = useNavigate({ from: paths.figures })
  const scope = readScope(search, today)
  const go = (change: FiguresSearch) => void navigate({ search: { ...search, ...change } })
  const goScope = (to: Scope) => go(writeScope(to, today))
  const goOrg = (org: number | undefined) => goScope({ ...scope, org })
  const chapter = chapters.find(({ section }) => section === search.section) ?? chapters[0]
  return (
    <>
      <PageHead
        title="指标"
        sub={<OrgTrail org={scope.org} onOrg={goOrg} />}
        extra={
          <>
            <ExportButton
              choices={[
                {
                  key: 'figures',
                  label: search.by === 'units' ? '分单位的指标' : '指标',
                  ask: {
                    kind: 'figures',
                    filter: scopeQuery(scope),
                    ...(search.by === 'units' && chapter ? { section: chapter.section } : {}),
                  },
                },
              ]}
            />
            <Segmented
              aria-label="指标的排法"
              value={search.by ?? 'chapters'}
              options={[
                { value: 'chapters', label: '按总结章节' },
                { value: 'units', label: '分单位' },
              ]}
              onChange={(by) => go({ by: by === 'units' ? by : undefined })}
            />
          </>
        }
      />
      <ScopeBar scope={scope} onChange={goScope} />
      <Begun period={periodOfScope(scope)}>
        <LockBar scope={scope} onOpen={(figure) => go({ figure })} />
        {search.by === 'units' && chapter ? (
          <DrillTable
            scope={scope}
            chapter={chapter}
            onChapter={(section) => go({ section })}
            onOrg={goOrg}
            onOpen={(figure, org) =>
              go({ ...(org === null ? {} : writeScope({ ...scope, org }, today)), figure })
            }
          />
        ) : (
          <Chapters scope={scope} onOpen={(figure) => go({ figure })} />
        )}
      </Begun>
      <FigurePanel
        indicator={search.figure}
        scope={scope}
        onOrg={goOrg}
        onClose={() => go({ figure: undefined })}
      />
    </>
  )
}

type ChaptersProps = { scope: Scope; onOpen: (indicator: string) => void }

function Chapters({ scope, onOpen }: ChaptersProps) {
  const query = useApi(figuresApi.set(scope), figureSet, { keep: true })
  const estimated = useApi(figuresApi.estimates(scope), estimates)
  // A target is of a year: of shorter periods none is shown.
  const planned = useApi(planApi.targets(scope.org, scope.year), targets, {
    enabled: scope.calendar === 'year',
  })
  const targetOf = (id: string) =>
    scope.calendar === 'year' ? planned.data?.rows.find(({ indicator }) => indicator === id) : undefined
  if (chapters.length === 0) return <Blank why="还没有登记任何项目，也就没有指标" />
  return (
    <Loaded query={query} rows={12}>
      {(data) => (
        <div className={query.isPlaceholderData ? 'chapters is-old' : 'chapters'}>
          {chapters.map((chapter) => (
            <Card
              key={chapter.section}
              size="small"
              className="chapter"
              title={
                <>
                  <span className="chapter-no">{chapter.section}</span>
                  {chapter.title}
                </>
              }
            >
              <ul className="figure-list">
                {chapter.lines.map((line) => (
                  <FigureLine
                    key={line.id}
                    line={line}
                    figure={figureIn(data, line.id)}
                    target={targetOf(line.id)}
                    estimated={estimated.data?.rows.find(({ indicator }) => indicator === line.id)}
                    early={estimated.data?.years.find(({ indicator }) => indicator === line.id)}
                    onOpen={onOpen}
                  />
                ))}
              </ul>
            </Card>
          ))}
        </div>
      )}
    </Loaded>
  )
}

function figureIn(set: FigureSet, indicator: string) {
  return set.figures.find((figure) => figure.indicator === indicator)
}
