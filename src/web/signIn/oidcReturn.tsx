import { useMutation } from '@tanstack/react-query'
import { Button, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { oidcFinished } from '#identity/api.ts'
import { call } from '../api/client.dom.ts'
import { Failure } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { takeBack } from './back.dom.ts'
import { SignInCard } from './page.tsx'

/** Back from the unified sign-in of another authority: hands what came along to the server, once. */
export function OidcReturn() {
  const [search] = useState(() => window.location.search.slice(1))
  const { mutate, error } = useMutation({
    mutationFn: (given: string) =>
      call(api.oidcFinish, oidcFinished, { method: 'POST', body: { search: given } }),
    retry: false,
    onSuccess: ({ isBound }) => window.location.assign(isBound ? paths.account : (takeBack() ?? paths.home)),
  })
  useEffect(() => {
    window.history.replaceState(null, '', paths.oidcReturn)
    if (search !== '') mutate(search)
  }, [search, mutate])
  return (
    <SignInCard title="统一身份登录">
      {error ? <Failure error={error} title="统一身份登录没有完成" /> : <Spin />}
      <Button type="link" block onClick={() => window.location.assign(paths.home)}>
        回到登录页
      </Button>
    </SignInCard>
  )
}
