import './board.css'
import '../figures/figures.css'
import { PrinterOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { periodOf } from '#kit/period.ts'
import { board } from '#figures/board/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { chapters, findLine } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { FigurePanel } from '../figures/figurePanel.tsx'
import { OrgTrail } from '../figures/orgTrail.tsx'
import { Begun } from '../figures/begun.tsx'
import { usualYear, type Scope } from '../figures/scope.ts'
import { YearPick } from '../figures/yearPick.tsx'
import { TrendView } from '../figures/trendView.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { CardTitle, ChartCard } from './card.tsx'
import { BlindSpots, CoverageCard } from './coverage.tsx'
import { FilingCard, StuckCard } from './flow.tsx'
import { GroupsCard } from './groups.tsx'
import { ReadyCard } from './readyCard.tsx'
import { ScreeningCard } from './screening.tsx'
import { SinceCard } from './sinceCard.tsx'
import { StepsCard } from './steps.tsx'
import { TargetsCard } from './targetsCard.tsx'
import { Where } from './where.tsx'

const route = getRouteApi(paths.board)
const usual = 'training.sessions'

/** 看板: a scope at a glance; every mark opens what is behind it. */
export function BoardPage() {
  const { today, post } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...change }, resetScroll: false })
  const year = Number(search.year ?? usualYear(today))
  const org = search.org === undefined ? undefined : Number(search.org)
  const line = findLine(search.indicator ?? usual) ?? findLine(usual)!
  const scope: Scope = {
    ...(org === undefined ? {} : { org }),
    calendar: 'year',
    year,
    part: 1,
    view: 'then',
  }
  const query = useApi(withQuery('/board', { org: search.org, year: String(year) }), board, { keep: true })
  const goOrg = (to: number | undefined) => go({ org: to?.toString() })
  return (
    <>
      <PageHead
        title="看板"
        sub={<OrgTrail org={org} onOrg={goOrg} />}
        extra={
          <>
            <YearPick year={year} onYear={(to) => go({ year: String(to) })} />
            <Select
              aria-label="指标"
              className="board-pick"
              value={line.id}
              showSearch={{ optionFilterProp: 'label' }}
              options={chapters.map(({ title, lines }) => ({
                label: title,
                options: lines.map(({ id, indicator }) => ({ value: id, label: indicator.label })),
              }))}
              onChange={(indicator) => go({ indicator })}
            />
            <DefinitionButton line={line} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              打印
            </Button>
          </>
        }
      />
      <Begun period={periodOf('year', year)}>
        <Loaded query={query} rows={16}>
          {(data) => {
            const told = `${data.org.name}　${year}年`
            return (
              <div className="board">
                <div>
                  <Where line={line} scope={scope} told={told} onOrg={goOrg} />
                  <CoverageCard board={data} told={data.org.name} onOrg={goOrg} />
                  <GroupsCard board={data} told={data.org.name} />
                  <StuckCard board={data} told={data.org.name} />
                  <StepsCard board={data} told={data.org.name} />
                  <ScreeningCard board={data} told={data.org.name} />
                </div>
                <div>
                  <ChartCard
                    title={line.indicator.label}
                    scope={told}
                    drawing={<TrendView line={line} scope={scope} />}
                  >
                    <Button type="link" className="board-open" onClick={() => go({ figure: line.id })}>
                      看口径、变动和每条记录
                    </Button>
                  </ChartCard>
                  {data.org.id === post.org.id && (
                    <ReadyCard scope={scope} onFigure={(figure) => go({ figure })} />
                  )}
                  {data.frozen && <SinceCard frozen={data.frozen} onFigure={(figure) => go({ figure })} />}
                  <TargetsCard scope={scope} told={told} onFigure={(figure) => go({ figure })} />
                  <section className="board-card">
                    <header>
                      <CardTitle title="覆盖盲区" isToday />
                    </header>
                    <p className="board-hint">女会员多的排在前面；点单位去看它的女职工组织。</p>
                    <BlindSpots board={data} />
                  </section>
                  <FilingCard board={data} told={told} onOrg={goOrg} />
                </div>
              </div>
            )
          }}
        </Loaded>
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
