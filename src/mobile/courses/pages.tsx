import { courseList, myCourse, myCourses, openCourse, type CourseLine, type OpenCourse } from '#course/api.ts'
import { bounds, boundWords } from '#kit/bounds.ts'
import { call } from '../../web/api/client.dom.ts'
import { useAct, useApi } from '../../web/api/hooks.tsx'
import { Kinds } from '../events/kinds.tsx'
import { unregistered } from '../events/standing.ts'
import { Go, useId } from '../kit/link.tsx'
import { Blank, Fault, Head, Read } from '../kit/parts.tsx'
import { timeWords } from '../kit/times.ts'
import { Halfway } from '../mine/halfway.tsx'
import { useSelf, type Self } from '../mine/useSelf.tsx'
import { paths } from '../paths.ts'

function CourseCard({ one, mark }: { one: CourseLine; mark?: string | undefined }) {
  return (
    <Go to={paths.course} params={{ id: one.id }} className="card">
      <span className="row">
        <h3>{one.title}</h3>
        {mark && <span className="mark mark-good">{mark}</span>}
      </span>
      {one.about !== '' && <p className="small">{one.about}</p>}
      <p className="soft small num">{`${one.pageCount} 节 · ${one.org.name}`}</p>
    </Go>
  )
}

/** 网课: to anybody what the whole city may follow; to a woman signed in her unit's own as well, and what she finished. */
export function CoursesPage() {
  const self = useSelf()
  const isHers = self.kind === 'in' && self.me.post.role === 'worker'
  return (
    <div className="page">
      <Head title="活动" />
      <Kinds here={paths.courses} />
      {self.kind === 'unknown' && <Blank>正在读取…</Blank>}
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      {self.kind === 'halfway' && <Halfway />}
      {isHers ? <Hers /> : self.kind !== 'unknown' && self.kind !== 'failed' && <ForAll />}
    </div>
  )
}

function Cards({ rows }: { rows: readonly (CourseLine & { doneAt?: string | null })[] }) {
  if (rows.length === 0) return <Blank>现在没有开着的课程，过几天再来看看</Blank>
  return (
    <div className="cards">
      {rows.map((one) => (
        <CourseCard key={one.id} one={one} mark={one.doneAt ? '学完了' : undefined} />
      ))}
      {rows.length >= bounds.courses.most && <p className="soft small">{boundWords('courses')}</p>}
    </div>
  )
}

const ForAll = () => (
  <Read query={useApi('/open-courses', courseList, { keep: true, staleTime: 30_000 })}>
    {({ rows }) => <Cards rows={rows} />}
  </Read>
)

const Hers = () => (
  <Read query={useApi('/my/courses', myCourses, { keep: true })}>
    {({ isRegistered, rows }) =>
      isRegistered ? (
        <Cards rows={rows} />
      ) : (
        <>
          <p className="told">{unregistered}</p>
          <ForAll />
        </>
      )
    }
  </Read>
)

/** One course, all its pages below each other: nothing is counted but that she says she finished it. */
export function CoursePage() {
  const id = useId()
  const self = useSelf()
  if (self.kind === 'unknown') return <Blank>正在读取…</Blank>
  return self.kind === 'in' && self.me.post.role === 'worker' ? (
    <Mine id={id} />
  ) : (
    <Open id={id} self={self} />
  )
}

function Open({ id, self }: { id: string; self: Self }) {
  const query = useApi(`/open-courses/${encodeURIComponent(id)}`, openCourse)
  return (
    <div className="page">
      {self.kind === 'failed' && <Fault error={self.error} again={self.again} />}
      <Read query={query}>
        {(one) => (
          <>
            <Pages one={one} />
            {self.kind === 'halfway' && <Halfway />}
            {self.kind === 'guest' && (
              <>
                <p className="soft">登记学完要知道是您本人，并且登记在工会的会员名册里；只看不用登录。</p>
                <Go to={paths.signIn} search={{ back: `/courses/${id}` }} className="button button-wide">
                  登录后登记学完
                </Go>
              </>
            )}
          </>
        )}
      </Read>
    </div>
  )
}

function Pages({ one }: { one: OpenCourse }) {
  return (
    <>
      <Head title={one.title} back={paths.courses} />
      {one.about !== '' && <p className="soft">{one.about}</p>}
      {one.pages.map((page, n) => (
        <section key={`${n} ${page.title}`} className="card">
          <h2>{`${n + 1}. ${page.title}`}</h2>
          {page.body !== '' && <p className="course-text">{page.body}</p>}
          {page.video !== '' && (
            <p className="acts">
              <a className="button button-wide" href={page.video} target="_blank" rel="noreferrer">
                看视频
              </a>
            </p>
          )}
        </section>
      ))}
    </>
  )
}

function Mine({ id }: { id: string }) {
  const query = useApi(`/my/courses/${encodeURIComponent(id)}`, myCourse)
  const act = useAct((_: null, key) =>
    call(`/my/courses/${encodeURIComponent(id)}/done`, myCourse, { method: 'POST', key }),
  )
  return (
    <div className="page">
      <Read query={query}>
        {({ doneAt, ...one }) => (
          <>
            <Pages one={one} />
            {act.error && <Fault error={act.error} again={act.again} />}
            {doneAt !== null ? (
              <p className="said num" role="status">{`${timeWords(doneAt)} 学完`}</p>
            ) : (
              one.state === 'open' && (
                <button
                  type="button"
                  className="button button-main button-wide"
                  disabled={act.busy}
                  onClick={() => act.run(null)}
                >
                  {act.busy ? '正在登记…' : '学完了'}
                </button>
              )
            )}
          </>
        )}
      </Read>
    </div>
  )
}
