import '../hardship/hardship.css'
import './event.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { v4 as uuid } from 'uuid'
import { eventDetail, type EntryLine, type EventDetail } from '#signup/api.ts'
import { sessionAt, type OnNow } from '#signup/sessions.ts'
import { eventScans, mostScans, type EventScans } from '#signup/scanApi.ts'
import { faultOf, readTicket, scanFaults, scanWords, type ScanFault } from '#signup/ticket.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { PageHead } from '../kit/pageHead.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { eventApi } from './addresses.ts'
import { Camera } from './camera.tsx'
import { cameBefore, placeOf, uploaded, type KeptScan } from './kept.ts'
import { isGenuine, keep, readKept, sendScans } from './scans.dom.ts'
import { ScansToLookAt } from './scansToLookAt.tsx'
import { at } from './times.ts'

const route = getRouteApi(paths.eventScan)
const againMs = 20_000

/** 现场扫码: tickets at the door, with or without a line; what is scanned stays on this telephone until the server has it. */
export function EventScanPage() {
  const { id } = route.useParams()
  const event = useApi(eventApi.one(id), eventDetail, { keep: true })
  const scans = useApi(eventApi.scans(id), eventScans, { keep: true })
  return (
    <>
      <PageHead
        title={event.data?.title ?? '现场扫码'}
        sub="扫参加人“我的活动”里的入场码；没有网络也能扫，先记在这台手机上，有网络时自动上传"
        extra={
          <Link to={paths.event} params={{ id }}>
            <Button>回到活动</Button>
          </Link>
        }
      />
      <Loaded query={scans}>
        {(toLookAt) => (
          <Loaded query={event}>
            {(found) => (
              <>
                <Door found={found} toLookAt={toLookAt} />
                <ScansToLookAt rows={toLookAt.rows} entries={found.entries} />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  )
}

/** When she came to the session that is on; of an event with one attendance, when she came. */
const cameTo = (entry: EntryLine, on: OnNow | null): string | null =>
  on === null ? entry.cameAt : (entry.presences.find((p) => p.sessionId === on.id)?.cameAt ?? null)

type Said = { text: string; type: 'success' | 'warning' | 'error' }

function Door({ found: e, toLookAt: { key, now } }: { found: EventDetail; toLookAt: EventScans }) {
  const account = useMe().account.id
  const [list, setList] = useState(() => readKept(e.id, account))
  const [isKept, setKept] = useState(true)
  const [said, setSaid] = useState<Said | null>(null)
  const [typed, setTyped] = useState('')
  // By how much the server's clock is ahead of this one: tickets are valid by the server's.
  const [offMs] = useState(() => Date.parse(now) - Date.now())
  const [on, setOn] = useState(() => sessionAt(e.sessions, new Date(now)))
  useEffect(() => {
    const timer = setInterval(() => setOn(sessionAt(e.sessions, new Date(Date.now() + offMs))), againMs)
    return () => clearInterval(timer)
  }, [e.sessions, offMs])
  const put = (to: (before: KeptScan[]) => KeptScan[]) =>
    setList((before) => {
      const after = to(before)
      setKept(keep(e.id, account, after))
      return after
    })
  const pending = list.filter(({ outcome }) => outcome === null)
  const send = useAct(
    (batch: KeptScan[], requestKey) => sendScans(e.id, batch, requestKey),
    (done) => put((before) => uploaded(before, done)),
  )
  const isOffline = send.error instanceof ApiProblem && send.error.status === 0
  const go = useRef(() => undefined as void)
  useEffect(() => {
    go.current = () => {
      if (pending.length > 0 && !send.busy) send.run(pending.slice(0, mostScans))
    }
  })
  // At once, and again as long as there is no line.
  const count = pending.length
  useEffect(() => {
    if (count > 0) go.current()
  }, [count])
  useEffect(() => {
    const timer = setInterval(() => go.current(), againMs)
    const online = () => go.current()
    addEventListener('online', online)
    return () => {
      clearInterval(timer)
      removeEventListener('online', online)
    }
  }, [])
  const nameOf = (entryId: string | undefined) => e.entries.find((one) => one.id === entryId)?.name ?? ''
  const note = (scan: Pick<KeptScan, 'ticket' | 'entryId' | 'fault'>) =>
    put((before) => [
      { id: uuid(), ...scan, at: new Date().toISOString(), outcome: null, code: null },
      ...before,
    ])
  const welcome = (entryId: string | undefined): Said => {
    const entry = e.entries.find((one) => one.id === entryId)
    const name = entry?.name ?? '名单更新后新报的人'
    const before = cameBefore(list, entryId, (entry && cameTo(entry, on)) ?? null, offMs, on?.fromMs)
    return before === null
      ? { text: `${name}：已记下`, type: 'success' }
      : { text: `${name}：已签过（${at(before).slice(11)}）`, type: 'warning' }
  }
  const take = async (text: string) => {
    setTyped('')
    if (text.trim() === '') return
    const read = readTicket(text)
    const genuine = read && (await isGenuine(read.signed, read.signature, key.publicKey))
    const entry = e.entries.find((one) => one.id === read?.ticket.entryId)
    const fault: ScanFault | null =
      faultOf(read, e.id, key.id, genuine, new Date(Date.now() + offMs)) ??
      (entry && entry.state !== 'placed' ? 'cancelled' : null)
    setSaid(fault === null ? welcome(read?.ticket.entryId) : { text: scanFaults[fault], type: 'error' })
    // What was refused here is sent as well: the organiser sees what was tried.
    note({ ticket: text.slice(0, 400), fault })
  }
  const choose = (entryId: string) => {
    setSaid(welcome(entryId))
    note({ entryId })
  }
  return (
    <section className="hardship-card">
      {e.state === 'ended' ? (
        <Alert
          className="event-note"
          type="info"
          showIcon
          title="活动已结束登记，不再签到；这台手机上没有上传的会自动上传，列在“要核对的”里"
        />
      ) : (
        <div className="event-acts">
          <Input
            autoFocus
            aria-label="入场码"
            placeholder="扫码枪扫入，或粘贴入场码后回车"
            style={{ maxWidth: 420 }}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onPressEnter={() => void take(typed)}
          />
          <Select
            showSearch
            aria-label="没带手机的，选姓名"
            placeholder="没带手机的，选姓名"
            style={{ minWidth: 220 }}
            value={null}
            optionFilterProp="label"
            onChange={(entryId: string | null) => entryId && choose(entryId)}
            options={e.entries
              .filter((one) => one.state === 'placed' && cameTo(one, on) === null)
              .map((one) => ({ value: one.id, label: `${one.name} ${one.org}` }))}
          />
          <Camera onCode={(text) => void take(text)} />
        </div>
      )}
      {said && (
        <Alert className="event-note event-said" role="status" type={said.type} showIcon title={said.text} />
      )}
      {!isKept && (
        <Alert
          className="event-note"
          type="warning"
          showIcon
          title="这个浏览器不能保存，关掉本页会丢掉没有上传的；请先上传再离开"
        />
      )}
      <p className="num">
        {`已到场 ${e.came} 人，共 ${e.counts.placed} 人有名额。`}
        {pending.length > 0
          ? `${pending.length} 条还没有上传${isOffline ? '，现在没有网络，恢复后自动上传' : ''}。`
          : list.length > 0
            ? '扫过的都已上传。'
            : ''}
      </p>
      {Boolean(send.error) && !isOffline && <Failure error={send.error} />}
      {list.length > 0 && (
        <ul className="event-answers num">
          {list.slice(0, 20).map((one) => {
            const name = nameOf(placeOf(one))
            const words =
              one.outcome === null
                ? '待上传'
                : one.code === null
                  ? scanWords[one.outcome]
                  : scanFaults[one.code]
            return (
              <li
                key={one.id}
              >{`${at(new Date(Date.parse(one.at) + offMs).toISOString()).slice(11)} ${name} ${words}`}</li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
