import '../hardship/hardship.css'
import './event.css'
import { Alert, App, Button, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { myEvents, myStanding, type MyEvent, type MyEvents } from '#signup/myApi.ts'
import { entryStateWords, eventKindWords, eventModeWords, liveStates, noShowWords } from '#signup/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { useFailed } from '../kit/failed.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { eventApi } from './addresses.ts'
import { entryColors } from './entriesCard.tsx'
import { TicketButton } from './ticketButton.tsx'
import { at, span } from './times.ts'
import { CutNote } from '../kit/cutNote.tsx'

const isLive = ({ entry }: MyEvent) => entry !== null && liveStates.includes(entry.state)
const isNext = (one: MyEvent) => isLive(one) && !['ended', 'over', 'cancelled'].includes(one.phase)
const isOpen = ({ phase }: MyEvent) => phase === 'signing' || phase === 'before'

/** 我的活动: her places and turns, what she may sign up for, what was. */
export function MyEventsPage() {
  const query = useApi(eventApi.mine, myEvents, { keep: true })
  return (
    <div className="my-page">
      <PageHead title="我的活动" sub="报名、候补、抽签结果和签到都在这里；不能来请及时取消，名额给下一位" />
      <Loaded query={query}>
        {(found) =>
          found.isRegistered ? (
            <Lists found={found} />
          ) : (
            <Blank why="您还没有登记在会员名册里，登记后才能报名；请联系所在单位的女职工委员" />
          )
        }
      </Loaded>
    </div>
  )
}

function Lists({ found }: { found: MyEvents }) {
  const next = found.rows.filter(isNext)
  const open = found.rows.filter((one) => !isNext(one) && isOpen(one))
  const past = found.rows.filter((one) => one.entry !== null && !next.includes(one) && !open.includes(one))
  const groups: [string, MyEvent[], string][] = [
    ['我报了名的', next, '还没有报名'],
    ['可以报名的', open, '现在没有可以报名的活动'],
    ...(past.length > 0 ? [['以前的', past, ''] as [string, MyEvent[], string]] : []),
  ]
  return (
    <>
      {groups.map(([title, rows, why]) => (
        <section key={title} className="event-group">
          <h2>{title}</h2>
          {rows.length === 0 ? (
            <p className="hardship-aside">{why}</p>
          ) : (
            rows.map((one) => <EventCard key={one.id} one={one} all={found.rows} />)
          )}
        </section>
      ))}
      <CutNote list="myEvents" count={found.rows.length} />
      {found.news.length > 0 && (
        <section className="event-group">
          <h2>通知</h2>
          <ul className="event-words">
            {found.news.map((one) => (
              <li key={`${one.at} ${one.subject}`}>
                <span className="hardship-aside num">{formatInstant(one.at)}</span> {one.subject}
              </li>
            ))}
          </ul>
          <CutNote list="eventNews" count={found.news.length} />
        </section>
      )}
    </>
  )
}

function EventCard({ one, all }: { one: MyEvent; all: readonly MyEvent[] }) {
  return (
    <article className="hardship-card event-card">
      <h3>
        {one.title} <Tag>{eventKindWords[one.kind]}</Tag>
        {one.entry && <Tag color={entryColors[one.entry.state]}>{entryStateWords[one.entry.state]}</Tag>}
      </h3>
      <p>
        <b>{span(one.startsAt, one.endsAt)}</b>
        <br />
        {one.place}
        <span className="hardship-aside"> · {one.org.name}</span>
      </p>
      {one.about !== '' && <p className="event-about">{one.about}</p>}
      {one.phase === 'cancelled' ? (
        <Alert type="warning" title={one.entry?.reason ?? '活动已取消'} />
      ) : (
        <p className="hardship-aside num">
          {one.mode === 'draw'
            ? `名额 ${one.cap} 个，抽签；${at(one.closesAt)} 截止`
            : `${eventModeWords[one.mode]}，名额 ${one.cap} 个${one.left === null ? '' : `，还剩 ${one.left} 个`}${one.hasList && one.waiting > 0 ? `，候补 ${one.waiting} 人` : ''}；${at(one.closesAt)} 截止`}
        </p>
      )}
      <Standing one={one} />
      {one.words.map((word) => (
        <Alert key={word.at} type="info" className="event-note" title={`主办单位通知：${word.body}`} />
      ))}
      <Acts one={one} all={all} />
    </article>
  )
}

function Standing({ one: { entry, mode, id, cancelUntil } }: { one: MyEvent }) {
  if (entry === null) return null
  const lines: React.ReactNode[] = []
  if (entry.state === 'waiting') lines.push(`您前面还有 ${entry.ahead ?? 0} 人`)
  if (entry.state === 'offered') lines.push(`请在 ${at(entry.offerUntil!)} 以前确认，过期给下一位`)
  if (mode === 'draw') lines.push(`您的抽签编号是 ${entry.seq}`)
  if (entry.state === 'placed' && entry.cameAt === null) lines.push(`不能来请在 ${at(cancelUntil)} 以前取消`)
  if (entry.cameAt !== null) lines.push(`已签到 ${at(entry.cameAt)}`)
  if (entry.reason && ['refused', 'expired'].includes(entry.state)) lines.push(entry.reason)
  if (entry.noShow) lines.push(noShowWords[entry.noShow])
  if (entry.appealAnswer) lines.push(`答复：${entry.appealAnswer}`)
  if (mode === 'draw')
    lines.push(
      <a key="draw" href={paths.draw.replace('$id', id)} target="_blank" rel="noreferrer">
        抽签的公开材料
      </a>,
    )
  return (
    <p className="event-standing num">
      {lines.map((line, n) => (
        <span key={n}>{line}</span>
      ))}
    </p>
  )
}

function Acts({ one, all }: { one: MyEvent; all: readonly MyEvent[] }) {
  const { message, modal } = App.useApp()
  const failed = useFailed()
  const [appealing, setAppealing] = useState(false)
  const done = (said: string) => () => void message.success(said)
  const enter = useAct(
    (_: null, key) => call(eventApi.enter(one.id), myStanding, { method: 'POST', key }),
    ({ state, ahead }) =>
      void message.success(
        state === 'placed'
          ? '已报上名'
          : state === 'waiting'
            ? `名额已满，已列入候补，前面还有 ${ahead ?? 0} 人`
            : '已报名，请等结果',
      ),
    failed,
  )
  const id = one.entry?.id ?? ''
  const leave = useAct(
    (_: null, key) => call(eventApi.leave(id), anything, { method: 'POST', key }),
    done('已取消，名额给下一位'),
    failed,
  )
  const take = useAct(
    (_: null, key) => call(eventApi.take(id), anything, { method: 'POST', key }),
    done('已确认，名额是您的了'),
    failed,
  )
  const move = useAct(
    (eventId: string, key) => call(eventApi.slot(id), anything, { method: 'POST', key, body: { eventId } }),
    done('已改约'),
    failed,
  )
  const slots = all.filter(
    (other) =>
      one.seriesId !== null && other.seriesId === one.seriesId && other.id !== one.id && isOpen(other),
  )
  const ask = () =>
    void modal.confirm({
      title: one.entry?.state === 'offered' ? '放弃这个名额？' : '取消报名？',
      content: '名额随即给下一位，再报要重新排队',
      okText: '取消报名',
      cancelText: '再想想',
      onOk: () => leave.run(null),
    })
  const isOn = !['ended', 'over', 'cancelled', 'running'].includes(one.phase)
  return (
    <div className="event-acts">
      {!isLive(one) && one.phase === 'signing' && one.entry?.state !== 'refused' && (
        <Button type="primary" size="large" loading={enter.busy} onClick={() => enter.run(null)}>
          {one.left === 0 || (one.mode === 'firstCome' && one.taken >= one.cap)
            ? one.hasList
              ? '报名候补'
              : '报名'
            : one.mode === 'draw'
              ? '参加抽签'
              : '报名'}
        </Button>
      )}
      {one.phase === 'before' && one.entry === null && (
        <span className="hardship-aside num">{`${at(one.opensAt)} 开始报名`}</span>
      )}
      {one.entry?.state === 'offered' && isOn && (
        <Button type="primary" size="large" loading={take.busy} onClick={() => take.run(null)}>
          确认参加
        </Button>
      )}
      {one.entry?.state === 'placed' && one.entry.cameAt === null && isNext(one) && (
        <TicketButton entryId={one.entry.id} title={one.title} />
      )}
      {isLive(one) && isOn && one.kind !== 'prize' && (
        <Button size="large" loading={leave.busy} onClick={ask}>
          {one.entry?.state === 'offered' ? '放弃' : '取消报名'}
        </Button>
      )}
      {isLive(one) && isOn && slots.length > 0 && (
        <Select
          aria-label="改约"
          placeholder="改约其他时段"
          style={{ minWidth: 220 }}
          value={null}
          onChange={(to: string | null) => to && move.run(to)}
          options={slots.map((slot) => ({
            value: slot.id,
            label: `${at(slot.startsAt)}${slot.left === null ? '' : `（剩 ${slot.left}）`}`,
          }))}
        />
      )}
      {one.entry?.noShow === 'counted' && (
        <Button onClick={() => setAppealing(true)}>说明没有到场的原因</Button>
      )}
      {appealing && <AppealModal id={id} onClose={() => setAppealing(false)} />}
    </div>
  )
}

function AppealModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    (body: { words: string }, key) => call(eventApi.appeal(id), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('已说明，主办单位会答复')
    },
  )
  return (
    <FormModal<{ words: string }>
      title="说明没有到场的原因"
      okText="提交"
      act={act}
      told={act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="原因"
        name="words"
        extra="只有主办单位和本单位看得到；不用写病情等细节"
        rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
        {...faultAt(act.error, 'words')}
      >
        <Input.TextArea maxLength={300} showCount autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormModal>
  )
}
