import type { Field } from '#kit/field/kind.ts'
import type { PrivacyClass, Programme } from '#kit/programme.ts'

export type FieldRule = { class: PrivacyClass; purpose: string | null; basis: string; retention: string }

/** Rule of a programme's field. What is of a person by its class names its purpose itself; work records share theirs. */
export function fieldRule(programme: Programme, field: Field): FieldRule {
  const personal = programme.class !== 'S0' && programme.class !== 'S1'
  return {
    class: programme.class,
    purpose: field.purpose ?? (personal ? null : '女职工工作的记录、统计和总结'),
    basis: field.basis ?? '法定职责',
    retention: field.retention ?? '原始记录和台账不少于 2 年，汇总资料不少于 10 年（统计法实施条例）',
  }
}
