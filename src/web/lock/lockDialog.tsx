import { App, Flex, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { lockCalendars, preview, type NewLock, type Preview } from '#figures/lock/api.ts'
import { lockPeriod } from '#figures/lock/rules.ts'
import { addMonths } from '#kit/day.ts'
import { partsIn } from '#kit/period.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { calendarLabels } from '../figures/scope.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { lockApi } from './addresses.ts'

type Asked = Pick<NewLock, 'calendar' | 'year' | 'part'>

/** The last period of a calendar that was over by a month. */
function lastOver(calendar: Asked['calendar'], untilYm: number): Asked {
  const size = 12 / partsIn[calendar]
  const next = addMonths(untilYm, 1)
  const end = addMonths(next, -(((next % 100) - 1) % size) - 1)
  return { calendar, year: Math.floor(end / 100), part: Math.ceil((end % 100) / size) }
}

/** Units named in the dialog; the rest is counted. */
const mostUnits = 5

const partName = (calendar: Asked['calendar'], part: number): string =>
  calendar === 'month'
    ? `${part}月`
    : calendar === 'half'
      ? `${'上下'[part - 1]}半年`
      : `第${'一二三四'[part - 1]}季度`

/** Which period, what is still under review in it, and only then the lock. */
export function LockDialog({ untilYm, onClose }: { untilYm: number; onClose: () => void }) {
  const { message } = App.useApp()
  const [asked, setAsked] = useState<Asked>(() => lastOver('month', untilYm))
  const [note, setNote] = useState('')
  const today = `${Math.floor(addMonths(untilYm, 1) / 100)}-${String(addMonths(untilYm, 1) % 100).padStart(2, '0')}-01`
  const found = lockPeriod(asked, today)
  const fault = 'message' in found ? found.message : null
  const query = useApi(lockApi.preview(asked), preview, { enabled: fault === null, staleTime: 0 })
  const act = useAct(
    (body: NewLock, key) =>
      call(lockApi.list, z.strictObject({ id: z.string() }), { method: 'POST', body, key }),
    () => {
      void message.success('已锁定')
      onClose()
    },
    () => void query.refetch(),
  )
  const last = Math.floor(untilYm / 100)
  const years = Array.from({ length: 6 }, (_, n) => ({ value: last - n, label: `${last - n}年` }))
  const parts = Array.from({ length: partsIn[asked.calendar] }, (_, n) => ({
    value: n + 1,
    label: partName(asked.calendar, n + 1),
  }))
  const seen = fault === null ? query.data : undefined
  return (
    <Modal
      open
      title="锁定期间"
      okText={seen && seen.waiting > 0 ? `仍有 ${seen.waiting} 条待审核，照样锁定` : '锁定'}
      cancelText="取消"
      okButtonProps={{ disabled: !seen || seen.locked !== null, loading: act.busy }}
      onOk={() => seen && act.run({ ...asked, note, waiting: seen.waiting })}
      onCancel={onClose}
    >
      <Flex gap={8} wrap className="lock-period">
        <Segmented
          value={asked.calendar}
          options={lockCalendars.map((value) => ({ value, label: calendarLabels[value] }))}
          onChange={(calendar) => setAsked(lastOver(calendar, untilYm))}
        />
        <Select
          aria-label="年度"
          value={asked.year}
          options={years}
          onChange={(year) => setAsked({ ...asked, year })}
        />
        {parts.length > 1 && (
          <Select
            aria-label="期间"
            value={asked.part}
            options={parts}
            onChange={(part) => setAsked({ ...asked, part })}
          />
        )}
      </Flex>
      {fault ? (
        <p className="lock-fault">{fault}</p>
      ) : (
        <Loaded query={query} rows={2}>
          {(data) => <Waiting data={data} />}
        </Loaded>
      )}
      <Input.TextArea
        value={note}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 4 }}
        placeholder="说明（选填），如：一季度报表已报送"
        aria-label="说明"
        onChange={(event) => setNote(event.target.value)}
      />
      {act.error && <Failure error={act.error} retry={act.again} />}
    </Modal>
  )
}

/** What the lock would leave under review, and where it waits. */
function Waiting({ data }: { data: Preview }) {
  if (data.locked !== null)
    return <p className="lock-fault">{data.locked}已经锁定，请选择还没有锁定的期间。</p>
  if (data.waiting === 0) return <p>{data.period.label}没有待审核的记录和更正，可以锁定。</p>
  return (
    <div className="lock-waiting" role="status">
      <p>
        <b>
          {data.period.label}还有 {data.waiting} 条待审核。
        </b>
        {data.records > 0 &&
          `${data.proposals > 0 ? `其中 ${data.records} 条记录，` : ''}锁定后通过的算作补报；`}
        {data.proposals > 0 && `${data.proposals} 项更正或作废申请，锁定后还须本单位同意；`}
        锁定值都不变。
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>现在由谁审核</th>
            <th className="right">记录</th>
            <th className="right">更正、作废</th>
          </tr>
        </thead>
        <tbody>
          {data.at.slice(0, mostUnits).map((line) => (
            <tr key={line.org.id}>
              <td>{line.org.name}</td>
              <td className="num right">{line.records}</td>
              <td className="num right">{line.proposals}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.at.length > mostUnits && <p>另有 {data.at.length - mostUnits} 个单位。</p>}
    </div>
  )
}
