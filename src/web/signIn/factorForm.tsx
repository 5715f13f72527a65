import { Divider } from 'antd'
import { sessionState, type SessionState } from '#identity/api.ts'
import { useApi } from '../api/hooks.tsx'
import { canUsePasskeys } from '../api/passkey.dom.ts'
import { Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { CodeForm } from './codeForm.tsx'
import { PasskeyButton } from './passkeyButton.tsx'

type FactorFormProps = { label?: string; onDone: () => void }

/** The second factor, by what its owner has and this browser can: passkey, code of the app, recovery code. */
export function FactorForm(props: FactorFormProps) {
  const query = useApi(api.session, sessionState, { staleTime: 0 })
  return (
    <Loaded query={query} rows={3}>
      {(state) => <FactorOf state={state} {...props} />}
    </Loaded>
  )
}

function FactorOf({ state, label, onDone }: FactorFormProps & { state: SessionState }) {
  const isHere = state.hasPasskey && canUsePasskeys(state.passkeyOrigin)
  return (
    <>
      {isHere && (
        <>
          <PasskeyButton path={api.factorPasskey} label="用通行密钥验证" type="primary" onDone={onDone} />
          <Divider plain>或</Divider>
        </>
      )}
      <CodeForm hasCode={state.hasCode} isSecond={isHere} {...(label ? { label } : {})} onDone={onDone} />
    </>
  )
}
