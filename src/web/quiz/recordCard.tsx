import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { quizRecordDone, type QuizDetail } from '#quiz/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { useFailed } from '../kit/failed.ts'
import { paths } from '../paths.ts'
import { quizApi } from './addresses.ts'

/** 计入有奖答题: the valid attempts become the record, so that nobody types them again. */
export function RecordCard({ found: q }: { found: QuizDetail }) {
  const { message } = App.useApp()
  const act = useAct(
    (_: null, key) => call(quizApi.record(q.id), quizRecordDone, { method: 'POST', key }),
    ({ attendances }) => void message.success(`已生成有奖答题填报，${attendances} 人次，等待审核`),
    useFailed(),
  )
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>计入有奖答题</h2>
        {q.recordId === null && (
          <Button
            type="primary"
            disabled={q.counts.valid === 0}
            loading={act.busy}
            onClick={() => act.run(null)}
          >
            计入有奖答题
          </Button>
        )}
      </div>
      <p className="hardship-text">
        {q.recordId !== null ? (
          <>
            已按有效答题生成
            <Link className="link in-text" to={paths.records} params={{ programme: 'quiz' }}>
              有奖答题记录
            </Link>
            （证据等级：实名），审核通过后计数，不用再填报。
          </>
        ) : q.counts.valid === 0 ? (
          '没有有效答题，不能计入。'
        ) : (
          `按 ${q.counts.valid} 人次有效答题（交了卷并且每题都作答）生成一条填报，证据等级为实名，交上级审核。`
        )}
      </p>
    </section>
  )
}
