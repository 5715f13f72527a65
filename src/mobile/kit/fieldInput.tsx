import type { Field } from '#kit/field/kind.ts'
import type { Typed } from './typed.ts'

/** One field of a definition on a phone; label, hint, choices and length are the definition's. */
export function FieldInput({
  id,
  field,
  value,
  fault,
  onChange,
}: {
  id: string
  field: Field
  value: Typed
  fault: string | undefined
  onChange: (value: Typed) => void
}) {
  const { kind, label, required, hint, choices, max } = field
  const words = required ? label : `${label}（可不填）`
  const told = (
    <>
      {hint && <span className="soft small">{hint}</span>}
      {fault && <span className="fault">{fault}</span>}
    </>
  )
  if (kind === 'yesNo')
    return (
      <fieldset className="field plain" id={id} tabIndex={-1}>
        <legend>{words}</legend>
        <span className="either">
          {([true, false] as const).map((one) => (
            <label key={String(one)} className="match-check">
              <input type="radio" name={id} checked={value === one} onChange={() => onChange(one)} />
              {one ? '是' : '否'}
            </label>
          ))}
        </span>
        {told}
      </fieldset>
    )
  const text = typeof value === 'string' ? value : ''
  const common = { id, value: text, 'aria-invalid': fault !== undefined }
  const type = (event: { target: { value: string } }) => onChange(event.target.value)
  return (
    <label className="field">
      {words}
      {kind === 'choice' ? (
        <select {...common} onChange={type}>
          <option value="">请选择</option>
          {choices?.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : kind === 'note' ? (
        <textarea {...common} rows={5} maxLength={max} onChange={type} />
      ) : (
        <input
          {...common}
          autoComplete="off"
          {...(kind === 'count' || kind === 'money'
            ? { inputMode: kind === 'count' ? ('numeric' as const) : ('decimal' as const), maxLength: 13 }
            : { maxLength: max })}
          onChange={type}
        />
      )}
      {told}
    </label>
  )
}
