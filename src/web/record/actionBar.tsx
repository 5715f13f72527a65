import { useNavigate } from '@tanstack/react-router'
import { App, Button, Flex, Tooltip } from 'antd'
import { useState } from 'react'
import { written, type Act, type OfferedAction, type RecordDetail } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { useHotkeys } from '../kit/hotkeys.tsx'
import { Failure } from '../kit/states.tsx'
import { Why } from '../kit/why.tsx'
import { api, paths } from '../paths.ts'
import { AskModal } from './askModal.tsx'
import type { Remarks } from './remarks.tsx'
import { doneWord } from './words.ts'

type ActionBarProps = {
  detail: RecordDetail
  remarks: Remarks
  /** After an act that ends her part: the queue goes on to the next record. */
  onDone?: () => void
  /** In the queue: 「通过并下一条」. */
  inQueue?: boolean
}

const forms: Record<string, 'draft' | 'correction'> = { edit: 'draft', correct: 'correction' }
const primary = ['accept', 'pass', 'edit']
const order = ['accept', 'pass', 'return', 'handOver', 'edit', 'correct', 'withdraw', 'void']

/** The step that the record itself waits for, where it has one. */
const onlyAct = ({ state }: RecordDetail): { action: string } | null => {
  if (state === 'submitted') return { action: 'accept' }
  if (state === 'accepted') return { action: 'correct' }
  return state === 'voided' ? null : { action: 'edit' }
}

const ranked = (actions: readonly OfferedAction[]): OfferedAction[] =>
  [...actions].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action))

/** Buttons of a record: what she may do; what the state forbids stays visible with its reason. */
export function ActionBar({ detail, remarks, onDone, inQueue = false }: ActionBarProps) {
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<OfferedAction | null>(null)
  const act = useAct(
    (body: Act, key) =>
      call(api.actions(detail.programme, detail.id), written, { method: 'POST', body, key }),
    (_, { action }) => {
      setAsking(null)
      remarks.clear()
      void message.success(doneWord(action))
      onDone?.()
    },
  )
  const run = (action: string, rest: Omit<Partial<Act>, 'action'> = {}): void =>
    act.run({ ...rest, action: action as Act['action'], version: detail.version })

  const reasonAgainst = (offer: OfferedAction): string | null =>
    offer.disabled ??
    (offer.action === 'return' && remarks.list.length === 0 ? '请先在有问题的栏目上写批注，再退回' : null)

  const press = (offer: OfferedAction): void => {
    if (reasonAgainst(offer) !== null || act.busy) return
    const kind = forms[offer.action]
    if (kind) {
      void navigate({
        to: paths.form,
        params: { programme: detail.programme },
        search: { record: detail.id, kind, draft: detail.draftId ?? undefined },
      })
    } else if (offer.asks !== null) setAsking(offer)
    else run(offer.action)
  }
  const decisive = detail.actions.find((offer) => offer.action === 'accept' || offer.action === 'pass')
  useHotkeys({ 'ctrl+enter': decisive && inQueue ? () => press(decisive) : undefined })

  const greyed = detail.actions.find((offer) => offer.disabled !== null)
  // What she may only look at has no buttons: then why, is all there is to say.
  const unanswered = greyed ?? (detail.actions.length === 0 ? onlyAct(detail) : null)
  if (unanswered === null && detail.actions.length === 0 && !act.error) return null
  const hint = ranked(detail.actions)
    .map(reasonAgainst)
    .find((reason) => reason !== null)
  return (
    <div className="action-bar">
      {act.error && !asking && <Failure error={act.error} retry={act.again} />}
      <Flex gap={8} wrap align="center">
        {ranked(detail.actions).map((offer) => {
          const against = reasonAgainst(offer)
          return (
            <Tooltip key={offer.action} title={against}>
              <Button
                type={primary.includes(offer.action) ? 'primary' : 'default'}
                danger={offer.danger}
                disabled={against !== null}
                loading={act.busy && asking === null && primary.includes(offer.action)}
                onClick={() => press(offer)}
              >
                {inQueue && offer === decisive ? `${offer.label}并下一条` : offer.label}
                {offer.action === 'return' && remarks.list.length > 0 && `（${remarks.list.length} 处）`}
              </Button>
            </Tooltip>
          )
        })}
        {hint && <span className="action-hint">{hint}</span>}
        {unanswered && (
          <Why
            query={{ programme: detail.programme, record: detail.id, act: unanswered.action }}
            label={greyed ? '由谁办理？' : '为什么不能办理？'}
          />
        )}
      </Flex>
      {asking && (
        <AskModal
          offer={asking}
          remarks={remarks}
          detail={detail}
          busy={act.busy}
          failure={act.error ? <Failure error={act.error} retry={act.again} /> : null}
          onCancel={() => {
            setAsking(null)
            act.reset()
          }}
          onOk={(rest) => run(asking.action, rest)}
        />
      )}
    </div>
  )
}
