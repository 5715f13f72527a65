import '../hardship/hardship.css'
import '../event/event.css'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { App, Button, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd'
import { bankList, quizDetail, quizDone, type QuizDetail } from '#quiz/api.ts'
import { graceSeconds, reveals, revealWords } from '#quiz/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { useTyped } from '../record/useTyped.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { quizApi } from './addresses.ts'
import { bodyOf, keptQuiz, unkeptQuiz, valuesOf, type Values } from './formValues.ts'

const route = getRouteApi(paths.quizForm)

/** 新建答题, or a draft again. */
export function QuizFormPage() {
  const { id } = route.useSearch()
  const query = useApi(quizApi.one(id ?? ''), quizDetail, { enabled: id !== undefined })
  if (id === undefined) return <Editor before={null} />
  return <Loaded query={query}>{(found) => <Editor key={found.version} before={found} />}</Loaded>
}

const must = (label: string) => [{ required: true, message: `请填写${label}` }]

function Editor({ before }: { before: QuizDetail | null }) {
  const { message } = App.useApp()
  const { post } = useMe()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const banks = useApi(quizApi.banks, bankList)
  const typed = useTyped(
    {
      id: `quiz:${before?.id ?? 'new'}`,
      version: before?.version ?? 0,
      onFound: (values) => form.setFieldsValue(unkeptQuiz(values)),
    },
    {},
  )
  const save = useAct(
    async (values: Values, key) => {
      const body = { ...bodyOf(values), typed: await typed.settled() }
      return before === null
        ? call(quizApi.all, quizDone, { method: 'POST', key, body })
        : call(quizApi.one(before.id), quizDone, {
            method: 'PUT',
            key,
            body: { ...body, version: before.version },
          })
    },
    ({ id }) => {
      typed.sent()
      void message.success('已保存为草稿，核对后发布')
      void navigate({ to: paths.quiz, params: { id } })
    },
  )
  const hasPrizes = Form.useWatch('hasPrizes', form)
  const isTimed = Form.useWatch('isTimed', form)
  const told = save.error instanceof ApiProblem && (save.error.body.issues?.length ?? 0) > 0
  const item = (name: keyof Values, label: string, extra?: string) => ({
    name,
    label,
    ...(extra === undefined ? {} : { extra }),
    rules: must(label.replace(/（.*/, '')),
    ...faultAt(save.error, name),
  })
  const when = (name: 'opensAt' | 'closesAt' | 'prizeFrom' | 'prizeUntil', label: string) => (
    <Form.Item {...item(name, label)}>
      <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} />
    </Form.Item>
  )
  const number = (name: keyof Values, label: string, most: number, extra?: string) => (
    <Form.Item {...item(name, label, extra)}>
      <InputNumber min={1} max={most} precision={0} style={{ width: 130 }} />
    </Form.Item>
  )
  return (
    <>
      <PageHead
        title={before ? '修改答题' : '新建答题'}
        sub={`${post.org.shortName}主办；先存草稿，发布后题目和规则不能再改`}
      />
      <Form<Values>
        form={form}
        className="hardship-form event-form"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={valuesOf(before)}
        onValuesChange={(_, all) => typed.change(keptQuiz(all))}
        onFinish={save.run}
      >
        <section className="hardship-card">
          <h2>答题</h2>
          <Form.Item {...item('title', '名称')}>
            <Input maxLength={60} placeholder="例如：平安家庭有奖答题" />
          </Form.Item>
          <Form.Item label="说明" name="about" extra="参加的人会看到：主题、依据的读本">
            <Input.TextArea maxLength={1000} showCount autoSize={{ minRows: 2, maxRows: 8 }} />
          </Form.Item>
          <Form.Item label="面向" name="isPublic">
            <Radio.Group
              options={[
                { value: false, label: '本单位和下级单位的女职工' },
                { value: true, label: '全市女职工' },
              ]}
            />
          </Form.Item>
          <div className="event-row">
            {when('opensAt', '答题开始')}
            {when('closesAt', '答题截止')}
          </div>
          <p className="hardship-aside">{`截止就收卷，只有 ${graceSeconds} 秒宽限；没有交的按已保存的答案计分。`}</p>
        </section>
        <section className="hardship-card">
          <h2>题目和计分</h2>
          <Form.Item {...item('bankId', '题库')}>
            <Select
              style={{ maxWidth: 420 }}
              loading={banks.isPending}
              notFoundContent={
                <>
                  本单位还没有题库，
                  <Link to={paths.quizBank} params={{ id: 'new' }}>
                    先建题库
                  </Link>
                </>
              }
              options={(banks.data?.rows ?? []).map(({ id, title, questions, version }) => ({
                value: id,
                label: `${title}（${questions} 道题，第 ${version} 版）`,
              }))}
            />
          </Form.Item>
          <div className="event-row">
            {number('draws', '每次抽几道题', 100)}
            {number('timesADay', '每天可以答几次', 9)}
            {number('passMark', '合格线（答对 %）', 100, '合格的参加抽奖')}
          </div>
          <div className="event-row">
            <Form.Item label="每次限时" name="isTimed">
              <Radio.Group
                options={[
                  { value: true, label: '限时' },
                  { value: false, label: '不限，到截止为止' },
                ]}
              />
            </Form.Item>
            {isTimed && number('minutes', '每次几分钟', 180)}
          </div>
          <Form.Item
            label="什么时候公布答案和解析"
            name="reveals"
            extra="交卷就公布的，同一个人再答可能抽到看过答案的题"
          >
            <Radio.Group options={reveals.map((value) => ({ value, label: revealWords[value] }))} />
          </Form.Item>
        </section>
        <section className="hardship-card">
          <h2>抽奖</h2>
          <Form.Item name="hasPrizes">
            <Radio.Group
              options={[
                { value: false, label: '不抽奖' },
                { value: true, label: '合格的人抽奖，每人一次' },
              ]}
            />
          </Form.Item>
          {hasPrizes && (
            <>
              <div className="event-row">
                {number('prizes', '奖品（份）', 10_000)}
                {when('prizeFrom', '开始领奖')}
                {when('prizeUntil', '领奖截止')}
              </div>
              <Form.Item {...item('prizePlace', '领奖地点')}>
                <Input maxLength={80} placeholder="楼、层、房间；邮寄的写“邮寄”" />
              </Form.Item>
              <Form.Item
                label="抽奖用的公开数值"
                name="prizeSource"
                extra="答题截止以后才会公布、谁也事先不知道的数，例如“4月21日上证指数收盘点位”；留空的，截止时自动抽奖，抽奖前不能核对"
              >
                <Input maxLength={100} />
              </Form.Item>
            </>
          )}
        </section>
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
