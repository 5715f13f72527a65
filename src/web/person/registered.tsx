import { Link } from '@tanstack/react-router'
import { Alert, App, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import { transferDone } from '#person/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import type { ApiProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import type { Values } from '../record/formState.ts'
import { personApi } from './addresses.ts'

/** The number stands already: open her entry where she is in sight, else ask her unit to let her go. */
export function Registered({ problem, values }: { problem: ApiProblem; values: Values }) {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const act = useAct(
    (_: null, key) =>
      call(personApi.transfers, transferDone, {
        method: 'POST',
        key,
        body: { idKind: values['idKind'], idNumber: values['idNumber'], name: values['name'], reason },
      }),
    ({ outcome }) =>
      void message.success(
        outcome === 'moved' ? '她已离开原单位，现已转入本单位' : '已提出转入申请，请等待她现在的单位确认',
      ),
  )
  const { place, id } = (problem.body.details ?? {}) as { place?: string; id?: string | null }
  if (place !== 'elsewhere')
    return (
      <Alert
        type="warning"
        showIcon
        title={problem.message}
        action={
          id ? (
            <Link to={paths.members} search={{ id }}>
              <Button size="small">打开她的资料</Button>
            </Link>
          ) : undefined
        }
      />
    )
  return (
    <Alert
      type="warning"
      showIcon
      title={problem.message}
      description={
        act.done ? (
          '申请已经送出，可在「会员事项」里看结果。'
        ) : (
          <Flex vertical gap={8}>
            <Input
              aria-label="转入理由"
              maxLength={200}
              placeholder="转入理由，如：3 月到本单位工作"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <div>
              <Button
                type="primary"
                disabled={reason.trim().length < 2}
                loading={act.busy}
                onClick={() => act.run(null)}
              >
                申请转入
              </Button>
            </div>
            {act.error && <Failure error={act.error} retry={act.again} />}
          </Flex>
        )
      }
    />
  )
}
