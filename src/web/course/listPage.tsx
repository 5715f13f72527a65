import '../hardship/hardship.css'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { courseList, courseStateWords, type CourseState } from '#course/api.ts'
import { useApi } from '../api/hooks.tsx'
import { CutNote } from '../kit/cutNote.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { courseApi } from './addresses.ts'

export const courseColors: Readonly<Record<CourseState, string>> = {
  draft: 'default',
  open: 'green',
  ended: 'blue',
}

/** 网上课程 of the unit. */
export function CoursesPage() {
  const query = useApi(courseApi.all, courseList, { keep: true })
  return (
    <>
      <PageHead
        title="网上课程"
        sub="手机上学，学完一门计一人次，不计时长；结课后按实名计入教育培训，不用再填"
        extra={
          <Link to={paths.courseForm}>
            <Button type="primary">新建课程</Button>
          </Link>
        }
      />
      <section className="hardship-card">
        <Loaded query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Blank why="本单位还没有网上课程，请点“新建课程”" />
            ) : (
              <>
                <Sideways label="网上课程">
                  <table className="plain-table">
                    <thead>
                      <tr>
                        <th>课程</th>
                        <th>状态</th>
                        <th>面向</th>
                        <th>节数</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map((row) => (
                        <tr key={row.id}>
                          <td>
                            <Link to={paths.course} params={{ id: row.id }}>
                              {row.title}
                            </Link>
                          </td>
                          <td>
                            <Tag color={courseColors[row.state]}>{courseStateWords[row.state]}</Tag>
                          </td>
                          <td>{row.isPublic ? '全市女职工' : '本单位和下级单位'}</td>
                          <td className="num">{row.pageCount}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Sideways>
                <CutNote list="courses" count={rows.length} />
              </>
            )
          }
        </Loaded>
      </section>
    </>
  )
}
