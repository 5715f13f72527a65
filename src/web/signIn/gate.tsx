import { Button, Spin } from 'antd'
import { useEffect } from 'react'
import { sessionState } from '#identity/api.ts'
import { useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { leave } from '../shell/leave.dom.ts'
import { ChangePassword } from './changePassword.tsx'
import { EnrolFirst } from './enrolFirst.tsx'
import { FactorForm } from './factorForm.tsx'
import { SignInCard } from './page.tsx'

const titles = { factor: '第二步验证', enrol: '设置第二步验证', password: '请更换密码', open: '正在进入' }

/** Between password and work: what the session still lacks, one step a page. */
export function Gate({ onDone }: { onDone: () => void }) {
  // Asked once a step: read again while the recovery codes stand there, it would go on without them.
  const query = useApi(api.session, sessionState, { staleTime: Infinity })
  const stage = query.data?.stage
  useEffect(() => {
    if (stage === 'open') onDone()
  }, [stage, onDone])
  return (
    <Loaded query={query} rows={6}>
      {(state) => (
        <SignInCard title={titles[state.stage]} who={state.name}>
          {state.stage === 'factor' && <FactorForm onDone={onDone} />}
          {state.stage === 'enrol' && <EnrolFirst passkeyOrigin={state.passkeyOrigin} onDone={onDone} />}
          {state.stage === 'password' && <ChangePassword rules={state.passwordRules} onDone={onDone} />}
          {state.stage === 'open' && <Spin />}
          <Button type="link" block onClick={() => void leave()}>
            退出登录
          </Button>
        </SignInCard>
      )}
    </Loaded>
  )
}
