import './statutory.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { isToCome } from '#kit/period.ts'
import { tableList, type TableList } from '#figures/statutory/api.ts'
import { layoutOf } from '#figures/statutory/layouts.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { usualYear } from '../figures/scope.ts'
import { YearPick } from '../figures/yearPick.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { statutoryApi } from './addresses.ts'
import { stateColors, stateWords } from './words.ts'

const route = getRouteApi(paths.statutory)

/** 统计报表: the tables of a year that the unit signs, in the order in which they fall due. */
export function StatutoryListPage() {
  const { today } = useMe()
  const navigate = route.useNavigate()
  const year = Number(route.useSearch().year ?? usualYear(today))
  const query = useApi(statutoryApi.list(year), tableList, { keep: true })
  return (
    <>
      <PageHead
        title="统计报表"
        sub="数字由审核通过的记录得出，只补填记录里没有的；核对、签发以后留存"
        extra={<YearPick year={year} onYear={(to) => void navigate({ search: { year: String(to) } })} />}
      />
      <Loaded query={query}>
        {(tables) => (
          <ul className="statutory-list">
            {tables.map((table) => (
              <Row key={`${table.layout} ${table.part}`} table={table} year={year} today={today} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  )
}

function Row({ table, year, today }: { table: TableList[number]; year: number; today: string }) {
  const { layout, part, period, dueOn, isOver, state, revision, signedOn } = table
  const isLate = state !== 'signed' && dueOn < today
  const link = {
    to: paths.statutoryTable,
    params: { layout },
    search: { year: String(year), part: part === 1 ? undefined : String(part) },
  } as const
  const isOpen = !isToCome(period, today)
  const name = <b>{layoutOf(layout).label}</b>
  return (
    <li>
      <div>
        {isOpen ? <Link {...link}>{name}</Link> : name}
        <p>
          <span>{period.label}</span>
          <span className={isLate ? 'is-late' : undefined}>
            {isOver ? `应于 ${dueOn} 前签发` : isOpen ? '本期还没有结束' : '本期还没有开始'}
          </span>
        </p>
      </div>
      <span>
        {isOpen && <Tag color={stateColors[state]}>{stateWords[state]}</Tag>}
        {state === 'signed' && signedOn && (
          <small>
            {signedOn}
            {revision > 1 && `，第 ${revision} 次`}
          </small>
        )}
      </span>
      {isOpen && (
        <Link {...link}>
          <Button>{state === 'signed' ? '查看' : '打开'}</Button>
        </Link>
      )}
    </li>
  )
}
