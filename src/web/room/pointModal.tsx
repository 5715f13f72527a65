import { App, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import { systemNames, systems, type System } from '#programmes/careRoom/point.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt, issueAt } from '../api/problem.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { roomApi } from './addresses.ts'

type Values = {
  crs: System
  lng: number
  lat: number
  source: string
  accuracy?: number | null
  isSure?: boolean
}

/** A point with its system: without it a number is worth nothing, so none is chosen beforehand. */
export function PointModal({ detail, onClose }: { detail: RoomDetail; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ accuracy, isSure, ...point }: Values, key) =>
      call(roomApi.point(detail.room.id), anything, {
        method: 'PUT',
        key,
        body: { ...point, accuracy: accuracy ?? null, ...(isSure ? { isSure } : {}) },
      }),
    () => {
      onClose()
      void message.success('坐标已保存')
    },
  )
  const asksSure = Boolean(issueAt(act.error, 'isSure'))
  return (
    <FormModal<Values>
      title={detail.point ? '更改坐标' : '填写坐标'}
      okText="保存"
      act={act}
      told={hasIssueAt(act.error, ['lng', 'lat', 'source', 'isSure'])}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="坐标系"
        name="crs"
        extra="从哪里取的就选哪个；选错会偏几百米到一公里多"
        rules={[{ required: true, message: '请选择坐标系' }]}
      >
        <Select
          placeholder="请选择"
          options={systems.map((value) => ({ value, label: systemNames[value] }))}
        />
      </Form.Item>
      <div className="room-pair">
        <Form.Item
          label="经度"
          name="lng"
          rules={[{ required: true, message: '请填写经度' }]}
          {...faultAt(act.error, 'lng')}
        >
          <InputNumber controls={false} placeholder="例如 121.614700" />
        </Form.Item>
        <Form.Item
          label="纬度"
          name="lat"
          rules={[{ required: true, message: '请填写纬度' }]}
          {...faultAt(act.error, 'lat')}
        >
          <InputNumber controls={false} placeholder="例如 38.914000" />
        </Form.Item>
      </div>
      <Form.Item
        label="来源"
        name="source"
        rules={[{ required: true, whitespace: true, message: '请写明坐标来源' }]}
        {...faultAt(act.error, 'source')}
      >
        <Input maxLength={40} placeholder="例如 门口手机定位、高德坐标拾取" />
      </Form.Item>
      <Form.Item label="精度（米，选填）" name="accuracy">
        <InputNumber controls={false} min={0} max={100000} precision={0} />
      </Form.Item>
      {asksSure && (
        <Form.Item name="isSure" valuePropName="checked" {...faultAt(act.error, 'isSure')}>
          <Checkbox>已核对，这个点确实在本市范围以外</Checkbox>
        </Form.Item>
      )}
    </FormModal>
  )
}
