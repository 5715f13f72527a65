import { strToU8, Zip, ZipDeflate } from 'fflate'
import { formFields } from '#kit/programme.ts'
import { columnLetters } from '#paper/sheet/cell.ts'
import { training } from '#programmes/training/definition.ts'

const fields = Object.entries(formFields(training))
const extra = ['填表人', '联系方式']
export const columns = [...fields.map(([, f]) => f.label), ...extra]
const days = new Set(fields.flatMap(([, f], column) => (f.kind === 'day' ? [column] : [])))

/** Every fiftieth row has more women than persons, which the programme's own rule finds. */
export const isFaulty = (n: number): boolean => n % 50 === 7

function valuesOf(n: number): (string | number)[] {
  const day = 43_466 + (n % 365)
  const all = 20 + (n % 180)
  const of: Record<string, string | number> = {
    title: `第${n}期女职工周末学校`,
    startsOn: day,
    endsOn: day + (n % 3 === 0 && n % 365 < 360 ? 1 : 0),
    place: `活动中心${n % 40}号教室`,
    grade: ['实名', '台账', '估报'][n % 3]!,
    tags: n % 4 === 0 ? '重点、送教上门' : '',
    note: n % 9 === 0 ? `第${n}条备注，签到表在工会办公室` : '',
    mode: ['线下', '线上', '混合'][n % 3]!,
    count: 1 + (n % 3),
    all,
    women: isFaulty(n) ? all + 1 : all - (n % 15),
    teacher: `讲师${n % 300}`,
    cost: (n % 70) * 100 + 0.5,
    fund: ['全总', '省总', '市总', '区县', '单位', '自筹'][n % 6]!,
    carrier: ['流动课堂', '周末学校', '网上课程', '其他'][n % 4]!,
    school: `女职工学校${n % 90}`,
    subject: `劳动法与女职工权益保护第${n % 60}讲`,
    hours: 1 + (n % 8),
  }
  const more = [`填表人${n % 500}`, `8430${String(n % 10_000).padStart(4, '0')}`]
  return [...fields.map(([key]) => of[key]!), ...more]
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships'
const part = (tag: string, space: string, inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${tag} xmlns="${space}" xmlns:r="${office}">${inner}</${tag}>`
const relation = (id: string, type: string, to: string) =>
  `<Relationship Id="${id}" Type="${office}/${type}" Target="${to}"/>`

const contentTypes = [
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
].join('')

/** A workbook as spreadsheets write them: texts shared, days as numbers with a format. Row by row: making it takes no memory. */
export function bigWorkbook(rows: number): Buffer {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(piece)
  })
  const begin = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 4 })
    zip.add(file)
    return file
  }
  const add = (name: string, text: string) => begin(name).push(strToU8(text), true)

  const strings = new Map<string, number>()
  const shared = (text: string): number => {
    if (!strings.has(text)) strings.set(text, strings.size)
    return strings.get(text)!
  }
  const cell = (value: string | number, at: string, column: number): string => {
    if (value === '') return ''
    if (typeof value === 'string') return `<c r="${at}" t="s"><v>${shared(value)}</v></c>`
    return `<c r="${at}"${days.has(column) ? ' s="1"' : ''}><v>${value}</v></c>`
  }
  const rowOf = (values: readonly (string | number)[], row: number): string =>
    `<row r="${row}" spans="1:20">${values.map((v, c) => cell(v, `${columnLetters(c)}${row}`, c)).join('')}</row>`

  add('[Content_Types].xml', part('Types', packaged.replace('relationships', 'content-types'), contentTypes))
  add('_rels/.rels', part('Relationships', packaged, relation('r1', 'officeDocument', 'xl/workbook.xml')))
  add(
    'xl/workbook.xml',
    part('workbook', main, `<sheets><sheet name="${training.label}" sheetId="1" r:id="s1"/></sheets>`),
  )
  const parts = [
    relation('s1', 'worksheet', 'worksheets/sheet1.xml'),
    relation('s2', 'sharedStrings', 'sharedStrings.xml'),
    relation('s3', 'styles', 'styles.xml'),
  ]
  add('xl/_rels/workbook.xml.rels', part('Relationships', packaged, parts.join('')))
  const [head, foot] = part('worksheet', main, '<sheetData>|</sheetData>').split('|')
  const sheet = begin('xl/worksheets/sheet1.xml')
  sheet.push(strToU8(head! + rowOf(columns, 1)))
  for (let n = 0; n < rows; n++) sheet.push(strToU8(rowOf(valuesOf(n), n + 2)))
  sheet.push(strToU8(foot!), true)
  const texts = [...strings.keys()].map((text) => `<si><t>${text}</t></si>`)
  add('xl/sharedStrings.xml', part('sst', main, texts.join('')))
  const formats = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
  add('xl/styles.xml', part('styleSheet', main, formats))
  zip.end()
  return Buffer.concat(pieces)
}
