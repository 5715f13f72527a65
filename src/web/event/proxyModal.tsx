import { App, Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { candidates, mostAtOnce, proxyDone, type EventDetail, type ProxyDone } from '#signup/api.ts'
import { entryStateWords } from '#signup/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { eventApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** A cadre signs members of her unit up; each has her own answer, with the reason where she has no place. */
export function ProxyModal({ found: e, onClose }: { found: EventDetail; onClose: () => void }) {
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<{ value: string; label: string }[]>([])
  const [typed, setTyped] = useState('')
  const [answers, setAnswers] = useState<ProxyDone | null>(null)
  const found = useApi(eventApi.candidates(e.id, typed.trim()), candidates, { keep: true })
  const act = useAct(
    (_: null, key) =>
      call(eventApi.enrolments(e.id), proxyDone, {
        method: 'POST',
        key,
        body: { personIds: chosen.map((one) => one.value) },
      }),
    (done) => {
      if (done.every((one) => one.refusal === null)) {
        void message.success(`已为 ${done.length} 人报名`)
        onClose()
      } else setAnswers(done)
    },
  )
  const nameOf = (id: string) => chosen.find((one) => one.value === id)?.label ?? ''
  return (
    <Modal
      open
      title="为本单位的会员报名"
      onCancel={onClose}
      footer={
        answers ? (
          <Button type="primary" onClick={onClose}>
            知道了
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>取消</Button>
            <Button
              type="primary"
              loading={act.busy}
              disabled={chosen.length === 0 || chosen.length > mostAtOnce}
              onClick={() => act.run(null)}
            >
              {chosen.length > 0 ? `报名 ${chosen.length} 人` : '报名'}
            </Button>
          </>
        )
      }
    >
      {answers ? (
        <ul className="event-answers">
          {answers.map((one) => (
            <li key={one.personId}>
              <b>{nameOf(one.personId)}</b>：{one.refusal ?? entryStateWords[one.state!]}
            </li>
          ))}
        </ul>
      ) : (
        <>
          <p>先问过本人愿意参加。报名的先后按下面选择的顺序。</p>
          <Select
            mode="multiple"
            labelInValue
            style={{ width: '100%' }}
            aria-label="会员"
            placeholder="输入姓名选择会员"
            filterOption={false}
            value={chosen}
            onSearch={setTyped}
            onChange={(to: { value: string; label: string }[]) => setChosen(to)}
            options={(found.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            notFoundContent={found.isFetching ? '正在查找…' : '没有还没报名的会员'}
          />
          <CutNote list="eventCandidates" count={found.data?.length} />
          {chosen.length > mostAtOnce && <p className="event-fault">{`一次最多报 ${mostAtOnce} 人`}</p>}
        </>
      )}
      {Boolean(act.error) && <Failure error={act.error} />}
    </Modal>
  )
}
