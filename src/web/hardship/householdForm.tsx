import '../record/form.css'
import { Button, Flex } from 'antd'
import { useState, type ReactNode } from 'react'
import { householdChildren, readHousehold } from '#hardship/household.ts'
import { householdFields, householdParts } from '#hardship/householdFields.ts'
import type { Issue } from '#kit/programme.ts'
import { useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { useUnsaved } from '../kit/useUnsaved.tsx'
import { ChildRows } from '../record/childRows.tsx'
import { FieldInput } from '../record/fieldInput.tsx'
import { blank, type Values } from '../record/formState.ts'
import { FormRow } from '../record/formRow.tsx'

/** What is sent: blanks and empty lines left out. */
const bodyOf = (values: Values): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => !blank(value))),
  family: linesOf(values).filter((line) => Object.values(line).some((value) => !blank(value))),
})
const linesOf = (values: Values): readonly Values[] =>
  Array.isArray(values['family']) ? (values['family'] as Values[]) : []

type HouseholdFormProps = {
  start: Values
  okText: string
  /** Stands above the household, with faults of its own. */
  above?: ReactNode
  checkAbove?: () => Issue[]
  act: { busy: boolean; error: unknown; done: unknown; run: (body: Record<string, unknown>) => void }
  onCancel: () => void
}

/** 家庭情况: checked here by the rules of the server; never kept in the browser. */
export function HouseholdForm({ start, okText, above, checkAbove, act, onCancel }: HouseholdFormProps) {
  const { today } = useMe()
  const [values, setValues] = useState<Values>(start)
  const [found, setFound] = useState<readonly Issue[]>([])
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set())
  const isUnsaved = values !== start && !act.done
  useUnsaved(isUnsaved, {
    title: '填写的内容还没有提交，离开就没有了',
    content: '家庭情况只加密存在服务器上，不在浏览器里留草稿。',
  })
  const told = act.error ? (toProblem(act.error).body.issues ?? []) : []
  const issues = [
    ...found,
    ...told.map(({ field, message }) => ({ field: field.replace(/^body\./, ''), message })),
  ].filter(({ field }) => !mended.has(field))
  const errors = Object.fromEntries(issues.map(({ field, message }) => [field, message]))
  const change = (name: string, value: unknown) => {
    setValues((was) => ({ ...was, [name]: value }))
    setMended((was) => new Set(was).add(name))
  }
  const send = () => {
    const wrong = [...(checkAbove?.() ?? []), ...readHousehold(bodyOf(values), today).issues]
    setFound(wrong)
    setMended(new Set())
    if (wrong.length === 0) return act.run(bodyOf(values))
    const first = wrong[0]!.field
    const at =
      document.getElementById(first) ?? document.querySelector(`[data-field="${first.split('.')[0]}"]`)
    at?.scrollIntoView({ block: 'center' })
    at?.focus()
  }
  return (
    <form
      className="form-sheet hardship-form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {above}
      {householdParts.map(({ title, names }) => (
        <section key={title}>
          <h2>{title}</h2>
          {names.map((name) => {
            const field = householdFields[name]
            return (
              <FormRow key={name} id={name} field={field} notes={{ error: errors[name] }}>
                <FieldInput
                  id={name}
                  field={field}
                  value={values[name]}
                  today={today}
                  status={errors[name] ? 'error' : ''}
                  describedBy={`${name}-notes`}
                  onChange={(value) => change(name, value)}
                  onBlur={() => undefined}
                />
              </FormRow>
            )
          })}
        </section>
      ))}
      <ChildRows
        name="family"
        spec={householdChildren.family}
        lines={linesOf(values)}
        update={(next) => {
          setValues((was) => ({ ...was, family: next(linesOf(was)) }))
          setMended(
            (was) => new Set([...was, ...Object.keys(errors).filter((name) => name.startsWith('family'))]),
          )
        }}
        onBlur={() => undefined}
        errors={errors}
        remarks={[]}
        today={today}
      />
      {Boolean(act.error) && told.length === 0 && <Failure error={act.error} />}
      <Flex className="hardship-foot" gap={8}>
        <Button type="primary" htmlType="submit" loading={act.busy}>
          {okText}
        </Button>
        <Button onClick={onCancel}>取消</Button>
      </Flex>
    </form>
  )
}
