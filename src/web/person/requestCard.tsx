import { App, Button, Card, Flex, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { isOwnUnits, type PersonRequest } from '#person/api.ts'
import { requestStateWords, requestWords } from '#person/words.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { personApi } from './addresses.ts'

type Choice = 'accept' | 'refuse' | 'undo'

const accepts: Record<PersonRequest['kind'], string> = {
  transfer: '同意转出',
  merge: '确认合并',
  erase: '确认删除',
  join: '同意入会',
  nominate: '列入考虑',
}

function about({ kind, person, other, fromOrg, toOrg }: PersonRequest): string {
  const who = person?.name ?? '（本单位范围外的会员）'
  if (kind === 'transfer') return `${who}：${fromOrg.name} → ${toOrg?.name ?? ''}`
  if (kind === 'merge') return `把 ${other?.name ?? '另一份登记'} 并入 ${who}（${fromOrg.name}）`
  if (isOwnUnits(kind)) return `${who}（${fromOrg.name}）`
  return `${person === null ? '已删除的登记' : who}（${fromOrg.name}）`
}

/** What a second person decides, with what was asked, by whom, and why the reader may not where she may not. */
export function RequestCard({ request }: { request: PersonRequest }) {
  const { message } = App.useApp()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [answer, setAnswer] = useState('')
  const act = useAct(
    (_: null, key) =>
      choice === 'undo'
        ? call(personApi.undo(request.id), anything, { method: 'POST', key, body: { reason: answer } })
        : call(personApi.decision(request.id), anything, {
            method: 'POST',
            key,
            body: { verdict: choice, answer },
          }),
    () => {
      void message.success('已办理')
      setChoice(null)
    },
  )
  const open = request.state === 'open'
  const label = choice === 'undo' ? '撤销合并' : choice === 'refuse' ? '不同意' : accepts[request.kind]
  const must = choice === 'refuse' || choice === 'undo'
  return (
    <Card size="small" className="member-request">
      <Flex justify="space-between" gap={8} wrap>
        <div>
          <Flex gap={8} align="center" wrap>
            <Tag color={open ? 'blue' : 'default'}>{requestWords[request.kind]}</Tag>
            <b>{about(request)}</b>
          </Flex>
          <div>{request.reason}</div>
          <div className="page-sub num">
            {`${request.askedBy} 于 ${formatInstant(request.askedAt)} 提出 · ${requestStateWords[request.state]}`}
            {request.decidedAt &&
              ` · ${request.decidedBy === null ? '' : `${request.decidedBy} 于 `}${formatInstant(request.decidedAt)} 办理${request.answer ? `：${request.answer}` : ''}`}
          </div>
        </div>
        <Flex gap={8} align="center">
          {open && request.mayNot !== null && <span className="page-sub">{request.mayNot}</span>}
          {open && request.mayNot === null && (
            <>
              <Button onClick={() => setChoice('refuse')}>不同意</Button>
              <Button type="primary" danger={request.kind === 'erase'} onClick={() => setChoice('accept')}>
                {accepts[request.kind]}
              </Button>
            </>
          )}
          {request.mayUndo && <Button onClick={() => setChoice('undo')}>撤销合并</Button>}
        </Flex>
      </Flex>
      <Modal
        open={choice !== null}
        title={label}
        okText={label}
        cancelText="取消"
        okButtonProps={{
          loading: act.busy,
          disabled: must && answer.trim().length < 2,
          danger: choice === 'accept' && request.kind === 'erase',
        }}
        onOk={() => act.run(null)}
        onCancel={() => setChoice(null)}
      >
        <p>{about(request)}</p>
        {choice === 'accept' && request.kind === 'erase' && (
          <p>确认后密钥立即销毁，她的姓名、证件号码、手机号码等永远无法恢复；会员人数等统计不变。</p>
        )}
        <Input.TextArea
          aria-label={must ? '理由' : '说明'}
          placeholder={must ? '理由（必填）' : '说明（可不填）'}
          maxLength={200}
          autoSize={{ minRows: 2, maxRows: 4 }}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
        />
        {act.error && <Failure error={act.error} retry={act.again} />}
      </Modal>
    </Card>
  )
}
