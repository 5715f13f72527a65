import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Descriptions, Drawer, Tag } from 'antd'
import { useState } from 'react'
import { siloDetail, type SiloDetail } from '#silo/api.ts'
import type { SiloAct } from '#silo/flow.ts'
import { actWords, siloStateWords, siloWords, stepWords } from '#silo/kinds.ts'
import { longDay } from '#kit/day.ts'
import { call } from '../api/client.dom.ts'
import { Loaded } from '../kit/states.tsx'
import { siloApi } from './addresses.ts'
import { ActModal } from './actModal.tsx'
import { Talk } from './talk.tsx'
import { useSiloAct } from './useSiloAct.tsx'

/** One matter, opened: that it was is noted each time. */
export function MatterDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery({
    queryKey: [siloApi.open(id)],
    queryFn: ({ signal }) => call(siloApi.open(id), siloDetail, { method: 'POST', signal }),
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const matter = query.data
  return (
    <Drawer
      open
      size={640}
      onClose={onClose}
      title={matter ? `${siloWords[matter.silo].name} · ${matter.topic}` : '专办事项'}
    >
      <Loaded query={query}>{(found) => <Matter matter={found} onGone={onClose} />}</Loaded>
    </Drawer>
  )
}

const direct: readonly SiloAct[] = ['accept', 'approve', 'urgent', 'calm', 'recuse']
const leading: readonly SiloAct[] = ['accept', 'approve', 'assign', 'close', 'visit']

function Matter({ matter, onGone }: { matter: SiloDetail; onGone: () => void }) {
  const [asking, setAsking] = useState<SiloAct | null>(null)
  const { modal } = App.useApp()
  const act = useSiloAct(matter, onGone)
  const press = (what: SiloAct) => {
    if (!direct.includes(what)) setAsking(what)
    else if (what !== 'recuse') act.run({ act: what })
    else
      void modal.confirm({
        title: '回避并退回这件事项？',
        content: '退回后由负责人另派，您不再看得到，也不会再派给您。',
        okText: '回避退回',
        cancelText: '取消',
        onOk: () => act.run({ act: 'recuse' }),
      })
  }
  return (
    <>
      {matter.isUrgent && (
        <Alert
          className="silo-gap"
          type="error"
          showIcon
          title="紧急：内容提到危险。可先联系本人，提醒拨打 110、12338、12351"
        />
      )}
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'state', label: '状态', children: <Tag>{siloStateWords[matter.state]}</Tag> },
          { key: 'on', label: '收到', children: longDay(matter.receivedOn) },
          ...(matter.form ? [{ key: 'form', label: '希望', children: matter.form }] : []),
          { key: 'org', label: '涉及单位', children: matter.org ?? '没有写明' },
          { key: 'to', label: '承办', children: matter.assignedTo ?? '还没有指派' },
          ...(matter.step && matter.dueOn
            ? [
                {
                  key: 'due',
                  label: `${stepWords[matter.step]}期限`,
                  children: `${longDay(matter.dueOn)}${matter.isLate ? '，已超期' : ''}`,
                },
              ]
            : []),
          ...(matter.referTo
            ? [
                {
                  key: 'refer',
                  label: '转办',
                  children: `已建议转到“${siloWords[matter.referTo].name}”，等本人同意`,
                },
              ]
            : []),
        ]}
      />
      {matter.messages ? (
        <Talk
          messages={matter.messages.map(({ n, side, text, onDay }) => ({
            n,
            text,
            onDay,
            by: { asker: '来件人', handler: '答复', note: '工作笔记（只有您看得到）' }[side],
            mine: side !== 'asker',
          }))}
        />
      ) : (
        <p className="silo-aside">{matter.isErased ? '本人已撤回，内容已销毁。' : '内容只给承办人看。'}</p>
      )}
      <div className="silo-actions">
        {matter.acts.map((one) => (
          <Button
            key={one}
            type={leading.includes(one) && one !== 'assign' ? 'primary' : 'default'}
            loading={act.busy}
            onClick={() => press(one)}
          >
            {one === 'assign' && matter.state === 'assigned' ? '改派' : actWords[one]}
          </Button>
        ))}
      </div>
      {asking && <ActModal matter={matter} act={asking} onClose={() => setAsking(null)} onGone={onGone} />}
    </>
  )
}
