import { Card, Typography } from 'antd'
import { sessionState } from '#identity/api.ts'
import { queryClient, refreshAll, useApi } from '../api/hooks.tsx'
import { Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { takeBack } from './back.dom.ts'
import { EnrolFirst } from './enrolFirst.tsx'
import { FactorForm } from './factorForm.tsx'

/** To the page of the H5 that sent her here, else on with this one. */
const goOn = () => {
  const back = takeBack()
  if (back === null) void refreshAll(queryClient)
  else window.location.assign(back)
}

/** In the place of what a password alone does not open: the second step, set up first where she has none; then the page goes on. */
export function SecondStep({ why }: { why: string }) {
  // Asked once: read again while the recovery codes stand there, it would take them away.
  const query = useApi(api.session, sessionState, { staleTime: Infinity })
  return (
    <Loaded query={query} rows={6}>
      {(state) => {
        const has = state.hasCode || state.hasPasskey
        return (
          <Card className="second-step" title={has ? '第二步验证' : '设置第二步验证'}>
            <Typography.Paragraph>
              {why}
              {has ? '' : '设置一次即可，以后登录和查看都用它。'}
            </Typography.Paragraph>
            {has ? (
              <FactorForm label="验证并查看" onDone={goOn} />
            ) : (
              <EnrolFirst passkeyOrigin={state.passkeyOrigin} onDone={goOn} />
            )}
          </Card>
        )
      }}
    </Loaded>
  )
}
