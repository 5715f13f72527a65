import { lazy, Suspense, useState } from 'react'
import { myStanding, type MyEvent, type MyStanding } from '#signup/myApi.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { eventApi } from '../../web/event/addresses.ts'
import { hostKind } from '../kit/host.dom.ts'
import { Fault, Sheet } from '../kit/parts.tsx'
import { timeWords } from '../kit/times.ts'
import { AppealForm } from './appealForm.tsx'
import { ScanIn } from './scanIn.tsx'
import { isLive, isNext, isOn, isOpen } from './standing.ts'

// Apart, so that whoever only looks does not load what draws codes.
const TicketSheet = lazy(() => import('./ticket.tsx').then((m) => ({ default: m.TicketSheet })))

const enteredWords = ({ state, ahead }: MyStanding): string =>
  state === 'placed'
    ? '报上名了。'
    : state === 'waiting'
      ? `名额已满，您排在候补里，前面还有 ${ahead ?? 0} 人；轮到您会在这里看到。`
      : '已经报名，结果出来会在这里看到。'

const enterLabel = ({ mode, left, hasList }: MyEvent): string =>
  mode === 'draw' ? '参加抽签' : mode === 'firstCome' && left === 0 && hasList ? '报名候补' : '报名'

const post = (path: string, body?: object) => (key: string) =>
  call(path, anything, { method: 'POST', key, ...(body ? { body } : {}) })

/** What she may do with an event: sign up, confirm, give up, take another slot, say why she did not come. */
export function Acts({ one, all }: { one: MyEvent; all: readonly MyEvent[] }) {
  const [said, setSaid] = useState('')
  const [asking, setAsking] = useState(false)
  const [isShown, setShown] = useState(false)
  const id = one.entry?.id ?? ''
  const enter = useAct(
    (_: null, key) => call(eventApi.enter(one.id), myStanding, { method: 'POST', key }),
    (standing) => setSaid(enteredWords(standing)),
  )
  const leave = useAct(
    (_: null, key) => post(eventApi.leave(id))(key),
    () => {
      setAsking(false)
      setSaid('已取消，名额给下一位。')
    },
  )
  const take = useAct(
    (_: null, key) => post(eventApi.take(id))(key),
    () => setSaid('已确认，名额是您的了。'),
  )
  const move = useAct(
    (eventId: string, key) => post(eventApi.slot(id), { eventId })(key),
    () => setSaid('已改约。'),
  )
  const acts = [enter, take, move]
  const failed = acts.find(({ error }) => error)
  const busy = acts.some((act) => act.busy)
  const [live, on] = [isLive(one), isOn(one)]
  const slots = all.filter(
    (other) =>
      one.seriesId !== null && other.seriesId === one.seriesId && other.id !== one.id && isOpen(other),
  )
  const gives = one.entry?.state === 'offered' ? '放弃这个名额' : '取消报名'
  return (
    <>
      {said && (
        <p className="said" role="status">
          {said}
        </p>
      )}
      {failed && <Fault error={failed.error} again={failed.again} />}
      {one.phase === 'before' && one.entry === null && (
        <p className="soft num">{`${timeWords(one.opensAt)} 开始报名`}</p>
      )}
      {!live && one.phase === 'signing' && one.entry?.state !== 'refused' && (
        <button
          type="button"
          className="button button-main button-wide"
          disabled={busy}
          onClick={() => enter.run(null)}
        >
          {enter.busy ? '正在报名…' : enterLabel(one)}
        </button>
      )}
      {one.entry?.state === 'offered' && on && (
        <button
          type="button"
          className="button button-main button-wide"
          disabled={busy}
          onClick={() => take.run(null)}
        >
          确认参加
        </button>
      )}
      {one.entry?.state === 'placed' && one.entry.cameAt === null && isNext(one) && (
        <button type="button" className="button button-wide" onClick={() => setShown(true)}>
          入场码
        </button>
      )}
      {one.entry?.state === 'placed' &&
        one.entry.cameAt === null &&
        isNext(one) &&
        hostKind !== 'browser' && <ScanIn />}
      {isShown && (
        <Suspense>
          <TicketSheet entryId={id} onClose={() => setShown(false)} />
        </Suspense>
      )}
      {live && on && slots.length > 0 && (
        <label className="field">
          改约其他时段
          <select
            value=""
            disabled={busy}
            onChange={(event) => event.target.value !== '' && move.run(event.target.value)}
          >
            <option value="">请选择</option>
            {slots.map((slot) => (
              <option key={slot.id} value={slot.id}>
                {`${timeWords(slot.startsAt)}${slot.left === null ? '' : `（剩 ${slot.left}）`}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {live && on && one.kind !== 'prize' && (
        <button type="button" className="button button-wide" disabled={busy} onClick={() => setAsking(true)}>
          {gives}
        </button>
      )}
      {one.entry?.noShow === 'counted' && <AppealForm path={eventApi.appeal(id)} />}
      {asking && (
        <Sheet title={`${gives}？`} onClose={() => setAsking(false)}>
          <p>名额随即给下一位，再报要重新排队。</p>
          {leave.error && <Fault error={leave.error} />}
          <div className="acts">
            <button type="button" className="button" style={{ flex: 1 }} onClick={() => setAsking(false)}>
              再想想
            </button>
            <button
              type="button"
              className="button button-main"
              style={{ flex: 1 }}
              disabled={leave.busy}
              onClick={() => leave.run(null)}
            >
              {gives}
            </button>
          </div>
        </Sheet>
      )}
    </>
  )
}
