import { App, Button, Card, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { MyData } from '#person/api.ts'
import { requestStateWords } from '#person/words.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt, issueAt } from '../api/problem.ts'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { personApi } from '../person/addresses.ts'

type Mine = NonNullable<MyData['person']>

/** 申请入会: for whom the register knows as a woman at work. What it knows is not typed again; what became of it stands here. */
export function Joining({ mine }: { mine: Mine }) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const act = useAct(
    (_: null, key) => call(personApi.myJoin, anything, { method: 'POST', key, body: { note } }),
    () => {
      void message.success('已提出，请等所在单位接收')
      setAsking(false)
    },
  )
  const now = mine.memberships.find(({ untilOn }) => untilOn === null)
  const asked = mine.requests.filter(({ kind }) => kind === 'join')
  const last = asked[0]
  if (now?.kind !== '女职工' && last === undefined) return null
  const waits = last?.state === 'open'
  const fault = issueAt(act.error, 'note')
  return (
    <Card size="small" title="加入工会" className="my-joining">
      {last && (
        <p>
          {`${formatInstant(last.askedAt)} 申请入会：${last.state === 'done' ? '已入会' : requestStateWords[last.state]}`}
          {last.answer && `。${last.answer}`}
        </p>
      )}
      {now?.kind === '女职工' && (
        <>
          <p>
            {waits
              ? `${now.org.name}的女职工委员核对后办理，结果写在这里。`
              : `您是${now.org.name}的女职工，还没有入会。申请只用登记册里已有的信息，不用再填；由本单位工会核对后接收。`}
          </p>
          {!waits && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {last ? '再次申请入会' : '申请入会'}
            </Button>
          )}
        </>
      )}
      <Modal
        open={asking}
        title="申请入会"
        okText="提出申请"
        cancelText="取消"
        okButtonProps={{ loading: act.busy }}
        onOk={() => act.run(null)}
        onCancel={() => setAsking(false)}
      >
        <p>{`本人${mine.name}自愿申请加入${now?.org.name ?? ''}。`}</p>
        <Form layout="vertical">
          <Form.Item label="想说明的（可不填）" {...(fault ? { validateStatus: 'error', help: fault } : {})}>
            <Input.TextArea
              aria-label="想说明的"
              maxLength={200}
              autoSize={{ minRows: 2, maxRows: 4 }}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Form.Item>
        </Form>
        {act.error && !hasIssueAt(act.error, ['note']) && <Failure error={act.error} retry={act.again} />}
      </Modal>
    </Card>
  )
}
