import { App, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Lock, Reopening as Body } from '#figures/lock/api.ts'
import { monthsName } from '#figures/lock/rules.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { lockApi } from './addresses.ts'

export type ReopeningAct = Body['act']

const texts: Record<ReopeningAct, { title: string; ok: string; done: string; what: string }> = {
  ask: {
    title: '申请重新开放',
    ok: '提交申请',
    done: '已提交，请本级另一位同志同意',
    what: '须由本级另一位同志同意后才重新开放；锁定时留下的数照旧保存。',
  },
  grant: {
    title: '同意重新开放',
    ok: '重新开放',
    done: '已重新开放',
    what: '重新开放后，更正和作废按平常审核，不再须本单位同意；锁定时留下的数照旧保存。',
  },
  cancel: {
    title: '不重新开放',
    ok: '确定',
    done: '申请已结束，期间仍锁定',
    what: '这次申请结束，期间仍然锁定。',
  },
}

type ReopeningProps = { lock: Lock; act: ReopeningAct; onClose: () => void }

/** One person asks and says why, another grants it; both prove themselves anew. */
export function Reopening({ lock, act: what, onClose }: ReopeningProps) {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const [told, setTold] = useState(false)
  const text = texts[what]
  const act = useAct(
    (body: Body, key) => call(lockApi.reopening(lock.id), anything, { method: 'POST', body, key }),
    () => {
      void message.success(text.done)
      onClose()
    },
  )
  const isMissing = what === 'ask' && reason.trim() === ''
  const send = (): void => {
    if (isMissing) return setTold(true)
    act.run({ act: what, version: lock.version, ...(what === 'ask' ? { reason: reason.trim() } : {}) })
  }
  return (
    <Modal
      open
      title={`${text.title}：${monthsName(lock.fromYm, lock.untilYm)}`}
      okText={text.ok}
      cancelText="取消"
      okButtonProps={{ loading: act.busy }}
      onOk={send}
      onCancel={onClose}
    >
      {what !== 'ask' && (
        <p>
          {lock.askedBy}申请的理由：{lock.reason}
        </p>
      )}
      <p>{text.what}</p>
      {what === 'ask' && (
        <>
          <Input.TextArea
            autoFocus
            value={reason}
            maxLength={500}
            status={told && isMissing ? 'error' : ''}
            autoSize={{ minRows: 2, maxRows: 5 }}
            placeholder="为什么要重新开放，如：某区漏报一个月"
            aria-label="重新开放的理由"
            onChange={(event) => setReason(event.target.value)}
          />
          {told && isMissing && <p className="lock-fault">请写明重新开放的理由</p>}
        </>
      )}
      {act.error && <Failure error={act.error} retry={act.again} />}
    </Modal>
  )
}
