import '../hardship/hardship.css'
import './person.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import { lacks, lackWords } from '#person/lacks.ts'
import { movement, quality, type Movement, type Quality } from '#person/movementApi.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { DayRange } from '../kit/dayRange.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { personApi } from './addresses.ts'

const route = getRouteApi(paths.memberMovement)

/** 会员变动和登记质量: who came and left, counted; what the entries of each unit lack. */
export function MemberMovementPage() {
  const { since, till, org } = route.useSearch()
  const navigate = route.useNavigate()
  const { today } = useMe()
  const from = since ?? `${today.slice(0, 4)}-01-01`
  const until = till ?? today
  const moves = useApi(withQuery(personApi.movement, { org, from, until }), movement, { keep: true })
  const lacking = useApi(withQuery(personApi.quality, { org }), quality, { keep: true })
  const ask = (a: string, b: string) =>
    void navigate({ search: { ...(org ? { org } : {}), since: a, till: b } })
  const year = Number(today.slice(0, 4))
  return (
    <>
      <PageHead
        title="会员变动和登记质量"
        sub="只数女会员，按会员登记自动统计，不用填报；“女职工”“职工子女”不在内"
        extra={
          <Link to={paths.members} search={{}}>
            <Button>会员名册</Button>
          </Link>
        }
      />
      <section className="hardship-card">
        <div className="hardship-head">
          <h2>会员变动</h2>
          <div className="hardship-bar" style={{ marginBottom: 0 }}>
            <DayRange
              label="期间"
              value={[dayjs(from), dayjs(until)]}
              onChange={(days) =>
                days?.[0] && days[1] && ask(days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD'))
              }
            />
            <Select
              aria-label="常用期间"
              placeholder="常用期间"
              style={{ width: 130 }}
              value={null}
              onChange={(of: number) => ask(`${of}-01-01`, of === year ? today : `${of}-12-31`)}
              options={[year, year - 1, year - 2].map((value) => ({
                value,
                label: value === year ? '今年以来' : `${value}年全年`,
              }))}
            />
          </div>
        </div>
        <Loaded query={moves}>{(found) => <Moves found={found} />}</Loaded>
      </section>
      <section className="hardship-card">
        <h2>登记质量</h2>
        <p className="hardship-text hardship-aside">
          缺项影响普惠活动的核验和联系。点数字打开名单，由本人所在的单位补全；证件号码和校验位在登记时已核对。
        </p>
        <Loaded query={lacking}>{(found) => <Lacking found={found} />}</Loaded>
      </section>
    </>
  )
}

const people = (n: number) => `${n.toLocaleString('zh-CN')} 人`
const total = (lines: Movement['came']) => lines.reduce((sum, { n }) => sum + n, 0)

function Moves({ found }: { found: Movement }) {
  const facts: [string, React.ReactNode][] = [
    ['期初', people(found.start)],
    ['增加', people(total(found.came))],
    ['减少', people(total(found.left))],
    ...(found.withUnits === 0
      ? []
      : [
          ['单位划转', `${found.withUnits > 0 ? '划入' : '划出'} ${people(Math.abs(found.withUnits))}`] as [
            string,
            string,
          ],
        ]),
    ['期末', people(found.end)],
  ]
  return (
    <>
      <dl className="hardship-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num">
              <b>{value}</b>
            </dd>
          </div>
        ))}
        <Parts label="增加方式" lines={found.came} />
        <Parts label="减少原因" lines={found.left} />
        {found.groups.length > 0 && <Parts label="新入会群体" lines={found.groups} />}
      </dl>
      {found.kept > 0 && (
        <p className="hardship-aside" style={{ margin: '10px 0 0' }}>
          {`另有 ${people(found.kept)}保留会籍，不在期末人数里。`}
        </p>
      )}
      {found.within > 0 && (
        <p className="hardship-aside" style={{ margin: '10px 0 0' }}>
          {`其中在${found.org.shortName}范围内转会 ${people(found.within)}，转出、转入各计一次。`}
        </p>
      )}
    </>
  )
}

const Parts = ({ label, lines }: { label: string; lines: Movement['came'] }) => (
  <div className="hardship-wide">
    <dt>{label}</dt>
    <dd className="num">
      {lines.length === 0 ? '没有' : lines.map((one) => `${one.label} ${people(one.n)}`).join('，')}
    </dd>
  </div>
)

const Lacking = ({ found }: { found: Quality }) =>
  found.rows.length === 0 ? (
    <Blank why="还没有登记女会员" />
  ) : (
    <>
      <Sideways label="登记质量">
        <table className="plain-table member-lacks">
          <thead>
            <tr>
              <th>单位</th>
              <th>女会员</th>
              <th>完整率</th>
              {lacks.map((lack) => (
                <th key={lack}>{lackWords[lack]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.rows.map(({ org, women, whole, lacking }) => (
              <tr key={org.id}>
                <td>{org.shortName}</td>
                <td className="num">{women}</td>
                <td className="num">
                  <Tag color={whole === 100 ? 'green' : 'gold'}>{`${whole}%`}</Tag>
                </td>
                {lacks.map((lack) => (
                  <td key={lack} className="num">
                    {lacking[lack] === 0 ? (
                      '—'
                    ) : (
                      <Link
                        className="link"
                        to={paths.members}
                        search={{ org: String(org.id), kind: '会员', sex: '女', lacks: lack }}
                        aria-label={`${lacking[lack]} 人，${org.shortName}${lackWords[lack]}`}
                      >
                        {`${lacking[lack]} 人`}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
      {found.more && <p className="hardship-aside">只列缺项最多的 200 个单位。</p>}
    </>
  )
