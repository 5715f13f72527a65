import { EyeOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Table } from 'antd'
import { useState } from 'react'
import { revealedFile, type FileDetail, type RevealedFile } from '#hardship/api.ts'
import { hardshipForms } from '#hardship/forms.ts'
import { type Household, type Kin } from '#hardship/household.ts'
import { kinFields } from '#hardship/householdFields.ts'
import { householdPairs } from '#hardship/tell.ts'
import { longDay } from '#kit/day.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { call, callFile } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { formatValue } from '../format.ts'
import { save } from '../my/save.dom.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { hardshipApi } from './addresses.ts'
import { useFailed } from '../kit/failed.ts'

const wide = new Set(['困难情况', '家庭住址'])

/** 家庭情况和认定: sealed until opened with a reason; shown here alone and until the page is left. */
export function SealedCard({ file: f }: { file: FileDetail }) {
  const [asking, setAsking] = useState(false)
  const [opened, setOpened] = useState<RevealedFile | null>(null)
  const failed = useFailed()
  const print = useMutation({
    mutationFn: async ({ key, title }: { key: string; title: string }) =>
      save(`${title}_${f.name}.docx`, await callFile(hardshipApi.form(f.id, key), { method: 'POST' })),
    onError: failed,
  })
  return (
    <section className="hardship-card">
      <div className="hardship-head">
        <h2>家庭情况和认定</h2>
        {f.mayReveal && (
          <div className="hardship-bar" style={{ margin: 0 }}>
            {opened === null && (
              <Button icon={<EyeOutlined />} onClick={() => setAsking(true)}>
                查看家庭情况
              </Button>
            )}
            {hardshipForms.map(({ key, title }) => (
              <Button
                key={key}
                loading={print.isPending && print.variables.key === key}
                onClick={() => print.mutate({ key, title })}
              >
                {title.replace('困难女职工', '').replace('家庭经济状况', '')}
              </Button>
            ))}
          </div>
        )}
      </div>
      {opened === null ? (
        <p className="hardship-aside">
          {f.mayReveal
            ? '加密保存。查看要写明理由；查看和打印都会显示在她的“谁看过我的信息”里。'
            : '加密保存，您不能打开。'}
        </p>
      ) : (
        <Opened opened={opened} />
      )}
      {f.results.length > 0 && (
        <>
          <h3>认定所依据的规则</h3>
          <ul className="hardship-why">
            {f.results.map((r) => (
              <li key={`${r.on}${r.occasion}${r.version}`}>
                {`${longDay(r.on)}${r.occasion === 'verify' ? '建档认定' : '年度复核'}：${r.basis}（版本 ${r.version.split('@')[1]}）`}
              </li>
            ))}
          </ul>
        </>
      )}
      {asking && (
        <AskModal
          file={f}
          onClose={() => setAsking(false)}
          onOpened={(found) => {
            setAsking(false)
            setOpened(found)
          }}
        />
      )}
    </section>
  )
}

function Opened({ opened: { household, result } }: { opened: RevealedFile }) {
  const h = household as unknown as Household
  return (
    <>
      {result && (
        <>
          <Alert
            style={{ marginBottom: 12 }}
            type={result.category ? 'success' : 'warning'}
            showIcon
            title={result.category ? `困难类别：${result.category}` : '不符合任何困难类别'}
            description={
              <ul className="hardship-why">
                {result.why.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            }
          />
        </>
      )}
      <dl className="hardship-facts">
        {householdPairs(h).map(([label, text]) => (
          <div key={label} className={wide.has(label) ? 'hardship-wide' : ''}>
            <dt>{label.replace('（元）', '').replace('（抚养未成年或在读子女）', '')}</dt>
            <dd className="num">{text}</dd>
          </div>
        ))}
      </dl>
      {h.family.length > 0 && (
        <>
          <h3>家庭成员</h3>
          <div className="sideways" role="region" aria-label="家庭成员" tabIndex={0}>
            <Table<Kin>
              className="hardship-aids"
              size="small"
              rowKey="idNumber"
              pagination={false}
              dataSource={h.family}
              columns={Object.entries(kinFields).map(([name, field]) => ({
                title: field.label,
                render: (_: unknown, kin: Kin) => (
                  <span className="num">{formatValue(field, kin[name as keyof Kin]) || '—'}</span>
                ),
              }))}
            />
          </div>
        </>
      )}
    </>
  )
}

type AskModalProps = { file: FileDetail; onClose: () => void; onOpened: (found: RevealedFile) => void }

function AskModal({ file, onClose, onOpened }: AskModalProps) {
  const act = useAct(
    (body: { reason: string }, _key) =>
      call(hardshipApi.reveals(file.id), revealedFile, { method: 'POST', body }),
    onOpened,
  )
  return (
    <FormModal<{ reason: string }>
      title="查看家庭情况"
      okText="查看"
      act={act}
      told={hasIssueAt(act.error, ['reason'])}
      initialValues={{ reason: '' }}
      onClose={onClose}
    >
      <Form.Item
        label="理由"
        name="reason"
        extra="她在“谁看过我的信息”里看得到时间、单位、岗位和理由"
        rules={[{ required: true, whitespace: true, message: '请写明查看理由' }]}
        {...faultAt(act.error, 'reason')}
      >
        <Input.TextArea
          maxLength={200}
          autoSize={{ minRows: 2, maxRows: 4 }}
          placeholder="如：入户前核对家庭人口"
        />
      </Form.Item>
    </FormModal>
  )
}
