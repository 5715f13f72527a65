import { App, Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { bounds, boundWords } from '#kit/bounds.ts'
import type { Flagged, QuizDetail } from '#quiz/api.ts'
import { flagWords } from '#quiz/states.ts'
import { entryStateWords } from '#signup/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { at } from '../event/times.ts'
import { Sideways } from '../kit/sideways.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { quizApi } from './addresses.ts'

/** 需要核对的答题: what the organiser should look at before the draw; nothing follows by itself. */
export function FlaggedCard({ found }: { found: QuizDetail }) {
  const [asking, setAsking] = useState<Flagged | null>(null)
  const mayBar = found.draw !== null && found.draw.frozenAt !== null && found.draw.drawnAt === null
  return (
    <section className="hardship-card">
      <h2>需要核对的答题</h2>
      <p className="hardship-aside">
        系统只提示，不会自动取消成绩或抽奖资格。
        {found.draw !== null && '确属程序作答的，在抽奖名单固定以后、抽奖以前取消资格，本人会看到原因。'}
      </p>
      <Sideways label="需要核对的答题">
        <table className="plain-table quiz-flagged">
          <thead>
            <tr>
              <th>姓名</th>
              <th>单位</th>
              <th>开始</th>
              <th>作答用时（秒）</th>
              <th>得分</th>
              <th>提示</th>
              {found.draw !== null && <th>抽奖</th>}
            </tr>
          </thead>
          <tbody>
            {found.flagged.map((one) => (
              <tr key={one.id}>
                <td>{one.name}</td>
                <td>{one.org}</td>
                <td className="num">{at(one.startedAt)}</td>
                <td className="num">{one.seconds}</td>
                <td className="num">{`${one.score}/${one.asked}`}</td>
                <td>
                  {one.flags.map((flag) => (
                    <Tag key={flag} color="gold">
                      {flag === 'repeated' ? `重复交卷 ${one.submits} 次` : flagWords[flag]}
                    </Tag>
                  ))}
                </td>
                {found.draw !== null && (
                  <td>
                    {one.entryState === null ? (
                      '—'
                    ) : one.entryState === 'asked' && mayBar ? (
                      <Button onClick={() => setAsking(one)}>取消抽奖资格</Button>
                    ) : one.entryState === 'asked' ? (
                      '已列入'
                    ) : (
                      entryStateWords[one.entryState]
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
      {found.flagged.length >= bounds.quizFlagged.most && (
        <p className="hardship-aside">{boundWords('quizFlagged')}</p>
      )}
      {asking !== null && <BarModal quiz={found.id} one={asking} onClose={() => setAsking(null)} />}
    </section>
  )
}

function BarModal({ quiz, one, onClose }: { quiz: string; one: Flagged; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ reason }: { reason: string }, key) =>
      call(quizApi.bars(quiz), anything, {
        method: 'POST',
        key,
        body: { entryId: one.entryId, reason },
      }),
    () => {
      onClose()
      void message.success('已取消抽奖资格，公开材料里按编号列为退出')
    },
  )
  return (
    <FormModal<{ reason: string }>
      title={`取消${one.name}的抽奖资格`}
      okText="取消资格"
      danger
      act={act}
      told={act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="原因（本人会看到）"
        name="reason"
        rules={[{ required: true, whitespace: true, message: '请写明原因（至少 4 个字）' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormModal>
  )
}
