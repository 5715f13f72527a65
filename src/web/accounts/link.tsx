import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Typography } from 'antd'
import { invitationMade } from '#identity/api.ts'
import { call } from '../api/client.dom.ts'
import { queryClient, refreshAll } from '../api/hooks.tsx'
import { realInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'

type LinkResultProps = { accountId: string; label?: string }

/** Makes the link by which an account's owner sets her password, and shows it once. */
export function LinkResult({ accountId, label = '生成邀请链接' }: LinkResultProps) {
  const make = useMutation({
    mutationFn: () => call(api.accountInvitation(accountId), invitationMade, { method: 'POST' }),
    retry: false,
    onSuccess: () => void refreshAll(queryClient),
  })
  if (!make.data)
    return (
      <Flex vertical gap={8} align="start">
        {make.error && <Failure error={make.error} />}
        <Button type="primary" loading={make.isPending} onClick={() => make.mutate()}>
          {label}
        </Button>
      </Flex>
    )
  return (
    <>
      <p>
        请当面、打电话或用内部邮件把链接交给本人。链接只能用一次，{realInstant(make.data.expiresAt)}{' '}
        前有效；关闭后不再显示。
      </p>
      <div className="invitation-link">
        <Typography.Text copyable={{ tooltips: ['复制链接', '已复制'] }}>{make.data.link}</Typography.Text>
      </div>
    </>
  )
}
