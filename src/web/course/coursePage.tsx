import '../hardship/hardship.css'
import '../event/event.css'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, InputNumber, Tag } from 'antd'
import { useState } from 'react'
import {
  courseDetail,
  courseDone,
  courseRecordDone,
  courseStateWords,
  type CourseAct,
  type CourseDetail,
} from '#course/api.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { courseApi } from './addresses.ts'
import { courseColors } from './listPage.tsx'

const route = getRouteApi(paths.course)

/** One course, to its organiser: what stands in it, how many finished it, the record. */
export function CoursePage() {
  const { id } = route.useParams()
  const query = useApi(courseApi.one(id), courseDetail, { keep: true })
  return (
    <Loaded query={query}>
      {(found) => (
        <>
          <PageHead
            title={
              <>
                {found.title} <Tag color={courseColors[found.state]}>{courseStateWords[found.state]}</Tag>
              </>
            }
            sub={`${found.org.name} · ${found.isPublic ? '面向全市女职工' : '面向本单位和下级单位的女职工'}`}
            extra={<Bar found={found} />}
          />
          {found.state !== 'draft' && (
            <dl className="event-tiles">
              <div>
                <dt>学完（人次）</dt>
                <dd className="num">{found.persons}</dd>
              </div>
              <div>
                <dt>其中女职工</dt>
                <dd className="num">{found.women}</dd>
              </div>
            </dl>
          )}
          {found.state === 'ended' && <RecordCard found={found} />}
          {found.about !== '' && <p className="hardship-text">{found.about}</p>}
          {found.pages.map((page, n) => (
            <section key={`${n} ${page.title}`} className="hardship-card">
              <h2>{`${n + 1}. ${page.title}`}</h2>
              {page.body !== '' && <p className="hardship-text event-about">{page.body}</p>}
              {page.video !== '' && (
                <a className="link in-text" href={page.video} target="_blank" rel="noreferrer">
                  {page.video}
                </a>
              )}
            </section>
          ))}
        </>
      )}
    </Loaded>
  )
}

const sure: Readonly<Record<CourseAct, [string, string]>> = {
  open: ['开课', '开课后内容不能再改，面向的女职工马上能在手机上看到'],
  end: ['结课', '结课后不能再登记学完；接着可以计入教育培训'],
  drop: ['删除草稿', '草稿删除后不能恢复'],
}

function Bar({ found: c }: { found: CourseDetail }) {
  const { message, modal } = App.useApp()
  const navigate = useNavigate()
  const step = useAct(
    (act: CourseAct, key) =>
      call(courseApi.steps(c.id), courseDone, { method: 'POST', key, body: { act, version: c.version } }),
    (_, act) => {
      void message.success(`已${sure[act][0]}`)
      if (act === 'drop') void navigate({ to: paths.courses })
    },
    useFailed(),
  )
  const begin = (act: CourseAct) =>
    void modal.confirm({
      title: `${sure[act][0]}？`,
      content: sure[act][1],
      okText: sure[act][0],
      cancelText: '取消',
      onOk: () => step.run(act),
    })
  return (
    <>
      {c.state === 'draft' && (
        <>
          <Link to={paths.courseForm} search={{ id: c.id }}>
            <Button>修改</Button>
          </Link>
          <Button onClick={() => begin('drop')}>删除草稿</Button>
          <Button type="primary" loading={step.busy} onClick={() => begin('open')}>
            开课
          </Button>
        </>
      )}
      {c.state === 'open' && (
        <Button loading={step.busy} onClick={() => begin('end')}>
          结课
        </Button>
      )}
    </>
  )
}

function RecordCard({ found: c }: { found: CourseDetail }) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const act = useAct(
    ({ hours }: { hours?: number | null }, key) =>
      call(courseApi.record(c.id), courseRecordDone, { method: 'POST', key, body: { hours: hours ?? null } }),
    ({ women }) => {
      setAsking(false)
      void message.success(`已生成培训填报，女职工 ${women} 人次，等待审核`)
    },
  )
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>计入教育培训</h2>
        {c.recordId === null && (
          <Button type="primary" disabled={c.persons === 0} onClick={() => setAsking(true)}>
            计入女职工教育培训
          </Button>
        )}
      </div>
      <p className="hardship-text">
        {c.recordId !== null ? (
          <>
            已按学完的人生成
            <Link className="link in-text" to={paths.records} params={{ programme: 'training' }}>
              女职工教育培训记录
            </Link>
            （证据等级：实名），审核通过后计数，不用再填报。
          </>
        ) : c.persons === 0 ? (
          '没有人学完，不能计入。'
        ) : (
          `按学完的 ${c.persons} 人次生成一条填报，证据等级为实名，交上级审核。`
        )}
      </p>
      {asking && (
        <FormModal<{ hours?: number | null }>
          title="计入女职工教育培训"
          okText="生成填报"
          act={act}
          told={act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0}
          initialValues={{}}
          onClose={() => setAsking(false)}
        >
          <Form.Item label="学时（可以不填）" name="hours" {...faultAt(act.error, 'hours')}>
            <InputNumber min={1} max={500} precision={0} />
          </Form.Item>
        </FormModal>
      )}
    </section>
  )
}
