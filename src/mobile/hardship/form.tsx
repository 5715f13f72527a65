import { useEffect, useRef, useState } from 'react'
import { householdFields, householdParts, kinFields } from '#hardship/householdFields.ts'
import type { MyHardship } from '#hardship/mineApi.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { anything, call } from '../../web/api/client.dom.ts'
import { useAct } from '../../web/api/hooks.tsx'
import { toProblem } from '../../web/api/problem.ts'
import { FieldInput } from '../kit/fieldInput.tsx'
import { Fault } from '../kit/parts.tsx'
import type { Typed } from '../kit/typed.ts'
import {
  bodyOf,
  familyStep,
  faultsAt,
  lastStep,
  nothing,
  stepOf,
  stepTitles,
  type Values,
} from './household.ts'

const mostKin = 12

// What she typed outlives a look at another page; it is sealed on the server alone and never written to the phone.
let kept: { whose: string; values: Values; step: number } | null = null

type FormProps = {
  consent: MyHardship['consent']
  /** Whose draft it is: her account, and the file that is mended. */
  whose: string
  start?: Values
  send: (body: AnyRow, key: string) => Promise<unknown>
  onDone: () => void
}

export const sendNew = (textHash: string) => (body: AnyRow, key: string) =>
  call('/my/hardship', anything, { method: 'POST', key, body: { textHash, body } })
export const sendMended = (id: string, version: number) => (body: AnyRow, key: string) =>
  call(`/my/hardship/${encodeURIComponent(id)}`, anything, { method: 'PUT', key, body: { version, body } })

/** Her household, a few questions at a time; a fault leads to the step on which it stands. */
export function HardshipForm({ consent, whose, start = nothing, send, onDone }: FormProps) {
  const mine = kept?.whose === whose ? kept : null
  const [values, setValues] = useState(mine?.values ?? start)
  const [step, setStep] = useState(mine?.step ?? 0)
  const [agrees, setAgrees] = useState(consent.isGiven)
  const [found, setFound] = useState<readonly Issue[]>([])
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    kept = { whose, values, step }
  }, [whose, values, step])
  const go = (to: number) => {
    setStep(to)
    head.current?.focus()
    window.scrollTo(0, 0)
  }
  const act = useAct(
    send,
    () => {
      kept = null
      onDone()
    },
    (error) => {
      const issues = toProblem(error).body.issues ?? []
      setFound(issues)
      if (issues.length > 0) go(Math.min(...issues.map(({ field }) => stepOf(field))))
    },
  )
  const fault = (field: string) => found.find((issue) => issue.field === field)?.message
  const drop = (field: string) => setFound((was) => was.filter((issue) => issue.field !== field))
  const set = (name: string, value: Typed) => {
    drop(name)
    setValues((was) => ({ ...was, own: { ...was.own, [name]: value } }))
  }
  const setKin = (n: number, name: string, value: Typed) => {
    drop(`family.${n}.${name}`)
    setValues((was) => ({
      ...was,
      family: was.family.map((line, at) => (at === n ? { ...line, [name]: value } : line)),
    }))
  }
  const next = () => {
    const wrong = faultsAt(step, values)
    setFound(wrong)
    if (wrong.length === 0) return go(step + 1)
    document.getElementById(`h-${wrong[0]!.field}`)?.focus()
  }
  const part = householdParts[step]
  return (
    <form
      className="card form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (step < lastStep) next()
        else act.run(bodyOf(values))
      }}
    >
      <h2 ref={head} tabIndex={-1}>
        {stepTitles[step]}
        <span className="soft small num">{` 第 ${step + 1} 步，共 ${stepTitles.length} 步`}</span>
      </h2>
      {part?.names.map((name) => (
        <FieldInput
          key={name}
          id={`h-${name}`}
          field={householdFields[name]}
          value={values.own[name]}
          fault={fault(name)}
          onChange={(value) => set(name, value)}
        />
      ))}
      {step === familyStep && (
        <>
          <p className="soft small">共同生活的家人，不含您本人；已婚的请填写配偶。一个人生活的直接下一步。</p>
          {values.family.map((line, n) => (
            // oxlint-disable-next-line react/no-array-index-key -- the first relative is the first
            <fieldset key={n} className="wish form">
              <legend>{`第 ${n + 1} 位`}</legend>
              {Object.entries(kinFields).map(([name, field]) => (
                <FieldInput
                  key={name}
                  id={`h-family.${n}.${name}`}
                  field={field}
                  value={line[name]}
                  fault={fault(`family.${n}.${name}`)}
                  onChange={(value) => setKin(n, name, value)}
                />
              ))}
              <button
                type="button"
                className="button"
                onClick={() => {
                  setFound([])
                  setValues((was) => ({ ...was, family: was.family.filter((_, at) => at !== n) }))
                }}
              >
                去掉这一位
              </button>
            </fieldset>
          ))}
          {fault('family') && <span className="fault">{fault('family')}</span>}
          {values.family.length < mostKin && (
            <button
              type="button"
              className="button button-wide"
              onClick={() => setValues((was) => ({ ...was, family: [...was.family, {}] }))}
            >
              {values.family.length === 0 ? '填一位家人' : '再填一位家人'}
            </button>
          )}
        </>
      )}
      {step === lastStep && <Sending consent={consent} agrees={agrees} onAgree={setAgrees} />}
      {act.error && (step === lastStep || (toProblem(act.error).body.issues ?? []).length === 0) && (
        <Fault error={act.error} again={act.again} />
      )}
      <button
        type="submit"
        className="button button-main button-wide"
        disabled={act.busy || (step === lastStep && !agrees)}
      >
        {step < lastStep ? '下一步' : act.busy ? '正在提交…' : agrees ? '提交申请' : '请先阅读并勾选同意'}
      </button>
      {step > 0 && (
        <button type="button" className="button button-wide" disabled={act.busy} onClick={() => go(step - 1)}>
          上一步
        </button>
      )}
    </form>
  )
}

const Sending = ({
  consent,
  agrees,
  onAgree,
}: {
  consent: MyHardship['consent']
  agrees: boolean
  onAgree: (agrees: boolean) => void
}) => (
  <>
    <p>提交以后，单位或帮扶中心指定的经办人核对，会有两位同志上门了解情况；公示只写姓氏和单位。</p>
    {!consent.isGiven && (
      <label className="match-check">
        <input type="checkbox" checked={agrees} onChange={(event) => onAgree(event.target.checked)} />
        <span className="small">{consent.text}</span>
      </label>
    )}
    <p className="soft small">填写的内容属实；情况有变化，随时可以补正或撤回。</p>
  </>
)
