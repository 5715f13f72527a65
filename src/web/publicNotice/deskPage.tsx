import './publicNotice.css'
import { App, Button, Card, Form, Input, Radio, Tag } from 'antd'
import { useState } from 'react'
import { desk, noticeKindWords, type Desk, type NewAnswer } from '#publicNotice/api.ts'
import { noticeStateWords, objectionStateWords } from '#publicNotice/state.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { longDay } from '#kit/day.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { publicNoticeApi } from './addresses.ts'
import { noticeColors, objectionColors } from './words.ts'
import { CutNote } from '../kit/cutNote.tsx'

type Objection = Desk[number]['objections'][number]

/** 公示与异议: what her unit put up, and what was brought against it. */
export function NoticeDeskPage() {
  const query = useApi(publicNoticeApi.desk, desk)
  const [answering, setAnswering] = useState<Objection | null>(null)
  return (
    <>
      <PageHead
        title="公示与异议"
        sub="异议逐条答复以后，公示才算期满；异议成立的，名单上的这一行不再办理"
        extra={
          <Button href={paths.publicNotices} target="_blank">
            看公开页面
          </Button>
        }
      />
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Card>
              <Blank why="本单位还没有公示。推荐先进、评选结果等在各自的流程里发起公示" />
            </Card>
          ) : (
            list.map((one) => (
              <Card
                key={one.id}
                size="small"
                className="desk-notice"
                title={<a href={`${paths.publicNotices}/${one.id}`}>{one.title}</a>}
                extra={<Tag color={noticeColors[one.state]}>{noticeStateWords[one.state]}</Tag>}
              >
                <div className="public-aside">
                  {noticeKindWords[one.kind]} · {one.count} 项 · {longDay(one.openedOn)}至
                  {longDay(one.closesOn)}（{one.days} 个工作日） ·{' '}
                  {one.objections.length === 0 ? '没有收到异议' : `异议 ${one.objections.length} 条`}
                </div>
                {one.objections.map((objection) => (
                  <ObjectionRow key={objection.id} one={objection} onAnswer={() => setAnswering(objection)} />
                ))}
              </Card>
            ))
          )
        }
      </Loaded>
      <CutNote list="unitNotices" count={query.data?.length} />
      {answering && <AnswerModal one={answering} onClose={() => setAnswering(null)} />}
    </>
  )
}

const ObjectionRow = ({ one, onAnswer }: { one: Objection; onAnswer: () => void }) => (
  <div className="desk-objection">
    <Tag color={objectionColors[one.state]}>{objectionStateWords[one.state]}</Tag>
    <span className="public-aside">
      {longDay(one.raisedOn)} · 针对{one.about}
      {one.contact ? ` · 联系方式 ${one.contact}` : ' · 未留联系方式'}
    </span>
    <p>{one.body}</p>
    {one.state === 'open' ? (
      <Button size="small" type="primary" onClick={onAnswer}>
        核查答复
      </Button>
    ) : (
      <p className="public-aside">
        {longDay(one.answeredOn!)}答复：{one.answer}
      </p>
    )}
  </div>
)

function AnswerModal({ one, onClose }: { one: Objection; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    (body: NewAnswer, key) => call(publicNoticeApi.answer(one.id), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('已答复')
    },
  )
  return (
    <FormModal<NewAnswer>
      title={`答复对${one.about}的异议`}
      okText="答复"
      act={act}
      told={hasIssueAt(act.error, ['answer'])}
      initialValues={{ answer: '' }}
      onClose={onClose}
    >
      <p>{one.body}</p>
      <Form.Item
        label="核查结论"
        name="verdict"
        rules={[{ required: true, message: '请选择核查结论' }]}
        extra="答复后不能再改"
      >
        <Radio.Group
          options={[
            { value: 'invalid', label: '异议不成立，照常办理' },
            { value: 'valid', label: '异议成立，不再办理' },
          ]}
        />
      </Form.Item>
      <Form.Item
        label="核查情况和理由"
        name="answer"
        extra="提出人凭回执会看到"
        rules={[{ required: true, whitespace: true, message: '请写明核查情况和理由' }]}
        {...faultAt(act.error, 'answer')}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
    </FormModal>
  )
}
