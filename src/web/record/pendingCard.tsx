import { App, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import type { Programme } from '#kit/programme.ts'
import { written, type RecordDetail } from '#record/api.ts'
import { decision } from '#record/decisionApi.ts'
import type * as z from 'zod/mini'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { ChangeTable } from './traceTabs.tsx'

type Pending = RecordDetail['pending'][number]
type Decision = z.infer<typeof decision>

const words = { correction: '更正', void: '作废' } as const

type PendingCardProps = { programme: Programme; pending: Pending; onDone?: (() => void) | undefined }

/** A correction or request to void that waits: old and proposed value side by side; the old one counts until then. */
export function PendingCard({ programme, pending, onDone }: PendingCardProps) {
  const { message } = App.useApp()
  const [refusing, setRefusing] = useState(false)
  const [reason, setReason] = useState('')
  const word = words[pending.kind]
  const decide = useAct(
    (body: Decision, key) => call(api.decision(pending.id), written, { method: 'POST', body, key }),
    ({ turnOf }, { verdict }) => {
      void message.success(
        verdict === 'return'
          ? `已退回${word}申请`
          : turnOf
            ? `已同意，现由${turnOf.name}审核`
            : `已同意${word}，数字已更新`,
      )
      onDone?.()
    },
  )
  const { sequence, further } = pending
  const next = further[0]
  return (
    <section className="pending-card">
      <h3>
        申请{word}
        <small>
          {pending.person} · <span className="num">{formatInstant(pending.at)}</span>
          {pending.turnOf && ` · 现由${pending.turnOf.name}审核`}
        </small>
      </h3>
      <p>理由：{pending.reason}</p>
      {pending.consents.map((one) => (
        <p key={one.org}>
          {one.org} {one.person} <span className="num">{formatInstant(one.at)}</span> 已同意
        </p>
      ))}
      {further.length > 0 && (
        <p>
          这个期间已锁定，随后还须{further.map((one) => one.name).join('、')}
          同意；同意后只改现值，锁定值不变。
        </p>
      )}
      {pending.changes.length > 0 && <ChangeTable programme={programme} changes={pending.changes} />}
      <p className="form-hint">
        {pending.kind === 'void' ? '同意后这条记录不再计数，但仍留痕可查。' : '同意以前，数字按原值计。'}
      </p>
      {decide.error && <Failure error={decide.error} retry={decide.again} />}
      {pending.mayDecide && refusing && (
        <Input.TextArea
          autoFocus
          value={reason}
          maxLength={1000}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="退回的理由"
          aria-label="退回的理由"
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {pending.mayDecide && (
        <Flex gap={8}>
          {refusing ? (
            <>
              <Button
                type="primary"
                disabled={reason.trim() === ''}
                loading={decide.busy}
                onClick={() => decide.run({ verdict: 'return', sequence, reason: reason.trim() })}
              >
                确认退回
              </Button>
              <Button onClick={() => setRefusing(false)}>取消</Button>
            </>
          ) : (
            <>
              <Button
                type="primary"
                loading={decide.busy}
                onClick={() => decide.run({ verdict: 'accept', sequence })}
              >
                {next ? `同意并报${next.shortName}` : `同意${word}`}
              </Button>
              <Button onClick={() => setRefusing(true)}>退回</Button>
            </>
          )}
        </Flex>
      )}
    </section>
  )
}
