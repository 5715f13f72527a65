import { Button, Form, Input, Select } from 'antd'
import { lineKinds, type Formula, type LineKind } from '#figures/assessment/api.ts'
import { formulaWords, kindWords } from '#figures/assessment/words.ts'
import { chapters, findLine } from '../figures/chapters.ts'
import { faultAt } from '../signIn/newPassword.tsx'
import { emptyLine, readSteps } from './sheetValues.ts'

const word = (message: string) => [{ required: true, whitespace: true, message }]
const number = (message: string) => [
  { required: true, message },
  { pattern: /^\d+(\.\d{1,2})?$/, message: '请填写数字，最多两位小数' },
]

const indicatorOptions = chapters.map(({ section, title, lines }) => ({
  label: title,
  title: section,
  options: lines.map(({ id, indicator }) => ({
    value: id,
    label: `${indicator.label}（${indicator.unit}）`,
  })),
}))

const againstOptions = [
  { value: 'plan', label: '本单位计划目标' },
  { value: 'lastYear', label: '上年同期' },
  { value: 'value', label: '一个固定的数' },
]

/** The lines of a sheet, one card each. */
export function SheetLines({ error }: { error: unknown }) {
  return (
    <Form.List name="lines">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="sheet-line">
              <div className="sheet-line-row">
                <Form.Item label="类别" name={[name, 'section']} rules={word('请填写类别')}>
                  <Input maxLength={30} placeholder="例如：素质提升" />
                </Form.Item>
                <Form.Item label="办法" name={[name, 'kind']} {...faultAt(error, `lines.${name}.formula`)}>
                  <Select
                    style={{ width: 130 }}
                    options={lineKinds.map((value) => ({ value, label: kindWords[value] }))}
                  />
                </Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {({ getFieldValue }) =>
                    (getFieldValue(['lines', name, 'kind']) as LineKind) !== 'veto' && (
                      <Form.Item
                        label="分值"
                        name={[name, 'points']}
                        rules={number('请填写分值')}
                        {...faultAt(error, `lines.${name}.points`)}
                      >
                        <Input className="num" inputMode="decimal" style={{ width: 90 }} />
                      </Form.Item>
                    )
                  }
                </Form.Item>
                {rows.length > 1 && (
                  <Form.Item label=" ">
                    <Button type="text" onClick={() => remove(name)}>
                      删去
                    </Button>
                  </Form.Item>
                )}
              </div>
              <Form.Item label="内容" name={[name, 'item']} rules={word('请填写考核内容')}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item noStyle shouldUpdate>
                {({ getFieldValue }) =>
                  (getFieldValue(['lines', name, 'kind']) as LineKind) === 'formula' ? (
                    <FormulaFields name={name} error={error} />
                  ) : (
                    <Form.Item label="要什么佐证" name={[name, 'evidence']}>
                      <Input maxLength={200} placeholder="可不填" />
                    </Form.Item>
                  )
                }
              </Form.Item>
            </div>
          ))}
          <Form.Item>
            <Button disabled={rows.length >= 60} onClick={() => add(emptyLine)}>
              加一项
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  )
}

/** How a line fills itself: one of a few functions, over one indicator. */
function FormulaFields({ name, error }: { name: number; error: unknown }) {
  const at = (field: string) => `lines.${name}.formula.${field}`
  const how = Form.useWatch<Formula['kind'] | undefined>(['lines', name, 'how'])
  const against = Form.useWatch<string | undefined>(['lines', name, 'against'])
  const unit = findLine(Form.useWatch<string | undefined>(['lines', name, 'indicator']) ?? '')?.indicator.unit
  const labels = { ratio: '比照的数', perHead: '每百名女会员达到', yesNo: '不少于', steps: '' }
  return (
    <div className="sheet-line-row">
      <Form.Item
        label="指标"
        name={[name, 'indicator']}
        rules={[{ required: true, message: '请选择指标' }]}
        {...faultAt(error, at('indicator'))}
      >
        <Select
          style={{ width: 260 }}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="请选择"
          options={indicatorOptions}
        />
      </Form.Item>
      <Form.Item label="怎样计分" name={[name, 'how']}>
        <Select
          style={{ width: 140 }}
          options={Object.entries(formulaWords).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      {how === 'ratio' && (
        <Form.Item label="与什么比" name={[name, 'against']}>
          <Select style={{ width: 160 }} options={againstOptions} />
        </Form.Item>
      )}
      {how === 'steps' ? (
        <Form.Item
          label="各档"
          name={[name, 'steps']}
          extra="写成“数=分”，用顿号分开"
          rules={[
            {
              validator: (_, text: string | undefined) =>
                readSteps(text ?? '').length > 0
                  ? Promise.resolve()
                  : Promise.reject(new Error('请写成 1=4、3=7、6=10 这样')),
            },
          ]}
          {...faultAt(error, at('steps'))}
        >
          <Input maxLength={200} placeholder="1=4、3=7、6=10" />
        </Form.Item>
      ) : (
        how &&
        (how !== 'ratio' || against === 'value') && (
          <Form.Item
            label={labels[how]}
            name={[name, 'number']}
            rules={number('请填写')}
            {...faultAt(error, at('value'))}
          >
            <Input className="num" inputMode="decimal" style={{ width: 140 }} suffix={unit} />
          </Form.Item>
        )
      )}
    </div>
  )
}
