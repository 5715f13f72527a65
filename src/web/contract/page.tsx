import './contract.css'
import { getRouteApi } from '@tanstack/react-router'
import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { coverage, dueList } from '#programmes/contract/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { OrgTrail } from '../figures/orgTrail.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { contractApi, type ContractsSearch, type View } from './addresses.ts'
import { CoverageView } from './coverageView.tsx'
import { DueView } from './dueView.tsx'

const route = getRouteApi(paths.contracts)

/** 集体合同台账: what contracts cover on any day, and what presses. */
export function ContractsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: Partial<ContractsSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...change }, resetScroll: false })
  const view = search.view ?? 'coverage'
  const today = useMe().today
  return (
    <>
      <PageHead
        title="集体合同台账"
        sub={
          view === 'coverage' ? (
            <OrgTrail
              org={search.org === undefined ? undefined : Number(search.org)}
              onOrg={(org) => go({ org: org?.toString() })}
            />
          ) : (
            '本级范围内该续签、公布、检查、整改的合同'
          )
        }
        extra={
          <>
            {view === 'coverage' && (
              <DatePicker
                aria-label="哪一天的覆盖"
                allowClear={false}
                showNow={false}
                value={dayjs(search.on ?? today)}
                onChange={(day) => day && go({ on: day.format('YYYY-MM-DD') })}
              />
            )}
            <Segmented<View>
              value={view}
              options={[
                { value: 'coverage', label: '任一天的覆盖' },
                { value: 'due', label: '到期事项' },
              ]}
              onChange={(to) => go({ view: to })}
            />
          </>
        }
      />
      {view === 'coverage' ? <Covered search={search} onGo={go} /> : <Due search={search} onGo={go} />}
    </>
  )
}

export type ViewProps = { search: ContractsSearch; onGo: (change: Partial<ContractsSearch>) => void }

function Covered({ search, onGo }: ViewProps) {
  const query = useApi(contractApi.coverage(search), coverage, { keep: true })
  return (
    <Loaded query={query} rows={12}>
      {(data) => <CoverageView data={data} search={search} onGo={onGo} />}
    </Loaded>
  )
}

function Due({ search, onGo }: ViewProps) {
  const query = useApi(contractApi.due(search), dueList, { keep: true })
  return <Loaded query={query}>{(data) => <DueView data={data} onGo={onGo} />}</Loaded>
}
