import '../hardship/hardship.css'
import './screening.css'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { roundList } from '#screening/api.ts'
import { roundStateWords, type RoundState } from '#screening/states.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { usePages } from '../kit/pages.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { screeningApi } from './addresses.ts'

export const roundColors: Readonly<Record<RoundState, string>> = {
  draft: 'default',
  open: 'green',
  closed: 'blue',
}

/** “两癌”筛查轮次: of the reader's unit and of whoever stands above or below it. */
export function ScreeningPage() {
  const { query, pager } = usePages(screeningApi.rounds, roundList)
  return (
    <>
      <PageHead
        title="“两癌”筛查轮次"
        sub="分配名额、比对会员、预约医院、导入到检，到检人数自动计入指标；工会不登记、不保存检查结果"
        extra={
          query.data?.mayLead && (
            <Link to={paths.screeningForm}>
              <Button type="primary">新建轮次</Button>
            </Link>
          )
        }
      />
      <section className="hardship-card">
        <Loaded query={query}>
          {({ rows, mayLead }) =>
            rows.length === 0 ? (
              <Blank
                why={
                  mayLead
                    ? '还没有筛查轮次，请点“新建轮次”'
                    : '还没有筛查轮次：由市、区县或产业工会新建，开始后这里会看到本单位的名额'
                }
              />
            ) : (
              <Sideways label="筛查轮次">
                <table className="plain-table screening-rounds">
                  <thead>
                    <tr>
                      <th>轮次</th>
                      <th>主办</th>
                      <th>状态</th>
                      <th>起止日期</th>
                      <th>经费来源</th>
                      <th>定向名额</th>
                      <th>公开名额</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td>
                          <Link to={paths.screeningRound} params={{ id: row.id }}>
                            {row.title}
                          </Link>
                        </td>
                        <td>{row.org.shortName}</td>
                        <td>
                          <Tag color={roundColors[row.state]}>{roundStateWords[row.state]}</Tag>
                        </td>
                        <td className="num">{`${row.fromOn} 至 ${row.untilOn}`}</td>
                        <td>{row.fund}</td>
                        <td className="num">{row.directed}</td>
                        <td className="num">{row.openPlaces}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Sideways>
            )
          }
        </Loaded>
        {pager}
      </section>
    </>
  )
}
