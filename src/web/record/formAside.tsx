import type { RuleBook } from '#kit/rule.ts'
import { useRules } from '../rules/useRules.tsx'
import { contributions, scaleOf } from '#kit/contribution.ts'
import type { Programme } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { useMe } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { DefinitionButton } from '../figures/definition.tsx'
import { formatCount, formatMonth } from '../format.ts'
import { whoReviews } from './acceptor.ts'
import { bodyOf, type Values } from './formState.ts'

type Line = { key: string; id: string; label: string; add: string; when: string }

/** What the record as typed would add, by the function that the server counts with; empty while it is faulty. */
function linesOf(programme: Programme, values: Values, today: string, rules: RuleBook): Line[] {
  const { row } = validate(programme, bodyOf(programme, values), today, rules)
  if (!row) return []
  return contributions(programme, row).flatMap(({ indicator: id, ym, value }) => {
    const indicator = programme.indicators[id]
    if (!indicator) return []
    const scale = scaleOf(indicator)
    const sign = value > 0 ? '+' : '−'
    const add = `${sign}${formatCount(Math.abs(value) / 10 ** scale, scale)} ${indicator.unit}`
    return [{ key: `${id} ${ym}`, id, label: indicator.label, add, when: formatMonth(ym) }]
  })
}

/** The `?` of an indicator, where it stands in a chapter. */
function Meaning({ id }: { id: string }) {
  const line = findLine(id)
  return line && <DefinitionButton line={line} />
}

/** Beside the form: who will look at it, and which figures it moves by how much. */
export function FormAside({ programme, values }: { programme: Programme; values: Values }) {
  const { today, post } = useMe()
  const lines = linesOf(programme, values, today, useRules(programme))
  return (
    <aside className="form-aside">
      <section>
        <h2>谁来审核</h2>
        <p>{whoReviews(post.org.tier, programme.acceptedBy)}</p>
      </section>
      <section>
        <h2>将计入哪些指标</h2>
        {lines.length > 0 ? (
          <ul className="adds">
            {lines.map((line) => (
              <li key={line.key}>
                <span>
                  {line.label}
                  <Meaning id={`${programme.key}.${line.id}`} />
                </span>
                <b className="num">{line.add}</b>
                <small>{line.when}</small>
              </li>
            ))}
          </ul>
        ) : (
          <ul className="adds">
            {Object.entries(programme.indicators).map(([id, indicator]) => (
              <li key={id}>
                <span>
                  {indicator.label}
                  <Meaning id={`${programme.key}.${id}`} />
                </span>
                <small>{indicator.unit}</small>
              </li>
            ))}
          </ul>
        )}
        <p className="form-hint">{lines.length > 0 ? '审核通过后计入' : '必填项填齐后，这里显示各加多少'}</p>
      </section>
    </aside>
  )
}
