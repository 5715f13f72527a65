import { Button, Flex, Tag } from 'antd'
import type { Lock } from '#figures/lock/api.ts'
import { lockState, lockStates, monthsName, type LockState } from '#figures/lock/rules.ts'
import { formatInstant } from '../format.ts'
import type { ReopeningAct } from './reopening.tsx'

const colours: Record<LockState, string> = { standing: 'blue', asked: 'gold', reopened: 'default' }

type LockTableProps = {
  locks: readonly Lock[]
  onOpen?: (id: string) => void
  onReopen?: ((lock: Lock, act: ReopeningAct) => void) | undefined
}

/** One line a lock: which months, by whom and when, what was left under review, how it stands. */
export function LockTable({ locks, onOpen, onReopen }: LockTableProps) {
  return (
    <ul className="lock-rows">
      {locks.map((lock) => {
        const state = lockState(lock)
        return (
          <li key={lock.id}>
            <div>
              <Flex gap={8} align="center" wrap>
                <b className="num">{monthsName(lock.fromYm, lock.untilYm)}</b>
                <Tag color={colours[state]}>{lockStates[state]}</Tag>
              </Flex>
              <p>
                <span>{lock.org.shortName}</span>
                <span>{lock.lockedBy}</span>
                <span className="num">{formatInstant(lock.lockedAt)}</span>
                {lock.waiting > 0 && <span>锁定时有 {lock.waiting} 条待审核</span>}
              </p>
              {lock.note && <p>说明：{lock.note}</p>}
              {lock.askedAt !== null && (
                <p className="lock-reason">
                  {lock.askedBy} {formatInstant(lock.askedAt)} 申请重新开放：{lock.reason}
                  {lock.reopenedAt !== null && `；${lock.reopenedBy} ${formatInstant(lock.reopenedAt)} 同意`}
                </p>
              )}
            </div>
            <Flex gap={8} wrap>
              {onOpen && <Button onClick={() => onOpen(lock.id)}>锁定值</Button>}
              {onReopen && <Acts lock={lock} state={state} onReopen={onReopen} />}
            </Flex>
          </li>
        )
      })}
    </ul>
  )
}

type ActsProps = { lock: Lock; state: LockState; onReopen: (lock: Lock, act: ReopeningAct) => void }

function Acts({ lock, state, onReopen }: ActsProps) {
  if (state === 'reopened') return null
  if (state === 'standing') return <Button onClick={() => onReopen(lock, 'ask')}>申请重新开放</Button>
  return (
    <>
      {!lock.askedByMe && (
        <Button type="primary" onClick={() => onReopen(lock, 'grant')}>
          同意重新开放
        </Button>
      )}
      <Button onClick={() => onReopen(lock, 'cancel')}>{lock.askedByMe ? '撤回申请' : '不同意'}</Button>
    </>
  )
}
