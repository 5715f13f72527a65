import { strToU8, zipSync } from 'fflate'

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
/** A .docx of nothing but its text. */
export const packed = (body: string) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
    ),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${OFFICE}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(`<w:document xmlns:w="${W}"><w:body>${body}</w:body></w:document>`),
  })
export const p = (text: string) => `<w:p>${text === '' ? '' : `<w:r><w:t>${text}</w:t></w:r>`}</w:p>`
export const tc = (content: string, more = '') => `<w:tc><w:tcPr>${more}</w:tcPr>${content}</w:tc>`
export const tr = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
export const tbl = (...of: string[]) => `<w:tbl><w:tblPr/><w:tblGrid/>${of.join('')}</w:tbl>`
