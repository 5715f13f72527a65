import '../hardship/hardship.css'
import './childcare.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Select, Tag } from 'antd'
import { classList } from '#childcare/api.ts'
import { classStates, classStateWords, type ClassState } from '#childcare/states.ts'
import { useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { childcareApi } from './addresses.ts'

const route = getRouteApi(paths.childcare)

export const classColors: Readonly<Record<ClassState, string>> = {
  draft: 'default',
  district: 'gold',
  city: 'gold',
  approved: 'blue',
  published: 'green',
  suspended: 'orange',
  finished: 'gold',
  closed: 'blue',
  refused: 'red',
  withdrawn: 'default',
}

/** 职工子女托管班: the classes of the reader's unit and of those below it. */
export function ChildcarePage() {
  const { stage } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useApi(childcareApi.list(stage), classList, { keep: true })
  return (
    <>
      <PageHead
        title="职工子女托管班"
        sub="申请、安全材料、入职查询、签到、评估和验收；孩子只登记人数，验收后自动计入指标，不用再填报"
        extra={
          <>
            <Button href={paths.openChildcare} target="_blank">
              公开页面
            </Button>
            <Link to={paths.childcareRounds}>
              <Button>报名和分配</Button>
            </Link>
            <Link to={paths.childcareForm}>
              <Button type="primary">申请开班</Button>
            </Link>
          </>
        }
      />
      <section className="hardship-card">
        <div className="hardship-bar">
          <Select
            aria-label="状态"
            allowClear
            placeholder="全部状态"
            style={{ width: 170 }}
            value={stage}
            onChange={(to?: ClassState) => void navigate({ search: to ? { stage: to } : {} })}
            options={classStates.map((value) => ({ value, label: classStateWords[value] }))}
          />
        </div>
        <Loaded query={query}>
          {({ rows, more }) =>
            rows.length === 0 ? (
              <Blank
                why={
                  stage
                    ? `没有“${classStateWords[stage]}”的托管班`
                    : '还没有托管班。本单位要办班的，请点“申请开班”；下级单位提交后也列在这里'
                }
              />
            ) : (
              <>
                <Sideways label="托管班">
                  <table className="plain-table childcare-classes">
                    <thead>
                      <tr>
                        <th>班级</th>
                        <th>单位</th>
                        <th>状态</th>
                        <th>时段</th>
                        <th>起止日期</th>
                        <th>托位</th>
                        <th>在托</th>
                        <th>已开班</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map((row) => (
                        <tr key={row.id}>
                          <td>
                            <Link to={paths.childcareClass} params={{ id: row.id }}>
                              {row.title}
                            </Link>
                          </td>
                          <td>{row.org.shortName}</td>
                          <td>
                            <Tag color={classColors[row.state]}>{classStateWords[row.state]}</Tag>
                          </td>
                          <td>{row.season}</td>
                          <td className="num">{`${row.fromOn} 至 ${row.untilOn}`}</td>
                          <td className="num">{row.places}</td>
                          <td className="num">{row.children ?? '—'}</td>
                          <td className="num">{row.days === 0 ? '—' : `${row.days} 天`}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Sideways>
                {more && <p className="hardship-aside">只列最近的 200 个班，请按状态筛选。</p>}
              </>
            )
          }
        </Loaded>
      </section>
    </>
  )
}
