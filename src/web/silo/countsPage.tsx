import './silo.css'
import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { countsMade, siloCounts, type SiloCounts } from '#silo/api.ts'
import { matchCounts } from '#match/api.ts'
import { countWords } from '#match/text.ts'
import { siloWords } from '#silo/kinds.ts'
import { periodName } from '#silo/periods.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { useFailed } from '../kit/failed.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { siloApi } from './addresses.ts'

type Period = SiloCounts[number]['periods'][number]

/** 专办事项办结数: counts by topic, none of them small, and no word of any matter. */
export function SiloCountsPage() {
  const query = useApi(siloApi.counts, siloCounts)
  return (
    <>
      <PageHead
        title="专办事项办结数"
        sub="按季度公布；不足 11 件的季度与后面的合并，少的类别合在“其余”里。这里只有件数，没有任何一件的内容"
      />
      <Loaded query={query}>
        {(list) =>
          list.map(({ silo, periods }) => (
            <section key={silo} className="silo-card">
              <h2>{siloWords[silo].label}</h2>
              {periods.length === 0 ? (
                <p className="silo-aside">办结的还不足 11 件，不公布。</p>
              ) : (
                <div className="silo-periods" tabIndex={0} role="group" aria-label={siloWords[silo].label}>
                  <table className="plain-table">
                    <thead>
                      <tr>
                        <th>期间</th>
                        <th className="num">办结件数</th>
                        <th>按类别</th>
                        {silo === 'counsel' && <th>心理疏导记录</th>}
                      </tr>
                    </thead>
                    <tbody>
                      {periods.map((period) => (
                        <tr key={period.untilQuarter}>
                          <td>{periodName(period)}</td>
                          <td className="num">{period.total}</td>
                          <td>{byTopic(period)}</td>
                          {silo === 'counsel' && (
                            <td>
                              <RecordCell period={period} />
                            </td>
                          )}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </section>
          ))
        }
      </Loaded>
      <MatchCard />
    </>
  )
}

/** 婚恋交友: how many take part in the whole city, in full tens; never who. */
function MatchCard() {
  const query = useApi(siloApi.matchCounts, matchCounts)
  return (
    <section className="silo-card">
      <h2>婚恋交友</h2>
      <p className="silo-aside">全市现在参加的人数，各级看到的一样；整十公布，谁参加、谁和谁牵手都看不到</p>
      <Loaded query={query}>
        {({ women, men, pairs }) => (
          <table className="plain-table">
            <thead>
              <tr>
                <th>女职工</th>
                <th>男职工</th>
                <th>双方愿意</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>{countWords(women, '人')}</td>
                <td>{countWords(men, '人')}</td>
                <td>{countWords(pairs, '对')}</td>
              </tr>
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  )
}

const byTopic = ({ lines, rest }: Period): string =>
  lines.length === 0
    ? '各类都少，不分开公布'
    : [...lines.map(({ topic, count }) => `${topic} ${count}`), ...(rest ? [`其余 ${rest}`] : [])].join('，')

function RecordCell({ period }: { period: Period }) {
  const { message } = App.useApp()
  const failed = useFailed()
  const act = useAct(
    (untilQuarter: number, key) =>
      call(siloApi.records, countsMade, { method: 'POST', key, body: { untilQuarter } }),
    () => void message.success('已提交，由本级另一人审核'),
    failed,
  )
  if (period.record)
    return (
      <Link
        className="link"
        to={paths.records}
        params={{ programme: period.record.programme }}
        search={{ id: period.record.id } as never}
      >
        看记录
      </Link>
    )
  if (!period.mayRecord) return <span className="silo-aside">还没有记入</span>
  return (
    <Button
      size="small"
      aria-label={`记入心理疏导 ${periodName(period)}`}
      loading={act.busy}
      onClick={() => act.run(period.untilQuarter)}
    >
      记入心理疏导
    </Button>
  )
}
