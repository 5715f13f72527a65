import { expect, it } from 'vitest'
import { programmes } from '#programmes/index.ts'
import { consentTexts } from './consentTexts.ts'
import { fieldRule } from './fieldRule.ts'
import { personalTables } from './registry.ts'
import { emergencyYears, keptYears } from './retention.ts'

it('every field of every programme has a purpose, a legal basis and a retention', () => {
  const without = programmes.flatMap((p) =>
    [...Object.entries(p.fields), ...Object.values(p.children).flatMap((c) => Object.entries(c.fields))]
      .filter(([, field]) => Object.values(fieldRule(p, field)).some((v) => !v))
      .map(([name]) => `${p.key}.${name}`),
  )
  expect(without).toEqual([])
})

it('every personal column says how it is shown, logged and copied', () => {
  for (const rule of Object.values(personalTables)) {
    expect([rule.title, rule.purpose, rule.retention].every((text) => /\p{Script=Han}/u.test(text))).toBe(
      true,
    )
    for (const column of Object.values(rule.columns))
      expect(Object.values(column).every((value) => value !== '')).toBe(true)
  }
  // What is sensitive never leaves without a trace.
  const silent = Object.values(personalTables)
    .flatMap((rule) => Object.values(rule.columns))
    .filter((c) => c.class === 'S3' && c.log === '不记' && !c.export.startsWith('无'))
  expect(silent).toEqual([])
})

it('no consent is asked in words that bind it to another service', () => {
  for (const { text } of Object.values(consentTexts)) expect(text).toMatch(/不同意或随时撤回/)
})

it('what a purge takes away is what the register says, years and all', () => {
  const termed = { ...keptYears, person_emergency: emergencyYears }
  for (const [table, years] of Object.entries(termed))
    expect([table, personalTables[table]!.retention]).toEqual([table, expect.stringContaining(`${years} 年`)])
  // What names no years goes with the entry or stays as a mere count.
  const others = Object.keys(personalTables).filter((table) => !(table in termed))
  for (const table of others)
    expect([table, personalTables[table]!.retention]).toEqual([table, expect.stringMatching(/登记/)])
})

it('what tells of a child’s health or of who fetches it stands nowhere yet', () => {
  // Class staff alone may read it: it comes with the classes themselves, through a door that asks who works in the class.
  const labels = programmes
    .flatMap((p) => [p.fields, ...Object.values(p.children).map((child) => child.fields)])
    .flatMap((fields) => Object.values(fields).map((field) => field.label))
  const registered = Object.values(personalTables).flatMap((rule) => Object.values(rule.columns))
  expect(
    [...labels, ...registered.map((column) => column.label)].filter((label) =>
      /接送|过敏|病史|用药|疾病|诊断|健康状况/.test(label),
    ),
  ).toEqual([])
})
