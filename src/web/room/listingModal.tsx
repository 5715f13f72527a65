import { App, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import { following, reasoned, type ListingState, type Vendor } from '#programmes/careRoom/listing.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'

type Values = { state: ListingState; fromOn: Dayjs; poiId?: string; mapName?: string; reason?: string }

/** The next state of the room with a vendor; only what may follow is offered. */
export function ListingModal({
  detail,
  vendor,
  onClose,
}: {
  detail: RoomDetail
  vendor: Vendor
  onClose: () => void
}) {
  const { today } = useMe()
  const { message } = App.useApp()
  const { room } = detail
  const now = room.listings.find((one) => one.vendor === vendor)!.state
  const act = useAct(
    ({ state, fromOn, poiId, mapName, reason }: Values, key) =>
      call(roomApi.listings(room.id), anything, {
        method: 'POST',
        key,
        body: {
          vendor,
          state,
          fromOn: fromOn.format('YYYY-MM-DD'),
          ...(poiId ? { poiId } : {}),
          ...(mapName ? { mapName } : {}),
          ...(reason ? { reason } : {}),
        },
      }),
    (_, { state }) => {
      onClose()
      void message.success(state === '已上线' ? '已登记，从这一天起计入对外开放' : '已登记')
    },
  )
  return (
    <FormModal<Values>
      title={`登记${vendor}新状态`}
      okText="登记"
      act={act}
      told={hasIssueAt(act.error, ['state', 'fromOn', 'reason'])}
      initialValues={{ state: following[now][0], fromOn: dayjs(today), mapName: room.title }}
      onClose={onClose}
    >
      <p>现在是“{now}”。</p>
      <Form.Item label="新状态" name="state" {...faultAt(act.error, 'state')}>
        <Select options={following[now].map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item
        label="从哪天起"
        name="fromOn"
        rules={[{ required: true, message: '请选择日期' }]}
        {...faultAt(act.error, 'fromOn')}
      >
        <DatePicker allowClear={false} showNow={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item<Values> noStyle shouldUpdate={(before, after) => before.state !== after.state}>
        {({ getFieldValue }) =>
          reasoned.includes(getFieldValue('state') as ListingState) ? (
            <Form.Item
              label="原因"
              name="reason"
              rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
              {...faultAt(act.error, 'reason')}
            >
              <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
            </Form.Item>
          ) : getFieldValue('state') === '已上线' ? (
            <>
              <Form.Item label="图上名称" name="mapName">
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item label={`${vendor}给的编号（选填）`} name="poiId">
                <Input maxLength={60} />
              </Form.Item>
            </>
          ) : null
        }
      </Form.Item>
    </FormModal>
  )
}
