import { Card, Input, Pagination, Segmented, Tag } from 'antd'
import type { Coverage, coverageShows } from '#programmes/contract/api.ts'
import { formatShare } from '../figures/format.ts'
import { formatCount } from '../format.ts'
import { Sideways } from '../kit/sideways.tsx'
import { Blank } from '../kit/states.tsx'
import type { ContractsSearch } from './addresses.ts'
import { ContractLink } from './contractLink.tsx'

type Show = (typeof coverageShows)[number]

type CoverageProps = {
  data: Coverage
  search: ContractsSearch
  onGo: (change: Partial<ContractsSearch>) => void
}

/** What holds on a day: sums, units below, firms with the contracts behind each. */
export function CoverageView({ data, search, onGo }: CoverageProps) {
  return (
    <div className="contract-tab">
      <Sums data={data} />
      {data.below.length > 0 && <Below data={data} onGo={onGo} />}
      <Firms data={data} search={search} onGo={onGo} />
    </div>
  )
}

function Sums({ data: { on, contracts, firms, women, twice, rate } }: { data: Coverage }) {
  return (
    <section className="contract-sums" aria-label={`${on} 的覆盖`}>
      <Sum label="有效合同" value={contracts} unit="份" foot="首签、续订；变更不另计" />
      <Sum label="覆盖企业" value={firms} unit="家" foot={`一家只计一次；${twice} 家在一份以上合同中`} />
      <Sum label="覆盖女职工" value={women} unit="人" foot="每家按最近生效的一份" />
      <div>
        <h3>用人单位覆盖率</h3>
        <b className="num">{formatShare(rate.part, rate.whole)}</b>
        <small>
          用人单位登记册中有女职工的 <span className="num">{formatCount(rate.whole)}</span> 家，已覆盖{' '}
          <span className="num">{formatCount(rate.part)}</span> 家
        </small>
      </div>
    </section>
  )
}

function Sum({ label, value, unit, foot }: { label: string; value: number; unit: string; foot: string }) {
  return (
    <div>
      <h3>{label}</h3>
      <b className="num">
        {formatCount(value)} <i>{unit}</i>
      </b>
      <small>{foot}</small>
    </div>
  )
}

function Below({ data, onGo }: Pick<CoverageProps, 'data' | 'onGo'>) {
  return (
    <Card size="small" title="下级单位">
      <Sideways label="下级单位的覆盖">
        <table className="plain-table">
          <thead>
            <tr>
              <th>单位</th>
              <th className="right">有效合同</th>
              <th className="right">覆盖企业</th>
              <th className="right">覆盖女职工</th>
            </tr>
          </thead>
          <tbody>
            {data.below.map(({ org, contracts, firms, women }) => (
              <tr key={org.id}>
                <td>
                  <button type="button" className="link" onClick={() => onGo({ org: String(org.id) })}>
                    {org.shortName || org.name}
                  </button>
                </td>
                <td className="right num">{formatCount(contracts)}</td>
                <td className="right num">{formatCount(firms)}</td>
                <td className="right num">{formatCount(women)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Card>
  )
}

function Firms({ data, search, onGo }: CoverageProps) {
  return (
    <Card size="small" title="覆盖企业">
      <div className="contract-bar">
        <Segmented<Show>
          value={search.show ?? 'all'}
          options={[
            { value: 'all', label: `全部 ${formatCount(data.firms)}` },
            { value: 'twice', label: `一份以上 ${formatCount(data.twice)}` },
          ]}
          onChange={(show) => onGo({ show })}
        />
        <Input.Search
          aria-label="企业名称或代码"
          placeholder="企业名称或代码"
          allowClear
          defaultValue={search.q}
          maxLength={40}
          onSearch={(q) => onGo({ q: q.trim() || undefined })}
        />
      </div>
      {data.rows.length === 0 ? (
        <Blank why={search.q ? '没有符合条件的企业' : `${data.on} 没有有效的合同`} />
      ) : (
        <ul className="contract-list">
          {data.rows.map((row) => (
            <li key={`${row.firm} ${row.creditCode}`}>
              <b>{row.firm}</b>{' '}
              <span className="num">
                女职工 {formatCount(row.women)} 人{row.creditCode && `　${row.creditCode}`}
              </span>
              {row.contracts.map((one) => (
                <small key={one.id}>
                  <ContractLink id={one.id}>{one.regNo}</ContractLink> {one.signKind}，{one.org}，
                  <span className="num">
                    {one.effectiveOn} 至 {one.termUntilOn}
                  </span>{' '}
                  {one.signKind === '变更' && <Tag>不另计份数</Tag>}
                </small>
              ))}
            </li>
          ))}
        </ul>
      )}
      {data.found > data.perPage && (
        <Pagination
          size="small"
          align="end"
          current={data.page}
          pageSize={data.perPage}
          total={data.found}
          showSizeChanger={false}
          onChange={(page) => onGo({ page: String(page) })}
        />
      )}
    </Card>
  )
}
