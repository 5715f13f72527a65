import { PrinterOutlined } from '@ant-design/icons'
import { App, Button, Card, DatePicker, Form, InputNumber, QRCode } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import { usesIn, type NewUse } from '#programmes/careRoom/useApi.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { formatCount } from '../format.ts'
import { CutNote } from '../kit/cutNote.tsx'
import { Blank } from '../kit/states.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'

const monthWords = (ym: number): string => `${Math.floor(ym / 100)}年${ym % 100}月`

/** How often the room is used, and the sheet with the code for its door. Nobody is asked who she is. */
export function UseTab({ detail }: { detail: RoomDetail }) {
  const { today } = useMe()
  const { uses, may } = detail
  const [isTelling, setTelling] = useState(false)
  const year = Number(today.slice(0, 4))
  const total = uses
    .filter(({ ym }) => Math.floor(ym / 100) === year)
    .reduce((sum, one) => sum + usesIn(one), 0)
  return (
    <div className="room-cards">
      <Card
        size="small"
        title={`使用人次（${year}年 ${formatCount(total)} 人次）`}
        extra={
          may.keep && (
            <Button type="primary" onClick={() => setTelling(true)}>
              填报登记本人次
            </Button>
          )
        }
      >
        {uses.length === 0 ? (
          <Blank why="还没有使用人次：把门口的码打印张贴，使用的人扫码记一次；或者由管理单位每月按登记本填报" />
        ) : (
          <table className="plain-table room-uses">
            <thead>
              <tr>
                <th>月份</th>
                <th className="num">门口扫码</th>
                <th className="num">登记本</th>
                <th className="num">当月人次</th>
              </tr>
            </thead>
            <tbody>
              {uses.map((one) => (
                <tr key={one.ym}>
                  <td>{monthWords(one.ym)}</td>
                  <td className="num">{formatCount(one.door)}</td>
                  <td className="num">{one.book === null ? '没有填报' : formatCount(one.book)}</td>
                  <td className="num">
                    <b>{formatCount(usesIn(one))}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <CutNote list="careRoomUses" count={uses.length} />
        <p className="room-under">
          只记次数，不记姓名。填报了登记本的月份按登记本计，没有填报的按门口扫码计。
        </p>
      </Card>
      <DoorSheet detail={detail} />
      {isTelling && <TellModal detail={detail} today={today} onClose={() => setTelling(false)} />}
    </div>
  )
}

/** To be printed and hung up: the code counts a use and tells of the room. */
function DoorSheet({ detail: { room, door } }: { detail: RoomDetail }) {
  return (
    <Card
      size="small"
      title="门口的码"
      className="room-door-card"
      extra={
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印张贴
        </Button>
      }
    >
      <section className="room-door" aria-label="张贴在门口的码">
        <h2>{room.title}</h2>
        <p>用过请扫一扫，记一次</p>
        <QRCode
          aria-label="门口的二维码"
          value={door}
          type="svg"
          size={220}
          bordered={false}
          errorLevel="M"
        />
        <p>不用登录，不记姓名</p>
        <p className="room-under">{room.org.name}</p>
      </section>
    </Card>
  )
}

type TellProps = { detail: RoomDetail; today: string; onClose: () => void }

function TellModal({ detail: { room, uses }, today, onClose }: TellProps) {
  const { message } = App.useApp()
  const act = useAct(
    ({ month, book }: { month: Dayjs; book: number }, key) => {
      const body: NewUse = { ym: month.year() * 100 + month.month() + 1, book }
      return call(roomApi.uses(room.id), anything, { method: 'PUT', key, body })
    },
    () => {
      onClose()
      void message.success('使用人次已填报')
    },
  )
  const last = dayjs(today).subtract(1, 'month')
  const told = uses.find(({ ym }) => ym === last.year() * 100 + last.month() + 1)?.book
  return (
    <FormModal<{ month: Dayjs; book: number }>
      title="填报登记本人次"
      okText="填报"
      act={act}
      told={hasIssueAt(act.error, ['ym', 'book'])}
      initialValues={{ month: last, ...(told === null || told === undefined ? {} : { book: told }) }}
      onClose={onClose}
    >
      <Form.Item
        label="月份"
        name="month"
        rules={[{ required: true, message: '请选择月份' }]}
        extra="同一个月再填一次，以后一次为准"
        {...faultAt(act.error, 'ym')}
      >
        <DatePicker
          picker="month"
          allowClear={false}
          format="YYYY年M月"
          maxDate={last.endOf('month')}
          minDate={dayjs(room.builtOn)}
        />
      </Form.Item>
      <Form.Item
        label="使用人次"
        name="book"
        rules={[{ required: true, message: '请填写人次，没有人用填 0' }]}
        {...faultAt(act.error, 'book')}
      >
        <InputNumber min={0} max={99_999} precision={0} suffix="人次" style={{ width: 180 }} />
      </Form.Item>
    </FormModal>
  )
}
