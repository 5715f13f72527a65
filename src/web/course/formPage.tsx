import '../hardship/hardship.css'
import '../event/event.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, Radio } from 'antd'
import { courseDetail, courseDone, mostPages, type CourseDetail, type NewCourse } from '#course/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem, issueAt } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { useTyped } from '../record/useTyped.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { courseApi } from './addresses.ts'

const route = getRouteApi(paths.courseForm)

/** 新建课程, or a draft again. */
export function CourseFormPage() {
  const { id } = route.useSearch()
  const query = useApi(courseApi.one(id ?? ''), courseDetail, { enabled: id !== undefined })
  if (id === undefined) return <Editor before={null} />
  return <Loaded query={query}>{(found) => <Editor key={found.version} before={found} />}</Loaded>
}

const empty = { title: '', body: '', video: '' }
const bodyOf = ({ title, about, isPublic, pages }: NewCourse): NewCourse => ({
  title,
  about: about ?? '',
  isPublic,
  pages: (pages ?? []).map((page) => ({
    title: page.title ?? '',
    body: page.body ?? '',
    video: page.video ?? '',
  })),
})

function Editor({ before }: { before: CourseDetail | null }) {
  const { message } = App.useApp()
  const { post } = useMe()
  const navigate = useNavigate()
  const [form] = Form.useForm<NewCourse>()
  const typed = useTyped(
    {
      id: `course:${before?.id ?? 'new'}`,
      version: before?.version ?? 0,
      onFound: (values) => form.setFieldsValue(values),
    },
    {},
  )
  const save = useAct(
    async (values: NewCourse, key) => {
      const body = { ...bodyOf(values), typed: await typed.settled() }
      return before === null
        ? call(courseApi.all, courseDone, { method: 'POST', key, body })
        : call(courseApi.one(before.id), courseDone, {
            method: 'PUT',
            key,
            body: { ...body, version: before.version },
          })
    },
    ({ id }) => {
      typed.sent()
      void message.success('已保存为草稿，核对后开课')
      void navigate({ to: paths.course, params: { id } })
    },
  )
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  return (
    <>
      <PageHead
        title={before ? '修改课程' : '新建课程'}
        sub={`${post.org.shortName}主办；先存草稿，开课后内容不能再改`}
      />
      <Form<NewCourse>
        form={form}
        className="hardship-form event-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={before === null ? { about: '', isPublic: false, pages: [empty] } : bodyOf(before)}
        onValuesChange={(_, all) => typed.change(all)}
        onFinish={save.run}
      >
        <section className="hardship-card">
          <h2>课程</h2>
          <Form.Item
            label="课程名称"
            name="title"
            rules={[{ required: true, whitespace: true, message: '请填写课程名称' }]}
            {...faultAt(save.error, 'title')}
          >
            <Input maxLength={60} placeholder="例如：女职工劳动保护十讲" />
          </Form.Item>
          <Form.Item label="简介" name="about" extra="学的人会看到：讲什么、谁来讲">
            <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
          <Form.Item label="面向" name="isPublic">
            <Radio.Group
              options={[
                { value: false, label: '本单位和下级单位的女职工' },
                { value: true, label: '全市女职工（不登录也能看）' },
              ]}
            />
          </Form.Item>
        </section>
        <Form.List name="pages">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <section key={key} className="hardship-card">
                  <div className="hardship-head">
                    <h2>{`第 ${name + 1} 节`}</h2>
                    {rows.length > 1 && (
                      <Button type="text" aria-label={`删去第 ${name + 1} 节`} onClick={() => remove(name)}>
                        删去
                      </Button>
                    )}
                  </div>
                  <Form.Item
                    label="标题"
                    name={[name, 'title']}
                    rules={[{ required: true, whitespace: true, message: '请填写这一节的标题' }]}
                    {...faultAt(save.error, `pages.${name}.title`)}
                  >
                    <Input maxLength={60} />
                  </Form.Item>
                  <Form.Item
                    label="内容"
                    name={[name, 'body']}
                    {...faultAt(save.error, `pages.${name}.body`)}
                  >
                    <Input.TextArea maxLength={5000} showCount autoSize={{ minRows: 4, maxRows: 20 }} />
                  </Form.Item>
                  <Form.Item
                    label="视频地址（没有可以不填）"
                    name={[name, 'video']}
                    extra="上级或本单位已经公开的视频页面，以 https:// 开头；点开在新页面播放"
                    {...faultAt(save.error, `pages.${name}.video`)}
                  >
                    <Input maxLength={300} placeholder="https://" />
                  </Form.Item>
                </section>
              ))}
              {rows.length < mostPages && <Button onClick={() => add(empty)}>加一节</Button>}
            </>
          )}
        </Form.List>
        {issueAt(save.error, 'pages') && <p className="event-fault">{issueAt(save.error, 'pages')}</p>}
        {Boolean(save.error) && !told && <Failure error={save.error} />}
        <div className="hardship-foot">
          <Button type="primary" htmlType="submit" loading={save.busy}>
            保存草稿
          </Button>
          <span className="save-line" role="status">
            {typed.said}
          </span>
        </div>
      </Form>
    </>
  )
}
