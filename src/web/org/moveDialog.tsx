import { Alert, App, Button, DatePicker, Flex, Form, Input, Modal, Radio } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { monthOf } from '#kit/day.ts'
import type { OrgBrief, OrgDetail, OrgMove } from '#org/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { OrgPicker } from '../kit/orgPicker.tsx'
import { Failure } from '../kit/states.tsx'
import { movesApi } from './addresses.ts'
import { meaningOf } from './move.ts'
import { parentAt } from './tree.ts'

type MoveDialogProps = { org: OrgDetail; onClose: () => void }

/** A new superior from a month on. What it does to figures is read before it is confirmed. */
export function MoveDialog({ org, onClose }: MoveDialogProps) {
  const { message } = App.useApp()
  const { today } = useMe()
  const [line, setLine] = useState<1 | 2>(1)
  const [parent, setParent] = useState<OrgBrief | null>(null)
  const [ends, setEnds] = useState(false)
  const [fromYm, setFromYm] = useState(monthOf(today))
  const [docNo, setDocNo] = useState('')
  const [checking, setChecking] = useState(false)
  const act = useAct(
    (body: OrgMove, key) => call(movesApi(org.id), anything, { method: 'POST', body, key }),
    () => {
      void message.success(`${org.shortName || org.name}的隶属已调整`)
      onClose()
    },
  )
  const ending = line === 2 && ends
  const former = parentAt(org.edges, line, fromYm)
  const same = !ending && parent !== null && former?.id === parent.id
  const ready = ending ? former !== null : parent !== null && !same
  const meaning = meaningOf({
    line,
    fromYm,
    todayYm: monthOf(today),
    unit: org.shortName || org.name,
    former: former ? former.shortName || former.name : null,
    next: ending || !parent ? null : parent.shortName || parent.name,
  })
  const change = (set: () => void) => {
    set()
    setChecking(false)
    act.reset()
  }
  return (
    <Modal
      open
      style={{ top: 48 }}
      title={`调整隶属：${org.name}`}
      onCancel={onClose}
      footer={
        checking ? (
          <Flex justify="flex-end" gap={8}>
            <Button onClick={() => setChecking(false)}>返回修改</Button>
            <Button
              type="primary"
              danger={meaning.correction}
              loading={act.busy}
              onClick={() =>
                act.run({ line, parentId: ending ? null : parent!.id, fromYm, docNo: docNo.trim() })
              }
            >
              {meaning.correction ? '确认更正' : '确认调整'}
            </Button>
          </Flex>
        ) : (
          <Button type="primary" disabled={!ready} onClick={() => setChecking(true)}>
            下一步：核对
          </Button>
        )
      }
    >
      <Form layout="vertical" disabled={checking}>
        <Form.Item label="调整哪条线">
          <Radio.Group
            value={ending ? 'end' : line}
            onChange={({ target }) =>
              change(() => {
                setEnds(target.value === 'end')
                setLine(target.value === 1 ? 1 : 2)
              })
            }
            options={[
              { value: 1, label: '上级（上报、计数）' },
              { value: 2, label: '会看（只看）' },
              ...(parentAt(org.edges, 2, monthOf(today)) ? [{ value: 'end', label: '取消会看' }] : []),
            ]}
          />
        </Form.Item>
        {!ending && (
          <Form.Item
            label={line === 1 ? '新的上级' : '由谁会看'}
            htmlFor="newParent"
            required
            {...(same ? { validateStatus: 'error', help: '该月本来就隶属于这个单位' } : {})}
          >
            <OrgPicker
              id="newParent"
              value={parent ? [parent] : []}
              fits={(unit) => unit.id !== org.id && unit.tier !== 'branch'}
              onChange={([chosen]) => change(() => setParent(chosen ?? null))}
            />
          </Form.Item>
        )}
        <Flex gap={16} wrap>
          <Form.Item label="从哪个月起" htmlFor="fromMonth" required>
            <DatePicker
              id="fromMonth"
              picker="month"
              format="YYYY年M月"
              allowClear={false}
              value={dayjs(`${Math.floor(fromYm / 100)}-${String(fromYm % 100).padStart(2, '0')}-01`)}
              maxDate={dayjs(today).add(12, 'month')}
              onChange={(month) => month && change(() => setFromYm(month.year() * 100 + month.month() + 1))}
            />
          </Form.Item>
          <Form.Item label="依据文号" htmlFor="docNo" className="move-doc">
            <Input
              id="docNo"
              maxLength={100}
              placeholder="如 大工发〔2020〕12号；没有可空着"
              value={docNo}
              onChange={(event) => setDocNo(event.target.value)}
            />
          </Form.Item>
        </Flex>
      </Form>
      {ready && (
        <Alert
          type={meaning.correction ? 'warning' : 'info'}
          showIcon
          title={meaning.correction ? '这是对过去的更正' : '调整之后'}
          description={
            <ul className="move-meaning">
              {meaning.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          }
        />
      )}
      {act.error && <Failure error={act.error} retry={act.again} />}
    </Modal>
  )
}
