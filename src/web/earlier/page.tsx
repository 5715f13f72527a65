import './earlier.css'
import { FileExcelOutlined } from '@ant-design/icons'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { earlierGrid } from '#figures/earlier/api.ts'
import { tierLabels, type OrgBrief } from '#org/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { earlierApi, earlierSearch } from './addresses.ts'
import { Desk } from './desk.tsx'
import { Waiting } from './waiting.tsx'
import type * as z from 'zod/mini'

const route = getRouteApi(paths.earlier)
/** Years side by side, and how far back the choice goes. */
const SPAN = 5
const BACK = 30

/** 历年数据: totals of years before the system, graded 估报, with the document that says so. */
export function EarlierPage() {
  const { today, post } = useMe()
  const { role, org: own } = post
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const last = Number(today.slice(0, 4)) - 1
  const asked = Number(search.until ?? last)
  const until = Number.isInteger(asked) && asked <= last && asked > last - BACK ? asked : last
  const from = until - SPAN + 1
  const query = useApi(earlierApi.grid({ org: search.org, from, until }), earlierGrid, { keep: true })
  const go = (change: Partial<z.infer<typeof earlierSearch>>) =>
    void navigate({ search: { ...search, ...change }, resetScroll: false })
  const above = ['city', 'district', 'industry'].includes(own.tier)
  const pick = ([org]: OrgBrief[]) =>
    go({ org: org === undefined || org.id === own.id ? undefined : String(org.id) })
  return (
    <>
      <PageHead
        title="历年数据"
        sub="系统启用以前各年的全年数，一律记为“估报”，只作对比，不进任何合计；当年有逐条记录的，以记录为准。"
        extra={
          <>
            <OrgPicker label="单位" value={query.data ? [query.data.org] : []} onChange={pick} />
            <Select
              aria-label="年份"
              value={until}
              onChange={(to) => go({ until: to === last ? undefined : String(to) })}
              options={Array.from({ length: BACK / SPAN }, (_, n) => last - n * SPAN).map((value) => ({
                value,
                label: `${value - SPAN + 1}—${value}年`,
              }))}
            />
            {above && role === 'cadre' && (
              <Link to={paths.imports} params={{ target: 'earlier' }} search={{}}>
                <Button icon={<FileExcelOutlined />}>从表格导入</Button>
              </Link>
            )}
          </>
        }
      />
      {above && <Waiting />}
      <Loaded query={query} rows={16}>
        {(data) => (
          <Desk key={`${data.org.id} ${data.years[0]}`} grid={data} tier={tierLabels[data.org.tier]} />
        )}
      </Loaded>
    </>
  )
}
