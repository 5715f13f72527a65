import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { eventDone, promotedDone, type EventAct, type EventDetail } from '#signup/api.ts'
import type { EventPhase } from '#signup/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call, callFile } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { isTold } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { save } from '../my/save.dom.ts'
import { paths } from '../paths.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { eventApi } from './addresses.ts'

type Ask = 'cancel' | 'cap' | 'draw' | 'word'

const plain: Partial<Record<EventAct, { label: string; sure: string; phases: readonly EventPhase[] }>> = {
  publish: {
    label: '发布',
    sure: '发布后可以报名的人就能看到；名额方式和按单位的分配不能再改，名额总数还可以调整',
    phases: ['draft'],
  },
  close: { label: '提前截止', sure: '现在起不再接受报名，已报上的保留', phases: ['signing'] },
  end: {
    label: '结束登记',
    sure: '请先确认扫过码的手机都已上传（现场扫码页写着“扫过的都已上传”）；结束后上传的不算到场，只列出来核对。结束后不能再登记到场；设了限制的，有名额没有到场的记一次',
    phases: ['over'],
  },
  drop: { label: '删除草稿', sure: '草稿删除后不能恢复', phases: ['draft'] },
}

/** The organiser's acts on an event as it stands; another unit's cadre finds none here. */
export function EventBar({ found: e }: { found: EventDetail }) {
  const { message, modal } = App.useApp()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Ask | null>(null)
  const failed = useFailed()
  const step = useAct(
    ({ act, reason }: { act: EventAct; reason?: string }, key) =>
      call(eventApi.steps(e.id), eventDone, {
        method: 'POST',
        key,
        body: { act, version: e.version, ...(reason === undefined ? {} : { reason }) },
      }),
    (_, { act }) => {
      setAsking(null)
      void message.success(act === 'publish' ? '已发布' : '已办理')
      if (act === 'drop') void navigate({ to: paths.events })
    },
    (error) => {
      if (!isTold(error) || asking === null) failed(error)
    },
  )
  const file = useAct(
    () => callFile(eventApi.file(e.id), {}),
    (blob) => save(`${e.title}名单.xlsx`, blob),
    failed,
  )
  if (!e.isOwner) return null
  const begin = (act: EventAct) =>
    void modal.confirm({
      title: `${plain[act]!.label}？`,
      content: plain[act]!.sure,
      okText: plain[act]!.label,
      cancelText: '取消',
      onOk: () => step.run({ act }),
    })
  // Until its quiz is over a draw of prizes is called off with the quiz; its places are the prizes that were promised.
  const isPrize = e.kind === 'prize'
  const isOn = ['before', 'signing', 'closed'].includes(e.phase)
  const button = (what: Ask, label: string, danger = false) => (
    <Button danger={danger} onClick={() => setAsking(what)}>
      {label}
    </Button>
  )
  return (
    <>
      {e.phase === 'draft' && (
        <Link to={paths.eventForm} search={{ id: e.id }}>
          <Button>修改</Button>
        </Link>
      )}
      {(Object.keys(plain) as EventAct[])
        .filter((act) => plain[act]!.phases.includes(e.phase) && !(act === 'close' && isPrize))
        .map((act) => (
          <Button
            key={act}
            type={act === 'publish' || act === 'end' ? 'primary' : 'default'}
            loading={step.busy}
            onClick={() => begin(act)}
          >
            {plain[act]!.label}
          </Button>
        ))}
      {e.draw !== null && e.draw.drawnAt === null && e.phase === 'closed' && button('draw', '抽签')}
      {['closed', 'running', 'over'].includes(e.phase) && (
        <Link to={paths.eventCode} params={{ id: e.id }}>
          <Button>签到码</Button>
        </Link>
      )}
      {e.hasScans && (
        // Loaded anew: only that page may ask for the camera.
        <Button href={paths.eventScan.replace('$id', e.id)}>
          {e.phase === 'ended' ? '核对扫码' : '现场扫码'}
        </Button>
      )}
      {isOn && !isPrize && e.kind !== 'match' && button('cap', '调整名额')}
      {e.state === 'open' && button('word', '发通知')}
      {e.phase !== 'draft' && (
        <Button loading={file.busy} onClick={() => file.run(null)}>
          名单
        </Button>
      )}
      {e.phase !== 'draft' && !isPrize && (
        <Link to={paths.eventForm} search={{ like: e.id }}>
          <Button>照此再办</Button>
        </Link>
      )}
      {(isPrize ? ['closed', 'running'] : ['before', 'signing', 'closed', 'running']).includes(e.phase) &&
        button('cancel', '取消活动', true)}
      {asking === 'cancel' && (
        <FormModal<{ reason: string }>
          title="取消活动"
          okText="取消活动"
          danger
          told={isTold(step.error)}
          act={{ ...step, run: ({ reason }) => step.run({ act: 'cancel', reason }) }}
          initialValues={{}}
          onClose={() => setAsking(null)}
        >
          <Form.Item
            label="原因（报了名的人会看到）"
            name="reason"
            rules={[{ required: true, whitespace: true, message: '请写明原因（至少 4 个字）' }]}
            {...faultAt(step.error, 'reason')}
          >
            <Input.TextArea maxLength={200} showCount autoSize={{ minRows: 2 }} />
          </Form.Item>
        </FormModal>
      )}
      {asking === 'cap' && <CapModal found={e} onClose={() => setAsking(null)} />}
      {asking === 'draw' && <DrawModal found={e} onClose={() => setAsking(null)} />}
      {asking === 'word' && <WordModal found={e} onClose={() => setAsking(null)} />}
    </>
  )
}

