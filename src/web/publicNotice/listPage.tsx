import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { noticeKindWords, notices, objectionAnswer } from '#publicNotice/api.ts'
import { noticeStateWords, objectionStateWords } from '#publicNotice/state.ts'
import { call } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { longDay } from '#kit/day.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { publicNoticeApi } from './addresses.ts'
import { PublicFrame } from './frame.tsx'
import { noticeColors } from './words.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 公示, for anybody: what is to be given to whom, and where to ask what became of an objection. */
export function PublicNoticesPage() {
  const query = useApi(publicNoticeApi.all, notices)
  return (
    <PublicFrame title="公示" sub="对公示内容有不同意见，可在期限内提出，不留姓名也受理。">
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <Blank why="现在没有公示" />
          ) : (
            <ul className="public-list">
              {list.map((one) => (
                <li key={one.id}>
                  <div>
                    <a href={`${paths.publicNotices}/${one.id}`}>{one.title}</a>
                    <div className="public-aside">
                      {one.organiser} · {noticeKindWords[one.kind]} · {one.count} 项
                    </div>
                  </div>
                  <div>
                    <Tag color={noticeColors[one.state]}>{noticeStateWords[one.state]}</Tag>
                    <span className="public-aside">至 {longDay(one.closesOn)}</span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <CutNote list="publicNotices" count={query.data?.length} />
      <Receipt />
    </PublicFrame>
  )
}

function Receipt() {
  const [code, setCode] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['objection', code],
    queryFn: ({ signal }) =>
      call(publicNoticeApi.look, objectionAnswer, { method: 'POST', body: { receipt: code }, signal }),
    enabled: code !== null,
    retry: false,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  return (
    <section aria-live="polite">
      <h2>查异议的答复</h2>
      <Form<{ code: string }>
        layout="inline"
        className="public-receipt-form"
        requiredMark={false}
        onFinish={(values) => setCode(values.code.trim())}
      >
        <Form.Item
          label="回执"
          name="code"
          rules={[{ required: true, whitespace: true, message: '请输入回执' }]}
        >
          <Input maxLength={60} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Button htmlType="submit" loading={query.isFetching}>
          查询
        </Button>
      </Form>
      {query.error && (
        <Alert style={{ marginTop: 12 }} type="warning" showIcon title={toProblem(query.error).message} />
      )}
      {query.data && (
        <Alert
          style={{ marginTop: 12 }}
          type="info"
          title={`${objectionStateWords[query.data.state]} · ${query.data.title}`}
          description={
            query.data.answer
              ? `${longDay(query.data.answeredOn!)}答复：${query.data.answer}`
              : `${longDay(query.data.raisedOn)}收到，正在核查，请过几天再来查看。`
          }
        />
      )}
    </section>
  )
}
