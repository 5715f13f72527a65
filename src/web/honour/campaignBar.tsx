import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { issued, mostAtOnce } from '#certificate/api.ts'
import type { Campaign } from '#honour/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { certificateApi } from '../certificate/addresses.ts'
import { paths } from '../paths.ts'
import { honourApi } from './addresses.ts'
import { CancelModal, DecisionModal, GrantModal, ReopenModal } from './campaignModals.tsx'

type Dialog = 'decide' | 'grant' | 'reopen' | 'cancel'

/** What the organiser may do with the campaign in its state. */
export function CampaignBar({ campaign: c, chosen }: { campaign: Campaign; chosen: readonly string[] }) {
  const { post } = useMe()
  const { message, modal } = App.useApp()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const failed = (error: unknown) => {
    const { body } = toProblem(error)
    void message.error(body.issues?.map((i) => i.message).join('；') || body.message, 8)
  }
  const move = useAct(
    (act: 'open' | 'judge', key) =>
      call(honourApi.state(c.id), anything, { method: 'POST', key, body: { act, version: c.version } }),
    (_, act) => void message.success(act === 'open' ? '已发布，各单位可以推荐' : '开始评审，已不再接收推荐'),
    failed,
  )
  const propose = useAct(
    (nominations: readonly string[], key) =>
      call(honourApi.choice(c.id), anything, {
        method: 'POST',
        key,
        body: { nominations, version: c.version },
      }),
    () => void message.success('已提交审定，由本单位另一位同志登记党组意见'),
    failed,
  )
  const certify = useAct(
    (records: string[], key) =>
      call(certificateApi.all, issued, { method: 'POST', key, body: { layout: 'honour', records } }),
    ({ ids }) => void message.success(`已发证书 ${ids.length} 份，在证书台账下载`),
    failed,
  )
  const close = () => setDialog(null)
  const isOwner = c.isMine && (post.role === 'cadre' || post.role === 'leader')
  if (!isOwner) return null
  const records = c.rows.flatMap((row) => (row.recordId ? [row.recordId] : [])).slice(0, mostAtOnce)
  const canCancel = c.mayLead && c.state !== 'granted' && c.state !== 'cancelled'
  return (
    <>
      {canCancel && <Button onClick={() => setDialog('cancel')}>取消评选</Button>}
      {c.mayLead && (c.state === 'draft' || c.state === 'open') && (
        <Link to={paths.honourForm} search={{ id: c.id }}>
          <Button>修改</Button>
        </Link>
      )}
      {c.mayLead && c.state === 'draft' && (
        <Button
          type="primary"
          loading={move.busy}
          onClick={() =>
            void modal.confirm({
              title: '发布这次评选？',
              content: '所属各单位会收到通知；发布后称号、对象和条件不能再改。',
              okText: '发布',
              cancelText: '取消',
              onOk: () => move.run('open'),
            })
          }
        >
          发布
        </Button>
      )}
      {c.mayLead && c.state === 'open' && (
        <Button loading={move.busy} onClick={() => move.run('judge')}>
          开始评审
        </Button>
      )}
      {c.mayLead && c.state === 'jury' && (
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={propose.busy}
          onClick={() => propose.run(chosen)}
        >
          {chosen.length > 0 ? `提交审定（${chosen.length} 份）` : '勾选后提交审定'}
        </Button>
      )}
      {c.state === 'party' && !c.proposedByMe && (
        <Button type="primary" onClick={() => setDialog('decide')}>
          登记党组意见
        </Button>
      )}
      {c.state === 'party' && c.proposedByMe && (
        <span className="honour-aside">待本单位另一位同志登记党组意见</span>
      )}
      {c.mayLead && c.state === 'notice' && <Button onClick={() => setDialog('reopen')}>撤回名单</Button>}
      {c.mayLead && c.state === 'notice' && (
        <Button type="primary" disabled={c.noticeState !== 'passed'} onClick={() => setDialog('grant')}>
          {c.noticeState === 'passed' ? '表彰' : '公示期满后表彰'}
        </Button>
      )}
      {c.mayLead && c.state === 'granted' && records.length > 0 && (
        <Button
          type="primary"
          loading={certify.busy}
          disabled={certify.done !== undefined}
          onClick={() => certify.run(records)}
        >
          {certify.done ? '已发证书' : `发证书（${records.length} 份）`}
        </Button>
      )}
      {dialog === 'decide' && <DecisionModal campaign={c} onClose={close} />}
      {dialog === 'grant' && <GrantModal campaign={c} onClose={close} />}
      {dialog === 'reopen' && <ReopenModal campaign={c} onClose={close} />}
      {dialog === 'cancel' && <CancelModal campaign={c} onClose={close} />}
    </>
  )
}
