import './honour.css'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import * as z from 'zod/mini'
import { campaign as campaignSchema, type Nominee } from '#honour/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { honourApi } from './addresses.ts'
import { NomineeForm } from './nomineeForm.tsx'

const route = getRouteApi(paths.nominate)
const made = z.strictObject({ id: z.string(), version: z.number() })

/** 推荐: a new nomination, kept as a draft first. */
export function NominatePage() {
  const { campaign: id = '' } = route.useSearch()
  const { post } = useMe()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const query = useApi(honourApi.campaign(id), campaignSchema, { enabled: id !== '' })
  const save = useAct(
    (body: Nominee, key) =>
      call(honourApi.nominations, made, { method: 'POST', key, body: { campaignId: id, ...body } }),
    ({ id: nomination }) => {
      void message.success('已保存草稿，接着填写意见并公示')
      void navigate({ to: paths.nomination, params: { id: nomination } })
    },
  )
  if (id === '') return <Blank why="请从一次评选里点“推荐”" />
  return (
    <Loaded query={query}>
      {(c) => (
        <>
          <PageHead title="推荐" sub={c.title} />
          <NomineeForm
            campaign={c}
            body={null}
            employer={post.org.name.replace(/(联合)?工会$/, '')}
            busy={save.busy}
            error={save.error}
            onSave={save.run}
          />
        </>
      )}
    </Loaded>
  )
}
