import { useMutation } from '@tanstack/react-query'
import { Button, type ButtonProps } from 'antd'
import { oidcBegun } from '#identity/api.ts'
import { call } from '../api/client.dom.ts'
import { Failure } from '../kit/states.tsx'

type OidcButtonProps = { address: string; label: string } & Pick<ButtonProps, 'block' | 'size'>

/** Sets out to the unified sign-in of another authority: to sign in, or to be bound to one's account. */
export function OidcButton({ address, label, ...look }: OidcButtonProps) {
  const go = useMutation({
    mutationFn: () => call(address, oidcBegun, { method: 'POST' }),
    retry: false,
    onSuccess: ({ url }) => window.location.assign(url),
  })
  return (
    <>
      {go.error && <Failure error={go.error} />}
      <Button {...look} loading={go.isPending} onClick={() => go.mutate()}>
        {label}
      </Button>
    </>
  )
}
