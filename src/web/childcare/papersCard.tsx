import { App, Button, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import type { ClassDetail } from '#childcare/api.ts'
import { paperKinds, paperWords, type PaperKind } from '#childcare/states.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { ApiProblem } from '../api/problem.ts'
import { Sideways } from '../kit/sideways.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { childcareApi } from './addresses.ts'
import { ScanCell } from './scanCell.tsx'

type Values = { number: string; issuer: string; validUntil: Dayjs }

/** 安全材料: which papers there are, and until when they hold. */
export function PapersCard({ found: c }: { found: ClassDetail }) {
  const [noting, setNoting] = useState<PaperKind | null>(null)
  return (
    <section className="hardship-card">
      <h2>安全材料</h2>
      <p className="hardship-text hardship-aside">
        五项齐全并在有效期内才能公布
        {c.asksScans ? '，按本市规定每项都要上传扫描件' : ''}
        。扫描件收图片或 PDF，只有办班单位和审核的上级能打开；原件由办班单位保存备查。
      </p>
      <Sideways label="安全材料">
        <table className="plain-table childcare-papers">
          <thead>
            <tr>
              <th>材料</th>
              <th>名称或编号</th>
              <th>出具单位</th>
              <th>有效期至</th>
              <th>扫描件</th>
              {c.mayKeep && <th>登记</th>}
            </tr>
          </thead>
          <tbody>
            {paperKinds.map((kind) => {
              const held = c.papers.find((one) => one.kind === kind)
              return (
                <tr key={kind}>
                  <td>{paperWords[kind]}</td>
                  <td>{held?.number ?? <span className="hardship-due">缺</span>}</td>
                  <td>{held?.issuer ?? '—'}</td>
                  <td className="num">{held?.validUntil ?? '—'}</td>
                  <td>{held ? <ScanCell found={c} paper={held} /> : '—'}</td>
                  {c.mayKeep && (
                    <td>
                      <Button
                        size="small"
                        aria-label={`${held ? '更新' : '登记'} ${paperWords[kind]}`}
                        onClick={() => setNoting(kind)}
                      >
                        {held ? '更新' : '登记'}
                      </Button>
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </Sideways>
      {noting && <PaperModal found={c} kind={noting} onClose={() => setNoting(null)} />}
    </section>
  )
}

function PaperModal({
  found: c,
  kind,
  onClose,
}: {
  found: ClassDetail
  kind: PaperKind
  onClose: () => void
}) {
  const { message } = App.useApp()
  const act = useAct(
    ({ number, issuer, validUntil }: Values, key) =>
      call(childcareApi.papers(c.id), anything, {
        method: 'PUT',
        key,
        body: { kind, number, issuer, validUntil: validUntil.format('YYYY-MM-DD') },
      }),
    () => {
      onClose()
      void message.success(`已登记${paperWords[kind]}材料`)
    },
  )
  const held = c.papers.find((one) => one.kind === kind)
  const told = act.error instanceof ApiProblem && (act.error.body.issues?.length ?? 0) > 0
  return (
    <FormModal<Values>
      title={`${paperWords[kind]}材料`}
      okText="保存"
      act={act}
      told={told}
      initialValues={held ? { ...held, validUntil: dayjs(held.validUntil) } : {}}
      onClose={onClose}
    >
      <Form.Item
        label="名称或编号"
        name="number"
        rules={[{ required: true, whitespace: true, message: '请填写材料名称或编号' }]}
        {...faultAt(act.error, 'number')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="出具单位"
        name="issuer"
        rules={[{ required: true, whitespace: true, message: '请填写出具单位' }]}
        {...faultAt(act.error, 'issuer')}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        label="有效期至"
        name="validUntil"
        rules={[{ required: true, message: '请选择有效期' }]}
        {...faultAt(act.error, 'validUntil')}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      {held?.scan && (
        <p className="hardship-aside">
          编号或有效期改了就是另一份材料，原来的扫描件不再显示，保存后请重新上传。
        </p>
      )}
    </FormModal>
  )
}
