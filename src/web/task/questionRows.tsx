import { Button, Checkbox, Flex, Form, Input, Select } from 'antd'
import type { Question } from '#task/api.ts'
import { faultAt } from '../signIn/newPassword.tsx'

const kinds: Record<Question['kind'], string> = {
  text: '一行文字',
  note: '一段文字',
  count: '整数',
  money: '金额（元）',
  day: '日期',
  yesNo: '是或否',
  choice: '单选',
}

/** The questions of a survey, one card each. */
export function QuestionRows({ error }: { error: unknown }) {
  return (
    <Form.List name="questions">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="task-question">
              <Form.Item
                label={`第 ${name + 1} 问`}
                name={[name, 'label']}
                rules={[
                  { required: true, whitespace: true, message: '请写出要问什么' },
                  { min: 2, message: '至少 2 个字' },
                ]}
                {...faultAt(error, `questions.${name}.label`)}
              >
                <Input maxLength={60} placeholder="例如：是否需要新建母婴室" />
              </Form.Item>
              <Flex gap={16} align="center" wrap>
                <Form.Item name={[name, 'kind']}>
                  <Select
                    aria-label={`第 ${name + 1} 问的填法`}
                    style={{ width: 140 }}
                    options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
                  />
                </Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {({ getFieldValue }) =>
                    getFieldValue(['questions', name, 'kind']) === 'choice' && (
                      <Form.Item
                        name={[name, 'options']}
                        rules={[{ required: true, whitespace: true, message: '请写出选项' }]}
                        {...faultAt(error, `questions.${name}.choices`)}
                      >
                        <Input
                          aria-label={`第 ${name + 1} 问的选项`}
                          placeholder="选项用顿号分开"
                          maxLength={400}
                        />
                      </Form.Item>
                    )
                  }
                </Form.Item>
                <Form.Item name={[name, 'required']} valuePropName="checked">
                  <Checkbox>必填</Checkbox>
                </Form.Item>
                {rows.length > 1 && (
                  <Form.Item>
                    <Button type="text" onClick={() => remove(name)}>
                      删去
                    </Button>
                  </Form.Item>
                )}
              </Flex>
            </div>
          ))}
          <Form.Item>
            <Button disabled={rows.length >= 30} onClick={() => add({ kind: 'text', required: true })}>
              加一问
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  )
}
