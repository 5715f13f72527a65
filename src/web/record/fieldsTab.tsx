import { CloseOutlined, CommentOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { ReactNode } from 'react'
import type { Field } from '#kit/field/kind.ts'
import { formFields, type ChildSpec, type Programme } from '#kit/programme.ts'
import { orgDetail, type OrgBrief } from '#org/api.ts'
import type { RecordDetail } from '#record/api.ts'
import { useApi } from '../api/hooks.tsx'
import { formatValue, isNumeric } from '../format.ts'
import { api } from '../paths.ts'
import { blank, type Values } from './formState.ts'
import type { Remarks } from './remarks.tsx'

type FieldsTabProps = { programme: Programme; detail: RecordDetail; remarks: Remarks | null }

/** Values of a record. A reviewer writes a remark at a field by pressing it. */
export function FieldsTab({ programme, detail, remarks }: FieldsTabProps) {
  const { body } = detail
  const fields = Object.entries(formFields(programme))
  const asked = fields.filter(
    ([name, field]) => !blank(body[name]) || (field.required && programme.shown(name, body)),
  )
  const left = fields.filter(
    ([name, field]) => blank(body[name]) && !field.required && programme.shown(name, body),
  )
  const said = (name: string) =>
    detail.remarks.filter((r) => r.field === name || r.field.startsWith(`${name}.`))
  return (
    <div className={remarks ? 'record-fields takes-remarks' : 'record-fields'}>
      {asked.map(([name, field]) => (
        <RemarkRow key={name} name={name} label={field.label} said={said(name)} remarks={remarks}>
          <FieldValue field={field} value={body[name]} />
        </RemarkRow>
      ))}
      {detail.coHosts.length > 0 && (
        <div className="record-field">
          <span className="field-label">联办单位</span>
          <span>{detail.coHosts.map((org: OrgBrief) => org.name).join('、')}</span>
        </div>
      )}
      {Object.entries(programme.children).map(([name, spec]) => (
        <RemarkRow key={name} name={name} label={spec.label} said={said(name)} remarks={remarks}>
          <ChildTable spec={spec} lines={Array.isArray(body[name]) ? (body[name] as Values[]) : []} />
        </RemarkRow>
      ))}
      {left.length > 0 && (
        <p className="fields-left">未填：{left.map(([, field]) => field.label).join('、')}</p>
      )}
    </div>
  )
}

function FieldValue({ field, value }: { field: Field; value: unknown }) {
  if (field.kind === 'org' && typeof value === 'number') return <OrgValue id={value} />
  return (
    <span className={isNumeric(field) ? 'num' : field.kind === 'note' ? 'pre' : ''}>
      {formatValue(field, value)}
    </span>
  )
}

function OrgValue({ id }: { id: number }) {
  const { data } = useApi(api.org(id), orgDetail, { staleTime: 600_000 })
  return <span>{data?.name ?? '…'}</span>
}

type RemarkRowProps = {
  name: string
  label: string
  said: RecordDetail['remarks']
  remarks: Remarks | null
  children: ReactNode
}

/** Dragging over a value to copy it is no press. */
const isSelecting = (): boolean => (window.getSelection()?.toString() ?? '') !== ''

function RemarkRow({ name, label, said, remarks, children }: RemarkRowProps) {
  const body = remarks?.at(name)
  const no = remarks ? remarks.list.findIndex((r) => r.field === name) + 1 : 0
  const start = remarks && body === undefined ? () => remarks.set(name, '') : null
  return (
    // The button at the end of the line is the same for the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className={`record-field${body === undefined ? '' : ' is-remarked'}`}
      onClick={() => start && !isSelecting() && start()}
    >
      <span className="field-label">
        {no > 0 && <b className="remark-dot">{no}</b>}
        {label}
      </span>
      <div className="field-value">
        {children}
        {said.map((remark) => (
          <p key={remark.at + remark.body} className={remark.resolved ? 'said is-resolved' : 'said'}>
            {remark.person}：{remark.body}
            {remark.resolved && '（已改）'}
          </p>
        ))}
        {remarks && body !== undefined && (
          <RemarkInput name={name} label={label} body={body} remarks={remarks} />
        )}
      </div>
      {start && (
        <Button
          type="text"
          size="small"
          className="remark-add"
          icon={<CommentOutlined />}
          aria-label={`批注${label}`}
          title="写批注"
        />
      )}
    </div>
  )
}

type RemarkInputProps = { name: string; label: string; body: string; remarks: Remarks }

function RemarkInput({ name, label, body, remarks }: RemarkInputProps) {
  return (
    <div className="remark-input">
      <Input.TextArea
        autoFocus
        value={body}
        maxLength={500}
        autoSize={{ minRows: 1, maxRows: 4 }}
        placeholder={`${label}哪里要改`}
        aria-label={`对${label}的批注`}
        onChange={(event) => remarks.set(name, event.target.value)}
      />
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={`去掉对${label}的批注`}
        onClick={() => remarks.remove(name)}
      />
    </div>
  )
}

function ChildTable({ spec, lines }: { spec: ChildSpec; lines: readonly Values[] }) {
  if (lines.length === 0) return <span>—</span>
  return (
    <div className="child-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            {Object.entries(spec.fields).map(([key, field]) => (
              <th key={key} className={isNumeric(field) ? 'right' : ''}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            // Rows have no identity of their own; position is it.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={i}>
              {Object.entries(spec.fields).map(([key, field]) => (
                <td key={key} className={isNumeric(field) ? 'right num' : ''}>
                  {formatValue(field, line[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
