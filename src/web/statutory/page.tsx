import './statutory.css'
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { table } from '#figures/statutory/api.ts'
import { layoutKeys, layoutOf, type LayoutKey } from '#figures/statutory/layouts.ts'
import { isToCome, partsIn, periodOf } from '#kit/period.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { FigurePanel } from '../figures/figurePanel.tsx'
import { Begun } from '../figures/begun.tsx'
import { usualYear } from '../figures/scope.ts'
import { YearPick } from '../figures/yearPick.tsx'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { statutoryApi, xlsxHref } from './addresses.ts'
import { Desk } from './desk.tsx'

const route = getRouteApi(paths.statutoryTable)
const isLayout = (key: string): key is LayoutKey => (layoutKeys as readonly string[]).includes(key)

/** One statutory table: filled from the books, completed, checked, signed. */
export function StatutoryPage() {
  const { layout } = route.useParams()
  return isLayout(layout) ? <Table layout={layout} /> : <NotFound />
}

function Table({ layout: key }: { layout: LayoutKey }) {
  const { today } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const layout = layoutOf(key)
  const year = Number(search.year ?? usualYear(today))
  const part = Number(search.part ?? 1)
  const parts = Array.from({ length: partsIn[layout.calendar] }, (_, i) => i + 1)
  const period = periodOf(layout.calendar, year, part)
  const at = { year, part, revision: search.revision }
  const query = useApi(statutoryApi.table(key, at), table)
  const go = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...change }, resetScroll: false })
  return (
    <>
      <PageHead
        title={layout.label}
        sub={query.data && `${query.data.org.name}　${query.data.period.label}`}
        extra={
          <>
            <YearPick year={year} onYear={(to) => go({ year: String(to), revision: undefined })} />
            {parts.length > 1 && (
              <Select
                aria-label="期间"
                value={part}
                popupMatchSelectWidth={false}
                options={parts.map((value) => ({
                  value,
                  label: periodOf(layout.calendar, year, value).label.replace(/^\d+年/, ''),
                }))}
                onChange={(to) => go({ part: String(to), revision: undefined })}
              />
            )}
            {!isToCome(period, today) && (
              <>
                <Button
                  icon={<DownloadOutlined />}
                  href={xlsxHref(key, { ...at, revision: Number(search.revision ?? 0) })}
                >
                  下载 Excel
                </Button>
                <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
                  打印
                </Button>
              </>
            )}
          </>
        }
      />
      <Begun period={period}>
        <Loaded query={query} rows={16}>
          {(data) => (
            <Desk
              key={`${data.layout} ${data.year} ${data.part} ${data.revision}`}
              table={data}
              onRevision={(revision) => go({ revision: String(revision) })}
              onFigure={(figure) => go({ figure })}
            />
          )}
        </Loaded>
      </Begun>
      <FigurePanel
        indicator={search.figure}
        scope={{
          calendar: layout.calendar,
          year,
          part,
          view: 'then',
          ...(search.org ? { org: Number(search.org) } : {}),
        }}
        onOrg={(org) => go({ org: org?.toString() })}
        onClose={() => go({ figure: undefined, org: undefined })}
      />
    </>
  )
}
