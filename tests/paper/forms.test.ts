import { describe, expect, it } from 'vitest'
import { validate } from '#kit/validate.ts'
import type { AnyRow } from '#kit/row.ts'
import { writeForm } from '#paper/docx/form.server.ts'
import { readWholeDocx } from '#paper/docx/read.server.ts'
import { bindingsOf, boundField, fillForm } from '#paper/form/fill.ts'
import { formsFor, gridColumns, ofForm, type FormLayout } from '#paper/form/layout.ts'
import { convert, findSoffice } from '#paper/office.server.ts'
import { forms } from '#programmes/forms.ts'
import { findProgramme, programmes } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { findPoppler, pagesOf } from './rendered.ts'
import { misplaced } from './schema.ts'
import { opened, tree } from './opened.ts'

const canDraw = findSoffice() !== null && findPoppler()

const all = Object.entries(forms).flatMap(([key, layouts]) =>
  layouts.map((layout) => ({ key, layout, programme: findProgramme(key)!, name: `${key} ${layout.key}` })),
)
const own = { '@org': '沙河口区总工会', '@person': '张示宁', '@today': '2020年4月16日' }

/** A record that this form is for, as the database would hold it. */
function recordFor({ key, layout }: { key: string; layout: FormLayout }): AnyRow {
  const programme = findProgramme(key)!
  const chosen = layout.when ? { [layout.when.field]: layout.when.is[0] } : {}
  const { row, issues } = validate(programme, bodyOf(programme, chosen), '2020-04-16')
  expect(issues).toEqual([])
  return row!
}
const filled = (form: (typeof all)[number], changes: AnyRow = {}) =>
  fillForm(form.layout, form.programme, { ...recordFor(form), ...changes }, own, '打印时记录状态为“审核通过”')

const titles = (subject: string) => formsFor(forms['honour']!, { subject }).map((f) => f.title)

describe('forms as data', () => {
  it('belong to a programme each, and every programme with something to seal has one', () => {
    expect(
      programmes
        .filter(({ key }) => !(key in forms))
        .map((p) => p.key)
        .sort(),
    ).toEqual(['counselling', 'hardship', 'highlight', 'meeting', 'policyInput', 'specialAction'])
    expect(all.filter(({ programme }) => !programme)).toEqual([])
    expect(new Set(all.map((f) => f.name)).size).toBe(all.length)
  })

  it.each(all)('$name binds fields that exist and fills the grid', ({ layout, programme }) => {
    const bound = bindingsOf(layout).filter((name) => !(name in ofForm))
    expect(bound.length).toBeGreaterThan(5)
    expect(bound.filter((name) => !boundField(programme, name))).toEqual([])
    const widths = layout.rows.map((row) =>
      ('child' in row ? row.columns : row.cells).reduce((sum, { span }) => sum + span, 0),
    )
    expect(widths.filter((width) => width !== gridColumns)).toEqual([])
  })

  it('of several of one programme the record chooses', () => {
    expect(titles('个人')).toEqual(['先进女职工推荐审批表'])
    expect(titles('集体')).toEqual(['先进女职工集体推荐审批表'])
  })

  it('leaves what was not entered to the hand', () => {
    const training = all.find((f) => f.key === 'training')!
    const texts = filled(training, { school: null, cost: null }).rows.flatMap(({ cells }) =>
      cells.map((cell) => ('text' in cell ? cell.text : '')),
    )
    expect(texts).not.toContain('学校或课堂名称示例')
    expect(texts.join('')).not.toMatch(/null|undefined|[{}]/)
    expect(texts).toContain('■流动课堂　□周末学校　□网上课程　□其他')
  })
})

describe('a form as Word file', () => {
  it.each(all)('$name reads back as it was filled, and Word takes it', async (form) => {
    const told = filled(form)
    const bytes = await writeForm(told, '审计链第 12 条　0123456789abcdef', '演示数据')
    const read = readWholeDocx(bytes).map((p) => p.text)
    const said = told.rows.flatMap(({ cells }) =>
      cells.flatMap((cell) => ('text' in cell ? cell.text.split('\n') : cell.lines)),
    )
    expect(said.filter((text) => !read.includes(text))).toEqual([])
    expect(read.join('\n')).toContain('审计链第 12 条')
    expect(read.join('\n')).toContain('演示数据')
    const parts = opened(bytes)
    expect(misplaced(tree(parts['word/document.xml']!))).toEqual([])
  })

  it.skipIf(!canDraw && !process.env['JINGUO_CI'])(
    'fits its page, and nothing but place and date stands where the seal goes',
    async () => {
      // The fullest ones; the others have fewer rows.
      for (const name of ['contract filing', 'training approval', 'committee founding']) {
        const form = all.find((f) => f.name === name)!
        const pdf = await convert(await writeForm(filled(form), '审计链第 12 条'), 'docx', 'pdf')
        const pages = pagesOf(pdf!)
        expect([name, pages.length]).toEqual([name, 1])
        const seals = pages[0]!.filter((line) => line.text.includes('（盖章）'))
        expect(seals.length).toBeGreaterThan(0)
        for (const seal of seals) {
          // A seal of 42 mm reaches 60 points up from the middle of its place; labels stand left of it.
          const within = pages[0]!.filter(
            (line) =>
              line.top > seal.top - 50 && line.bottom < seal.top && line.right > 330 && line.left > 330,
          )
          expect(within.map((line) => line.text)).toEqual([])
        }
      }
    },
    60_000,
  )
})
