import { App } from 'antd'
import type { SiloActBody, SiloDetail } from '#silo/api.ts'
import type { SiloAct } from '#silo/flow.ts'
import { actWords } from '#silo/kinds.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { siloApi } from './addresses.ts'

/** Acts after which she sees the matter no more. */
const leaves = (act: SiloAct, mine: boolean): boolean => act === 'recuse' || (act === 'assign' && !mine)

/** An act on a matter as she saw it; tells what was done or refused. */
export function useSiloAct(matter: SiloDetail, onGone: () => void, onDone?: () => void) {
  const { message } = App.useApp()
  return useAct(
    (body: Omit<SiloActBody, 'version'>, key) =>
      call(siloApi.acts(matter.id), anything, {
        method: 'POST',
        key,
        body: { ...body, version: matter.version },
      }),
    (_, { act }) => {
      void message.success(`${actWords[act]}：已办理`)
      if (leaves(act, matter.mine)) onGone()
      onDone?.()
    },
    (error) => {
      const { body } = toProblem(error)
      if (!body.issues) void message.error(body.message, 8)
    },
  )
}