type ModalProps = { found: EventDetail; onClose: () => void }

function CapModal({ found: e, onClose }: ModalProps) {
  const { message } = App.useApp()
  const act = useAct(
    (body: { cap: number }, key) => call(eventApi.cap(e.id), promotedDone, { method: 'PUT', key, body }),
    ({ promoted }) => {
      onClose()
      void message.success(promoted > 0 ? `名额已调整，${promoted} 人候补到位` : '名额已调整')
    },
  )
  return (
    <FormModal<{ cap: number }>
      title="调整名额"
      okText="调整"
      act={act}
      told={isTold(act.error)}
      initialValues={{ cap: e.cap }}
      onClose={onClose}
    >
      <Form.Item
        label="名额（人）"
        name="cap"
        extra="调少不会减掉已报上的人；调多按顺序给候补的人"
        {...faultAt(act.error, 'cap')}
      >
        <InputNumber min={1} max={100_000} precision={0} />
      </Form.Item>
    </FormModal>
  )
}

function DrawModal({ found: e, onClose }: ModalProps) {
  const { message } = App.useApp()
  const source = e.draw?.source ?? ''
  const act = useAct(
    ({ value = '' }: { value?: string }, key) =>
      call(eventApi.draw(e.id), promotedDone, { method: 'POST', key, body: { value } }),
    ({ promoted }) => {
      onClose()
      void message.success(`已抽签，${promoted} 人有名额；公开材料可以复算`)
    },
  )
  return (
    <FormModal<{ value?: string }>
      title="抽签"
      okText="抽签"
      act={act}
      told={isTold(act.error)}
      initialValues={{}}
      onClose={onClose}
    >
      <p>每项活动只抽一次。抽签后公布密数、名单和公开数值，谁都可以复算。</p>
      {source !== '' && (
        <Form.Item
          label={source}
          name="value"
          rules={[{ required: true, whitespace: true, message: `请填写${source}` }]}
          {...faultAt(act.error, 'value')}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
    </FormModal>
  )
}

function WordModal({ found: e, onClose }: ModalProps) {
  const { message } = App.useApp()
  const act = useAct(
    (body: { body: string }, key) => call(eventApi.words(e.id), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('已通知有名额的人')
    },
  )
  return (
    <FormModal<{ body: string }>
      title="通知有名额的人"
      okText="发出"
      act={act}
      told={isTold(act.error)}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="通知内容"
        name="body"
        extra="显示在她们的“我的活动”里；不要写个人信息"
        rules={[{ required: true, whitespace: true, message: '请填写通知内容' }]}
        {...faultAt(act.error, 'body')}
      >
        <Input.TextArea maxLength={500} showCount autoSize={{ minRows: 3 }} />
      </Form.Item>
    </FormModal>
  )
}
