import { App, Button, DatePicker, Form, Input, Radio, Select, Tag } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import type { ClassDetail, StaffLine } from '#childcare/api.ts'
import { checkResults, checkWords, staffDuties, type CheckResult } from '#childcare/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { useFailed } from '../kit/failed.ts'
import { Sideways } from '../kit/sideways.tsx'
import { Blank } from '../kit/states.tsx'
import { HealthModal } from './healthModal.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'
import { CutNote } from '../kit/cutNote.tsx'

/** 工作人员: her own unit sees who, whoever stands above sees how many. */
export function StaffCard({ found: c }: { found: ClassDetail }) {
  const { message, modal } = App.useApp()
  const [checking, setChecking] = useState<StaffLine | null>(null)
  const [certifying, setCertifying] = useState<StaffLine | null>(null)
  const [adding, setAdding] = useState(false)
  const drop = useAct(
    (staffId: string, key) => call(childcareApi.person(c.id, staffId), anything, { method: 'DELETE', key }),
    () => void message.success('已移出名单'),
    useFailed(),
  )
  const ask = (one: StaffLine) =>
    void modal.confirm({
      title: `移出${one.name}？`,
      content:
        one.result === 'unfit'
          ? '不再参与这个班的工作；不得录用的结果留到班级结束，重新登记时仍然有效'
          : '不再参与这个班的工作；姓名和查询结果随即删除',
      okText: '移出',
      cancelText: '取消',
      onOk: () => drop.run(one.id),
    })
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>工作人员</h2>
        {c.mayKeep && <Button onClick={() => setAdding(true)}>登记工作人员</Button>}
      </div>
      <p className="hardship-text hardship-aside">
        入职查询由本单位向公安机关、人民检察院办理。这里只登记可以不可以录用和查询日期，不登记查到的内容；健康证只登记有效期；名单只给本单位看，班级结束即删除。
      </p>
      {c.staff === null || (c.staff.length === 0 && !c.mayKeep) ? (
        <p className="hardship-text">
          {c.staffShown === null
            ? c.staff === null
              ? '名单只给办班单位看'
              : '没有登记工作人员'
            : `公布时 ${c.staffShown} 人，${c.certifiedShown ? '入职查询和健康证都有效' : '入职查询都有效（当时还没有要求健康证）'}${c.staff === null ? '' : '；名单已删除'}`}
        </p>
      ) : c.staff.length === 0 ? (
        <Blank why="还没有登记工作人员，请把每一位接触孩子的人都登记上" />
      ) : (
        <Sideways label="工作人员">
          <table className="plain-table childcare-staff">
            <thead>
              <tr>
                <th>姓名</th>
                <th>岗位</th>
                <th>入职查询</th>
                <th>查询日期</th>
                <th>登记人</th>
                <th>健康证有效期</th>
                {c.mayKeep && <th>办理</th>}
              </tr>
            </thead>
            <tbody>
              {c.staff.map((one) => (
                <tr key={one.id}>
                  <td>{one.name}</td>
                  <td>{one.duty}</td>
                  <td>
                    <Result one={one} />
                  </td>
                  <td className="num">{one.checkedOn ?? '—'}</td>
                  <td>{one.checkedBy ?? '—'}</td>
                  <td className="num">{one.healthUntil ?? <Tag color="gold">没有登记</Tag>}</td>
                  {c.mayKeep && (
                    <td>
                      <Button
                        size="small"
                        aria-label={`登记查询 ${one.name}`}
                        onClick={() => setChecking(one)}
                      >
                        登记查询
                      </Button>{' '}
                      <Button
                        size="small"
                        aria-label={`登记健康证 ${one.name}`}
                        onClick={() => setCertifying(one)}
                      >
                        健康证
                      </Button>{' '}
                      <Button
                        size="small"
                        type="text"
                        aria-label={`移出 ${one.name}`}
                        onClick={() => ask(one)}
                      >
                        移出
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          <CutNote list="childcareStaff" count={c.staff.length} />
        </Sideways>
      )}
      {adding && <AddModal id={c.id} onClose={() => setAdding(false)} />}
      {certifying && <HealthModal id={c.id} one={certifying} onClose={() => setCertifying(null)} />}
      {checking && <CheckModal id={c.id} one={checking} onClose={() => setChecking(null)} />}
    </section>
  )
}

function Result({ one }: { one: StaffLine }) {
  if (one.result === null) return <Tag color="gold">没有查询</Tag>
  if (one.result === 'unfit') return <Tag color="red">{checkWords.unfit}</Tag>
  return one.stale ? <Tag color="orange">已超期，请重新查询</Tag> : <Tag color="green">{checkWords.fit}</Tag>
}

const isTold = (error: unknown) => error instanceof ApiProblem && (error.body.issues?.length ?? 0) > 0

function AddModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    (body: { name: string; duty: string }, key) =>
      call(childcareApi.staff(id), anything, { method: 'POST', key, body }),
    () => {
      onClose()
      void message.success('已登记，请接着登记入职查询和健康证')
    },
  )
  return (
    <FormModal<{ name: string; duty: string }>
      title="登记工作人员"
      okText="登记"
      act={act}
      told={isTold(act.error)}
      initialValues={{ duty: '看护' }}
      onClose={onClose}
    >
      <Form.Item
        label="姓名"
        name="name"
        rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
        {...faultAt(act.error, 'name')}
      >
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item label="岗位" name="duty">
        <Select options={staffDuties.map((value) => ({ value, label: value }))} />
      </Form.Item>
    </FormModal>
  )
}

type CheckValues = { result: CheckResult; checkedOn: Dayjs; reason?: string }

function CheckModal({ id, one, onClose }: { id: string; one: StaffLine; onClose: () => void }) {
  const { message } = App.useApp()
  const act = useAct(
    ({ result, checkedOn, reason }: CheckValues, key) =>
      call(childcareApi.person(id, one.id), anything, {
        method: 'PUT',
        key,
        body: {
          result,
          checkedOn: checkedOn.format('YYYY-MM-DD'),
          version: one.version,
          ...(reason === undefined ? {} : { reason }),
        },
      }),
    () => {
      onClose()
      void message.success(`已登记${one.name}的入职查询`)
    },
  )
  return (
    <FormModal<CheckValues>
      title={`${one.name}的入职查询`}
      okText="保存"
      act={act}
      told={isTold(act.error)}
      initialValues={{}}
      onClose={onClose}
    >
      <Form.Item
        label="查询结果"
        name="result"
        extra="只选结论，不写查到的内容；不得录用的，请调离后移出名单"
        rules={[{ required: true, message: '请选择查询结果' }]}
      >
        <Radio.Group options={checkResults.map((value) => ({ value, label: checkWords[value] }))} />
      </Form.Item>
      <Form.Item
        label="查询日期"
        name="checkedOn"
        rules={[{ required: true, message: '请选择查询日期' }]}
        {...faultAt(act.error, 'checkedOn')}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      {one.result === 'unfit' && (
        <Form.Item
          label="改为可以录用的理由"
          name="reason"
          extra="由登记不得录用的同志以外的人办理，要有之后新的查询"
          {...faultAt(act.error, 'reason')}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
    </FormModal>
  )
}
