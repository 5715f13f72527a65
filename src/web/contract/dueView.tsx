import { Card, Pagination, Segmented, Tag } from 'antd'
import { dueKinds, type DueKind, type DueList } from '#programmes/contract/api.ts'
import { formatCount } from '../format.ts'
import { Sideways } from '../kit/sideways.tsx'
import { Blank } from '../kit/states.tsx'
import type { ContractsSearch } from './addresses.ts'
import { ContractLink } from './contractLink.tsx'
import { dueWords } from './words.ts'

type DueProps = { data: DueList; onGo: (change: Partial<ContractsSearch>) => void }

/** What presses: the day by which, and how long until or since. */
export function DueView({ data, onGo }: DueProps) {
  const { kind, counts, rows } = data
  return (
    <Card size="small">
      <Sideways label="按事项筛选">
        <Segmented<DueKind>
          value={kind}
          options={dueKinds.map((value) => ({
            value,
            label: `${dueWords[value].label} ${formatCount(counts[value])}`,
          }))}
          onChange={(to) => onGo({ kind: to })}
        />
      </Sideways>
      {rows.length === 0 ? (
        <Blank why={dueWords[kind].blank} />
      ) : (
        <ul className="contract-list">
          {rows.map((row) => (
            <li key={`${row.id} ${row.dueOn}`}>
              <ContractLink id={row.id}>{row.title}</ContractLink> <Left kind={kind} left={row.left} />
              <small>
                {row.org.shortName || row.org.name} · {row.regNo} · {dueWords[kind].on}{' '}
                <span className="num">{row.dueOn}</span>
              </small>
              {row.note && <p>{row.note}</p>}
            </li>
          ))}
        </ul>
      )}
      {counts[kind] > data.perPage && (
        <Pagination
          size="small"
          align="end"
          current={data.page}
          pageSize={data.perPage}
          total={counts[kind]}
          showSizeChanger={false}
          onChange={(page) => onGo({ kind, page: String(page) })}
        />
      )}
    </Card>
  )
}

function Left({ kind, left }: { kind: DueKind; left: number }) {
  if (kind === 'publish') return <Tag color="red">生效 {-left} 天没有公布</Tag>
  if (kind === 'text') return <Tag color="gold">待审核单位核对</Tag>
  if (left < 0) return <Tag color="red">已过 {-left} 天</Tag>
  return <Tag color={left <= 7 ? 'gold' : 'blue'}>{left === 0 ? '今天到期' : `还有 ${left} 天`}</Tag>
}
