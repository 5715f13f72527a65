import { App, Button, Flex, Input } from 'antd'
import { useEffect, useState } from 'react'
import { ruleEffects, type RuleDecision, type RuleVersionRow } from '#rules/tablesApi.ts'
import type { Rule } from '#kit/rule.ts'
import { formatInstant } from '#kit/day.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { rulesApi } from './addresses.ts'
import { Effects } from './effects.tsx'

type WaitingProps = { rule: Rule; row: RuleVersionRow; mayDecide: boolean }

/** A version that waits: what it changes, and the word of a second person. */
export function Waiting({ rule, row, mayDecide }: WaitingProps) {
  const { message } = App.useApp()
  const [reason, setReason] = useState<string | null>(null)
  const effects = useAct(
    (_: null, key) =>
      call(rulesApi.preview(rule.key), ruleEffects, {
        method: 'POST',
        key,
        body: { fromOn: row.fromOn, value: row.value },
      }),
    undefined,
  )
  const { run } = effects
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each version
  useEffect(() => run(null), [row.id])
  const decide = useAct(
    (body: RuleDecision, key) => call(rulesApi.decision(row.id), anything, { method: 'POST', body, key }),
    (_, { isApproved }) =>
      void message.success(isApproved ? `已核定，自 ${row.fromOn} 起执行` : '已告知提出人不通过'),
  )
  const withdraw = useAct(
    (_: null, key) => call(rulesApi.version(row.id), anything, { method: 'DELETE', key }),
    () => void message.success('已撤回'),
  )
  return (
    <div className="rules-waiting">
      <h3>待核定的新版本</h3>
      <p>
        自 <b className="num">{row.fromOn}</b> 起。依据：{row.basis}
        {row.note !== '' && `。说明：${row.note}`}
      </p>
      <p className="page-sub">
        {row.proposedBy} {formatInstant(row.proposedAt)} 提出
      </p>
      {effects.error && <Failure error={effects.error} retry={effects.again} />}
      {effects.done && <Effects effects={effects.done} />}
      {reason !== null && (
        <Input
          autoFocus
          aria-label="不通过的理由"
          placeholder="不通过的理由，如：依据的文件尚未印发"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {(decide.error || withdraw.error) && <Failure error={decide.error ?? withdraw.error} />}
      <Flex gap={8} wrap align="center">
        {row.isMine ? (
          <>
            <Button loading={withdraw.busy} onClick={() => withdraw.run(null)}>
              撤回
            </Button>
            <span className="page-sub">由您提出，须由本级另一位同志核定</span>
          </>
        ) : (
          mayDecide && (
            <>
              <Button
                type="primary"
                disabled={reason !== null}
                loading={decide.busy}
                onClick={() => decide.run({ isApproved: true, reason: '' })}
              >
                核定
              </Button>
              <Button
                danger={reason !== null}
                disabled={reason?.trim() === ''}
                onClick={() =>
                  reason === null ? setReason('') : decide.run({ isApproved: false, reason: reason.trim() })
                }
              >
                {reason === null ? '不通过' : '确认不通过'}
              </Button>
              {reason !== null && <Button onClick={() => setReason(null)}>取消</Button>}
            </>
          )
        )}
      </Flex>
    </div>
  )
}
