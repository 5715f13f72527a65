import { useMutation } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { KeyOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { canUsePasskeys, makePasskey } from '../api/passkey.dom.ts'
import { Failure } from '../kit/states.tsx'
import { Enrol } from './enrol.tsx'
import { RecoveryCodes } from './recoveryCodes.tsx'

type EnrolFirstProps = { passkeyOrigin: string | null; onDone: () => void }
type Way = 'code' | 'passkey'
const ways: { value: Way; label: string }[] = [
  { value: 'code', label: '手机验证器' },
  { value: 'passkey', label: '通行密钥' },
]

/** The first second factor: the app, which works everywhere; or a passkey, where this browser has them. */
export function EnrolFirst({ passkeyOrigin, onDone }: EnrolFirstProps) {
  const [way, setWay] = useState<Way>('code')
  // The codes are shown once: nothing beside them may lead away.
  const [isBound, setBound] = useState(false)
  const make = useMutation({ mutationFn: () => makePasskey(''), retry: false })
  if (make.data) return <RecoveryCodes codes={make.data} onDone={onDone} />
  if (!canUsePasskeys(passkeyOrigin)) return <Enrol onDone={onDone} />
  return (
    <>
      {!isBound && <Segmented block options={ways} value={way} onChange={setWay} className="enrol-ways" />}
      {way === 'code' ? (
        <Enrol onBound={() => setBound(true)} onDone={onDone} />
      ) : (
        <>
          <p>
            用这台设备的指纹、面容或锁屏密码作第二步验证，以后登录也不用输密码。只在自己一个人用的设备上添加。
          </p>
          {make.error && <Failure error={make.error} />}
          <Button
            type="primary"
            size="large"
            block
            icon={<KeyOutlined />}
            loading={make.isPending}
            onClick={() => make.mutate()}
          >
            添加这台设备的通行密钥
          </Button>
        </>
      )}
    </>
  )
}
