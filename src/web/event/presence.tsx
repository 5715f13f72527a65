import { App, Button, Form, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { attendanceDone, type Attendance, type EntryLine, type EventDetail } from '#signup/api.ts'
import { presenceStates, presenceWords, type PresenceState } from '#signup/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { isTold } from '../api/problem.ts'
import { eventApi } from './addresses.ts'
import { at, span } from './times.ts'

/** The session that is on or was last, by how events stand on the day of the installation; null where there is one attendance for all. */
export function sessionNow({ sessions, phase, entries }: EventDetail): string | null {
  if (sessions.length === 0) return null
  if (phase === 'over') return sessions.at(-1)!.id
  // The last one of which something is noted, else the first.
  const noted = sessions.filter(({ id }) =>
    entries.some(({ presences }) => presences.some((p) => p.sessionId === id && p.state === 'came')),
  )
  return (noted.at(-1) ?? sessions[0]!).id
}

type ChoiceProps = { found: EventDetail; value: string; onChange: (id: string) => void }

/** Which of the evenings is noted. */
export const SessionChoice = ({ found: e, value, onChange }: ChoiceProps) => (
  <p className="event-acts">
    <Select
      aria-label="登记哪一次课"
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={e.sessions.map((one, n) => ({
        value: one.id,
        label: `第 ${n + 1} 次 ${span(one.startsAt, one.endsAt)}`,
      }))}
    />
    <span className="hardship-aside num">
      {`这一次已登记到场 ${e.entries.filter((one) => one.presences.some((p) => p.sessionId === value && p.state !== 'excused')).length} 人`}
    </span>
  </p>
)

/** In how many she was, and what is noted of each that is not plain. */
export function Came({ found: e, one }: { found: EventDetail; one: EntryLine }) {
  if (one.presences.length === 0) return null
  const counted = one.presences.filter(({ counts }) => counts).length
  return (
    <>
      <span className="num">{`${counted}/${e.sessions.length} 次`}</span>
      {one.isDone !== null && (one.isDone ? '，已完成' : '，未完成')}
      <div className="hardship-aside num">
        {e.sessions
          .flatMap(({ id }, n) =>
            one.presences.filter((p) => p.sessionId === id).map((p) => `第 ${n + 1} 次${wordsOf(p)}`),
          )
          .join('；')}
      </div>
    </>
  )
}

const wordsOf = ({ state, cameAt, missedMinutes, counts }: EntryLine['presences'][number]): string =>
  state === 'came'
    ? `${at(cameAt!).slice(11)}到${missedMinutes ? `，缺 ${missedMinutes} 分钟` : ''}${counts ? '' : '，时间不够'}`
    : presenceWords[state]

type Values = { state: PresenceState | 'absent'; missedMinutes: number | null }
type NoteProps = { found: EventDetail; one: EntryLine; sessionId: string; isPaper: boolean }

/** 登记: late, gone early, excused, made up, or not there at all. */
export function NoteButton({ found: e, one, sessionId, isPaper }: NoteProps) {
  const { message } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const noted = one.presences.find((p) => p.sessionId === sessionId)
  const act = useAct(
    ({ state, missedMinutes }: Values, key) => {
      const body: Attendance = {
        personIds: [one.personId],
        hasCome: state !== 'absent',
        how: isPaper ? 'paper' : 'tick',
        session: {
          id: sessionId,
          state: state === 'absent' ? 'came' : state,
          missedMinutes: state === 'came' ? (missedMinutes ?? null) : null,
        },
      }
      return call(eventApi.attendance(e.id), attendanceDone, { method: 'PUT', key, body })
    },
    () => {
      setOpen(false)
      void message.success(`已登记${one.name}`)
    },
  )
  return (
    <>
      <Button
        size="small"
        type={noted ? 'default' : 'text'}
        onClick={() => setOpen(true)}
        aria-label={`${noted ? '修改' : '其他'} ${one.name}`}
      >
        {noted ? '修改' : '其他'}
      </Button>
      {isOpen && (
        <FormModal<Values>
          title={`${one.name}这一次`}
          okText="登记"
          act={act}
          told={isTold(act.error)}
          initialValues={{ state: noted?.state ?? 'came', missedMinutes: noted?.missedMinutes ?? null }}
          onClose={() => setOpen(false)}
        >
          {noted?.cameAt && <p className="num">{`登记的到场时间：${at(noted.cameAt)}`}</p>}
          <Form.Item name="state" label="到场情况">
            <Radio.Group
              options={[...presenceStates, 'absent' as const].map((value) => ({
                value,
                label: presenceWords[value],
              }))}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a, b) => a.state !== b.state}>
            {({ getFieldValue }) =>
              getFieldValue('state') === 'came' && (
                <Form.Item
                  name="missedMinutes"
                  label="迟到、早退共多少分钟（没有的不填）"
                  extra={`缺得多、没上满 ${e.doneRule?.share}% 的，这一次不算到`}
                >
                  <InputNumber min={0} max={1440} precision={0} />
                </Form.Item>
              )
            }
          </Form.Item>
        </FormModal>
      )}
    </>
  )
}
