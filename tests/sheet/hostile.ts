import { strToU8, zipSync, type Zippable } from 'fflate'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships'

type Parts = {
  /** Content of `<sheetData>`. */
  data?: string
  /** The whole sheet instead. */
  sheet?: string
  strings?: string
  styles?: string
  book?: string
  more?: Zippable
}

const part = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)

/** A workbook of one sheet, written part by part as another program would. */
export function xlsxOf({ data = '', sheet, strings, styles, book, more = {} }: Parts): Buffer {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  return Buffer.from(
    zipSync({
      '_rels/.rels': part(
        `<Relationships xmlns="${packaged}">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
      ),
      'xl/workbook.xml': part(
        book ??
          `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="名单" sheetId="1" r:id="s1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': part(
        `<Relationships xmlns="${packaged}">${relation('s1', 'worksheet', 'worksheets/sheet1.xml')}${relation('s2', 'sharedStrings', 'sharedStrings.xml')}${relation('s3', 'styles', '/xl/styles.xml')}</Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        sheet ?? `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
      ),
      ...(strings === undefined
        ? {}
        : { 'xl/sharedStrings.xml': part(`<sst xmlns="${main}">${strings}</sst>`) }),
      ...(styles === undefined
        ? {}
        : { 'xl/styles.xml': part(`<styleSheet xmlns="${main}">${styles}</styleSheet>`) }),
      ...more,
    }),
  )
}

export const rowOf = (row: number, ...cells: string[]): string =>
  `<row r="${row}">${cells.map((c, i) => `<c r="${String.fromCharCode(65 + i)}${row}" t="inlineStr"><is><t>${c}</t></is></c>`).join('')}</row>`
