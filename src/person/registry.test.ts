import { expect, it } from 'vitest'
import { kinFields } from '#hardship/householdFields.ts'
import { programmes } from '#programmes/index.ts'
import { consentTexts } from './consentTexts.ts'
import { fieldRule } from './fieldRule.ts'
import { officeTables } from './officeTables.ts'
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

it('a table of an office that holds more of a person than who acted says for what, by what right and how long', () => {
  const tables = Object.entries(officeTables)
  const telling = tables.filter(
    ([, held]) =>
      typeof held === 'string' &&
      /姓名|内容|联系|证件|手机号|邮箱|加密存放/.test(held.replaceAll(/(没有|不含)[^，；]*/g, '')),
  )
  expect(telling).toEqual([])
  const silent = tables.filter(
    ([, held]) => typeof held !== 'string' && Object.values(held).some((text) => text.length < 2),
  )
  expect(silent).toEqual([])
})

const ofHealth = (labels: readonly string[]) =>
  labels.filter((label) => /接送|过敏|病史|用药|疾病|诊断|健康状况/.test(label))

it('a child’s health is asked for in a household alone, sealed under the mother’s key with her consent; who fetches it nowhere', () => {
  // Class staff alone may read more: it comes with the classes themselves, through a door that asks who works in the class.
  const labels = programmes
    .flatMap((p) => [p.fields, ...Object.values(p.children).map((child) => child.fields)])
    .flatMap((fields) => Object.values(fields).map((field) => field.label))
  const registered = Object.values(personalTables).flatMap((rule) => Object.values(rule.columns))
  expect(ofHealth([...labels, ...registered.map((column) => column.label)])).toEqual([])
  expect(ofHealth(Object.values(kinFields).map((field) => field.label))).toEqual(['健康状况'])
  expect(personalTables['hardship_file']).toMatchObject({
    basis: '同意',
    columns: { household: { class: 'S3' } },
  })
})
