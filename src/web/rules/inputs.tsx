import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Radio, Select } from 'antd'
import type { RuleField } from '#rules/drawn.ts'

export type Given = Record<string, unknown>
type Common = { at: string; issueAt: (field: string) => string | undefined }
type InputsProps = Common & {
  fields: readonly RuleField[]
  value: Given
  onChange: (value: Given) => void
}

/** The fields of a table as inputs, messages at each; rows can be added and removed. */
export function Inputs({ fields, value, onChange, at, issueAt }: InputsProps) {
  const set = (name: string) => (one: unknown) => onChange({ ...value, [name]: one })
  return (
    <div className="rules-inputs">
      {fields.map((field) => (
        <One
          key={field.name}
          field={field}
          value={value[field.name]}
          onChange={set(field.name)}
          at={`${at}.${field.name}`}
          issueAt={issueAt}
        />
      ))}
    </div>
  )
}

type OneProps = Common & { field: RuleField; value: unknown; onChange: (value: unknown) => void }

function One({ field, value, onChange, at, issueAt }: OneProps) {
  const { label, kind } = field
  if (kind === 'group')
    return (
      <fieldset>
        <legend>{label}</legend>
        <Inputs fields={field.fields!} value={value as Given} onChange={onChange} at={at} issueAt={issueAt} />
      </fieldset>
    )
  if (kind === 'rows' || kind === 'list')
    return <Rows field={field} value={value as unknown[]} onChange={onChange} at={at} issueAt={issueAt} />
  const help = issueAt(at)
  return (
    <Form.Item
      label={field.required ? label : `${label}（可不设）`}
      htmlFor={at}
      {...(help ? { validateStatus: 'error' as const, help } : {})}
    >
      <Cell field={field} id={at} value={value} onChange={onChange} />
    </Form.Item>
  )
}

type CellProps = { field: RuleField; id: string; value: unknown; onChange: (value: unknown) => void }

function Cell({ field: { kind, label, choices, min, max, whole }, id, value, onChange }: CellProps) {
  if (kind === 'number')
    return (
      <InputNumber<number>
        id={id}
        aria-label={label}
        value={value as number | null}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        {...(whole ? { precision: 0 } : {})}
        onChange={onChange}
      />
    )
  if (kind === 'yesNo')
    return (
      <Radio.Group
        id={id}
        aria-label={label}
        value={value}
        options={[
          { value: true, label: '是' },
          { value: false, label: '否' },
        ]}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  if (kind === 'choice')
    return (
      <Select
        id={id}
        aria-label={label}
        value={value as string}
        popupMatchSelectWidth={false}
        options={choices!.map((one) => ({ value: one, label: one }))}
        onChange={onChange}
      />
    )
  return (
    <Input
      id={id}
      aria-label={label}
      value={value as string}
      {...(max === undefined ? {} : { maxLength: max })}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** What an added line begins with. */
const blank = ({ kind, fields, choices, required }: RuleField): unknown => {
  if (kind === 'text') return ''
  if (kind === 'choice') return choices![0]
  if (kind === 'yesNo') return false
  if (kind === 'rows' || kind === 'list') return []
  if (kind === 'group') return Object.fromEntries(fields!.map((one) => [one.name, blank(one)]))
  return required ? undefined : null
}

function Rows({ field, value, onChange, at, issueAt }: OneProps & { value: unknown[] }) {
  const single = field.kind === 'list'
  const cells = field.fields!
  const put = (n: number, one: unknown) => onChange(value.map((old, m) => (m === n ? one : old)))
  const own = issueAt(at)
  return (
    <fieldset className="rules-lines">
      <legend>{field.label}</legend>
      {value.map((row, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is known by its place alone
        <div key={n} className="rules-line" role="group" aria-label={`${field.label} 第 ${n + 1} 行`}>
          {cells.map((cell) => (
            <One
              key={cell.name}
              field={single ? { ...cell, label: `第 ${n + 1} 项` } : cell}
              value={single ? row : (row as Given)[cell.name]}
              onChange={(one) => put(n, single ? one : { ...(row as Given), [cell.name]: one })}
              at={single ? `${at}.${n}` : `${at}.${n}.${cell.name}`}
              issueAt={issueAt}
            />
          ))}
          <Button
            icon={<DeleteOutlined />}
            aria-label={`删去${field.label}第 ${n + 1} 行`}
            onClick={() => onChange(value.filter((_, m) => m !== n))}
          />
        </div>
      ))}
      {own && <div className="rules-fault">{own}</div>}
      <Button
        icon={<PlusOutlined />}
        onClick={() =>
          onChange([
            ...value,
            single ? blank(cells[0]!) : Object.fromEntries(cells.map((one) => [one.name, blank(one)])),
          ])
        }
      >
        加一行
      </Button>
    </fieldset>
  )
}
