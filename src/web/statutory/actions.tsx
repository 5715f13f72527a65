import { Alert, App, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import { tableSaved, type StatutoryTable } from '#figures/statutory/api.ts'
import { openFindings, type Finding } from '#figures/statutory/checks.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { statutoryApi } from './addresses.ts'
import type { Typed } from './words.ts'

type ActionsProps = {
  table: StatutoryTable
  typed: Typed
  findings: readonly Finding[]
  isOpen: boolean
}

const said = { submit: '已送签', sign: '已签发', return: '已退回', reopen: '已重新打开，可以修改' } as const
type Act = keyof typeof said

/** Save, hand on, sign, hand back, open anew: what this person may do with the table as it stands. */
export function Actions({ table, typed, findings, isOpen }: ActionsProps) {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const { layout, year, part, state } = table
  const save = async (key: string) =>
    call(statutoryApi.save(layout), tableSaved, {
      method: 'PUT',
      key,
      body: { year, part, version: table.version, ...typed },
    })
  const saving = useAct(
    (_: null, key) => save(key),
    () => void message.success('已保存'),
  )
  const act = useAct(
    async (action: Act, key) => {
      const version = action === 'submit' ? (await save(`${key}-save`)).version : table.version
      const path = action === 'submit' || action === 'reopen' ? 'submission' : 'decision'
      return call(statutoryApi[path](layout), anything, {
        method: 'POST',
        key,
        body: { year, part, version, action, ...(reason.trim() ? { reason } : {}) },
      })
    },
    (_, action) => {
      setReason('')
      void message.success(said[action])
    },
  )
  const open = openFindings(findings, typed.notes)
  const busy = saving.busy || act.busy
  const needsReason = (state === 'submitted' && table.maySign) || (state === 'signed' && table.mayFill)
  return (
    <Flex vertical gap={10} className="statutory-actions">
      {isOpen && table.reason && <Alert type="warning" showIcon title={table.reason} />}
      {isOpen && !table.isOver && (
        <Alert type="info" showIcon title="本期还没有结束，数字还会变动；期末以后才能送签" />
      )}
      {(saving.error ?? act.error) && (
        <Failure error={saving.error ?? act.error} retry={saving.error ? saving.again : act.again} />
      )}
      {needsReason && (
        <Input
          aria-label="理由"
          placeholder={state === 'signed' ? '重新填报的理由' : '退回时请写明理由'}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <Flex gap={8} wrap>
        {isOpen && (
          <>
            <Button loading={saving.busy} disabled={busy} onClick={() => saving.run(null)}>
              保存
            </Button>
            <Button
              type="primary"
              loading={act.busy}
              disabled={busy || open.length > 0 || !table.isOver}
              onClick={() => act.run('submit')}
            >
              {open.length > 0 ? `还有 ${open.length} 处须处理` : '送签'}
            </Button>
          </>
        )}
        {state === 'submitted' && table.maySign && (
          <>
            <Button type="primary" disabled={busy} onClick={() => act.run('sign')}>
              签发
            </Button>
            <Button disabled={busy || reason.trim() === ''} onClick={() => act.run('return')}>
              退回
            </Button>
          </>
        )}
        {state === 'submitted' && !table.maySign && <span>已送签，请本单位另一位同志签发</span>}
        {state === 'signed' && table.mayFill && (
          <Button disabled={busy || reason.trim() === ''} onClick={() => act.run('reopen')}>
            重新填报
          </Button>
        )}
      </Flex>
    </Flex>
  )
}
