import { App, Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { attendanceDone, type EntryLine, type EventDetail } from '#signup/api.ts'
import { attendanceWords, entryStateWords, liveStates, noShowWords, type EntryState } from '#signup/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { isTold } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { Sideways } from '../kit/sideways.tsx'
import { Blank } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { eventApi } from './addresses.ts'
import { AnswerModal } from './answerModal.tsx'
import { Came, NoteButton, SessionChoice, sessionNow } from './presence.tsx'
import { ProxyModal } from './proxyModal.tsx'
import { at } from './times.ts'

export const entryColors: Readonly<Record<EntryState, string>> = {
  placed: 'green',
  waiting: 'gold',
  offered: 'gold',
  asked: 'blue',
  refused: 'default',
  cancelled: 'default',
  declined: 'default',
  expired: 'default',
}

/** 报名名单: all of it to the organiser, of another unit its own women, with what may be done about each. */
export function EntriesCard({ found: e }: { found: EventDetail }) {
  const { message, modal } = App.useApp()
  const [proxy, setProxy] = useState(false)
  const [refusing, setRefusing] = useState<EntryLine | null>(null)
  const [answering, setAnswering] = useState<EntryLine | null>(null)
  const [isPaper, setPaper] = useState(false)
  const [sessionId, setSession] = useState(() => sessionNow(e))
  const failed = useFailed()
  const tick = useAct(
    ({ one, hasCome }: { one: EntryLine; hasCome: boolean }, key) =>
      call(eventApi.attendance(e.id), attendanceDone, {
        method: 'PUT',
        key,
        body: {
          personIds: [one.personId],
          hasCome,
          how: isPaper ? 'paper' : 'tick',
          ...(sessionId === null ? {} : { session: { id: sessionId, state: 'came', missedMinutes: null } }),
        },
      }),
    (_, { one, hasCome }) =>
      void message.success(hasCome ? `已登记${one.name}到场` : `已撤回${one.name}的到场登记`),
    failed,
  )
  const take = useAct(
    (one: EntryLine, key) =>
      call(eventApi.decision(one.id), anything, { method: 'PUT', key, body: { isTaken: true } }),
    (_, one) => void message.success(`${one.name}已有名额`),
    failed,
  )
  const leave = useAct(
    (one: EntryLine, key) => call(eventApi.leave(one.id), anything, { method: 'POST', key }),
    (_, one) => void message.success(`已为${one.name}取消报名`),
    failed,
  )
  const askLeave = (one: EntryLine) =>
    void modal.confirm({
      title: `为${one.name}取消报名？`,
      content: '名额随即给下一位，再报要重新排队',
      okText: '取消报名',
      okButtonProps: { danger: true },
      cancelText: '不取消',
      onOk: () => leave.run(one),
    })
  const isSigning = e.phase === 'signing'
  const mayTick = e.isOwner && e.kind !== 'match' && ['closed', 'running', 'over'].includes(e.phase)
  // Near the name, so that who ticks off on a telephone need not scroll.
  const hasActs =
    mayTick ||
    (e.isOwner
      ? e.mode === 'review' || e.entries.some(({ noShow }) => noShow === 'counted' || noShow === 'appealed')
      : e.state === 'open')
  // Of several sessions what is noted of the chosen one is changed by its own button.
  const notedIn = (one: EntryLine) => one.presences.some((p) => p.sessionId === sessionId)
  const hasCome = (one: EntryLine) => sessionId === null && one.cameAt !== null
  const acts = (one: EntryLine) => (
    <>
      {e.isOwner && e.mode === 'review' && one.state === 'asked' && (
        <>
          <Button
            size="small"
            loading={take.busy}
            onClick={() => take.run(one)}
            aria-label={`通过 ${one.name}`}
          >
            通过
          </Button>
          <Button size="small" onClick={() => setRefusing(one)} aria-label={`不通过 ${one.name}`}>
            不通过
          </Button>
        </>
      )}
      {mayTick && one.state === 'placed' && !notedIn(one) && (
        <Button
          size="small"
          type={hasCome(one) ? 'text' : 'default'}
          onClick={() => tick.run({ one, hasCome: !hasCome(one) })}
          aria-label={`${hasCome(one) ? '撤回到场' : '到场'} ${one.name}`}
        >
          {hasCome(one) ? '撤回' : '到场'}
        </Button>
      )}
      {mayTick && one.state === 'placed' && sessionId !== null && (
        <NoteButton found={e} one={one} sessionId={sessionId} isPaper={isPaper} />
      )}
      {e.isOwner && (one.noShow === 'counted' || one.noShow === 'appealed') && (
        <Button size="small" onClick={() => setAnswering(one)} aria-label={`办理缺席 ${one.name}`}>
          {one.noShow === 'appealed' ? '答复申诉' : '谅解'}
        </Button>
      )}
      {!e.isOwner && e.state === 'open' && liveStates.includes(one.state) && (
        <Button
          size="small"
          loading={leave.busy}
          onClick={() => askLeave(one)}
          aria-label={`取消报名 ${one.name}`}
        >
          取消报名
        </Button>
      )}
    </>
  )
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>{e.isOwner ? '报名名单' : '本单位的报名'}</h2>
        <div className="event-acts">
          {mayTick && (
            <Button
              type={isPaper ? 'primary' : 'default'}
              aria-pressed={isPaper}
              onClick={() => setPaper(!isPaper)}
            >
              {isPaper ? '正在按纸质名单补录' : '按纸质名单补录'}
            </Button>
          )}
          {isSigning && <Button onClick={() => setProxy(true)}>为会员报名</Button>}
        </div>
      </div>
      {mayTick && sessionId !== null && <SessionChoice found={e} value={sessionId} onChange={setSession} />}
      {e.entries.length === 0 ? (
        <Blank
          why={
            e.phase === 'draft'
              ? '发布后才能报名'
              : isSigning
                ? '还没有人报名，可以点“为会员报名”'
                : '没有报名'
          }
        />
      ) : (
        <Sideways label="报名名单">
          <table className="plain-table event-entries">
            <thead>
              <tr>
                <th>{e.mode === 'draw' ? '编号' : '序号'}</th>
                {e.draw?.drawnAt && <th>签次</th>}
                <th>姓名</th>
                {hasActs && <th>办理</th>}
                <th>状态</th>
                <th>到场</th>
                <th>单位</th>
                <th>报名时间</th>
              </tr>
            </thead>
            <tbody>
              {e.entries.map((one) => (
                <tr key={one.id}>
                  <td className="num">{one.seq}</td>
                  {e.draw?.drawnAt && <td className="num">{one.turn ?? '—'}</td>}
                  <td>{one.name}</td>
                  {hasActs && <td className="event-acts">{acts(one)}</td>}
                  <td>
                    <Tag color={entryColors[one.state]}>{entryStateWords[one.state]}</Tag>
                    {one.state === 'offered' && one.offerUntil && `到 ${at(one.offerUntil)}`}
                    {one.reason && <span className="hardship-aside">{one.reason}</span>}
                  </td>
                  <td>
                    {e.isOwner && e.doneRule ? (
                      <Came found={e} one={one} />
                    ) : (
                      one.cameAt !== null && `${at(one.cameAt).slice(5)} ${attendanceWords[one.cameHow!]}`
                    )}
                    {one.noShow && (
                      <>
                        {noShowWords[one.noShow]}
                        {one.appeal && <div className="hardship-aside">{one.appeal}</div>}
                      </>
                    )}
                    {one.cameAt === null && one.presences.length === 0 && !one.noShow && '—'}
                  </td>
                  <td>{one.org}</td>
                  <td className="num">
                    {at(one.askedAt)}
                    {one.isProxy && <span className="hardship-aside"> 代报</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      )}
      {proxy && <ProxyModal found={e} onClose={() => setProxy(false)} />}
      {refusing && <RefuseModal one={refusing} onClose={() => setRefusing(null)} />}
      {answering && <AnswerModal one={answering} onClose={() => setAnswering(null)} />}
    </section>
  )
}

type OneProps = { one: EntryLine; onClose: () => void }

function RefuseModal({ one, onClose }: OneProps) {
  const { message } = App.useApp()
  const act = useAct(
    ({ reason }: { reason: string }, key) =>
      call(eventApi.decision(one.id), anything, { method: 'PUT', key, body: { isTaken: false, reason } }),
    () => {
      onClose()
      void message.success(`已告知${one.name}`)
    },
  )
  return (
    <FormModal<{ reason: string }>
      title={`${one.name}的报名不通过`}
      okText="不通过"
      danger
      act={act}
      told={isTold(act.error)}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="原因（她会看到）"
        name="reason"
        rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormModal>
  )
}
