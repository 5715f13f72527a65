import { App, Form, Input, Radio } from 'antd'
import type { Column, SheetLine, UnitSheet } from '#figures/assessment/api.ts'
import { columnWords, pointsText } from '#figures/assessment/words.ts'
import { FormModal } from '../accounts/formModal.tsx'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { hasIssueAt } from '../api/problem.ts'
import { EvidencePick } from '../record/evidencePick.tsx'
import { faultAt } from '../signIn/newPassword.tsx'
import { assessmentApi } from './addresses.ts'

type Values = { points?: string; holds?: boolean; note?: string; programme?: string; records?: string[] }

type ScoreModalProps = {
  unit: UnitSheet
  line: SheetLine & UnitSheet['lines'][number]
  column: Column
  onClose: () => void
}

/** One line of the writer's own column. */
export function ScoreModal({ unit, line, column, onClose }: ScoreModalProps) {
  const { message } = App.useApp()
  const given = line[column]
  const isVeto = line.kind === 'veto'
  const save = useAct(
    ({ points, holds, note, records }: Values, key) =>
      call(assessmentApi.scores(unit.sheet.id, unit.org.id), anything, {
        method: 'PUT',
        key,
        body: {
          column,
          scores: [
            {
              line: line.key,
              points: isVeto ? (holds ? 1 : 0) : Math.round(Number(points) * 100),
              note: note ?? '',
              records: records ?? [],
              version: given?.version ?? 0,
            },
          ],
        },
      }),
    () => {
      onClose()
      void message.success('已保存')
    },
  )
  const at = (name: string) => `scores.${line.key}.${name}`
  const before = column === 'final' ? (line.review ?? line.self) : column === 'review' ? line.self : null
  return (
    <FormModal<Values>
      title={`${columnWords[column]}：${line.item}`}
      okText="保存"
      act={save}
      told={hasIssueAt(save.error, ['points', 'note', 'records'].map(at))}
      initialValues={{
        points: given && !isVeto ? String(given.points / 100) : undefined,
        holds: given ? given.points > 0 : false,
        note: given?.note,
        records: given?.records.map(({ id }) => id) ?? [],
      }}
      onClose={onClose}
    >
      {before && !isVeto && (
        <p className="page-sub">前一栏给了 {pointsText(before.points)} 分；给分不同请写明理由。</p>
      )}
      {isVeto ? (
        <Form.Item label="是否出现这种情况" name="holds" {...faultAt(save.error, at('points'))}>
          <Radio.Group
            options={[
              { value: false, label: '没有' },
              { value: true, label: '有' },
            ]}
          />
        </Form.Item>
      ) : (
        <Form.Item
          label={`得分（满分 ${pointsText(line.points)}）`}
          name="points"
          rules={[
            { required: true, message: '请填写得分' },
            { pattern: /^\d{1,3}(\.\d{1,2})?$/, message: '请填写数字，最多两位小数' },
          ]}
          {...faultAt(save.error, at('points'))}
        >
          <Input className="num" inputMode="decimal" />
        </Form.Item>
      )}
      <Form.Item label={column === 'self' ? '依据' : '理由'} name="note" {...faultAt(save.error, at('note'))}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <EvidencePick
        name="records"
        multiple
        known={given?.records ?? []}
        org={unit.org.id}
        error={save.error}
        faultField={at('records')}
      />
    </FormModal>
  )
}
