import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { v4 as uuid } from 'uuid'
import type { Me } from '#identity/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { api } from '../paths.ts'

/** Begins or ends acting for a colleague; every page is then another, so it is loaded anew. */
export function useBehalf() {
  const { message } = App.useApp()
  return useMutation({
    mutationFn: (id: string | null) =>
      call(api.sessionBehalf, anything, { method: 'POST', body: { id }, key: uuid() }),
    onSuccess: () => window.location.reload(),
    onError: (error) => void message.error(toProblem(error).message),
  })
}

/** On every page while she acts for a colleague: for whom, and the way back. */
export function BehalfBar({ me }: { me: Me }) {
  const behalf = useBehalf()
  if (me.behalf === null) return null
  return (
    <div className="shell-behalf" role="note">
      <span>
        您正在代<b>{me.behalf}</b>办理，留痕会写明“代”
      </span>
      <Button size="small" loading={behalf.isPending} onClick={() => behalf.mutate(null)}>
        回到自己的名义
      </Button>
    </div>
  )
}
