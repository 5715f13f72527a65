import { KeyOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, type ButtonProps } from 'antd'
import { givePasskey } from '../api/passkey.dom.ts'
import { Failure } from '../kit/states.tsx'

type PasskeyButtonProps = {
  path: Parameters<typeof givePasskey>[0]
  label: string
  onDone: () => void
} & Pick<ButtonProps, 'type'>

/** Asks the device for a passkey: finger, face or its own PIN. */
export function PasskeyButton({ path, label, onDone, type = 'default' }: PasskeyButtonProps) {
  const give = useMutation({ mutationFn: () => givePasskey(path), retry: false, onSuccess: onDone })
  return (
    <div className="passkey-button">
      <Button
        type={type}
        size="large"
        block
        icon={<KeyOutlined />}
        loading={give.isPending}
        onClick={() => give.mutate()}
      >
        {label}
      </Button>
      {give.error && <Failure error={give.error} />}
    </div>
  )
}
