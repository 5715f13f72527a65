import { CHARACTER, LINE, PAGE, TIGHTENING } from '../layout.ts'

/** The fonts officials have. They are named, never shipped; `../fonts.ts` holds what stands in for them. */
const FANG_SONG = '仿宋_GB2312'
const KAI = '楷体_GB2312'
const HEI = '黑体'
const SONG = '宋体'
const TITLE_SONG = '方正小标宋简体'

/** All four slots, or Word takes digits and quotation marks from another font. */
const font = (name: string) =>
  `<w:rFonts w:ascii="${name}" w:eastAsia="${name}" w:hAnsi="${name}" w:cs="${name}"/>`
const size = (halfPoints: number) => `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`
/** 3号 = 16 pt, tightened so that 28 characters fit. */
const bodyRun = (name: string) => `${font(name)}<w:spacing w:val="${TIGHTENING}"/>${size(32)}`

const line = (twips: number, rule = 'exact') =>
  `<w:spacing w:before="0" w:after="0" w:line="${twips}" w:lineRule="${rule}"/>`
/** Off the grid: LibreOffice would stretch an exact 18 pt to the grid's 28.95. */
const offGrid = '<w:snapToGrid w:val="0"/>'
/** Word follows the count of characters; LibreOffice 7.4 only knows the length. */
const indented = `<w:ind w:firstLineChars="200" w:firstLine="${2 * CHARACTER}"/>`
const aligned = (how: 'left' | 'center' | 'both') => `<w:jc w:val="${how}"/>`

function style(id: string, name: string, paragraph: string, run: string, next = id): string {
  return (
    `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/>` +
    `<w:basedOn w:val="Normal"/><w:next w:val="${next}"/><w:qFormat/>` +
    `<w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
  )
}

function character(id: string, name: string, run: string): string {
  return (
    `<w:style w:type="character" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/>` +
    `<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>${run}</w:rPr></w:style>`
  )
}

const superscript = (id: string, name: string) =>
  `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${name}"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`

const heading = (id: string, name: string, fontName: string, outline: number) =>
  style(
    id,
    name,
    `<w:keepNext/>${line(LINE)}${indented}${aligned('both')}<w:outlineLvl w:val="${outline}"/>`,
    bodyRun(fontName),
    'GwBody',
  )
const running = (id: string, name: string) =>
  style(id, name, line(LINE) + indented + aligned('both'), bodyRun(FANG_SONG), 'GwBody')
const plain = (id: string, name: string, lineTwips: number, how: 'left' | 'center', run: string) =>
  style(id, name, offGrid + line(lineTwips) + aligned(how), run)

/**
 * `word/styles.xml` whole: the styles of GB/T 9704-2012 by the ids the reader meets again, with the names an official
 * sees in the gallery, and none of the package's own beside them.
 *
 * Widow control would end pages at 20 lines and the gaps beside digits break the 28 characters, so both are off for
 * all text, also for what an editor adds later.
 */
export const STYLES_XML = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
  '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
  `<w:docDefaults><w:rPrDefault><w:rPr>${font(FANG_SONG)}${size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>`,
  '</w:docDefaults>',
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:style>',
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>',
  '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
  // The package's footnote parts, empty as they are, name these two.
  superscript('FootnoteReference', 'footnote reference'),
  superscript('EndnoteReference', 'endnote reference'),
  style(
    'GwTitle',
    '公文标题',
    `<w:keepNext/><w:keepLines/>${offGrid}${line(700)}${aligned('center')}`,
    font(TITLE_SONG) + size(44),
    'GwBody',
  ),
  style('GwDate', '公文题下日期', line(LINE) + aligned('center'), bodyRun(KAI), 'GwBody'),
  heading('GwH1', '公文一级标题', HEI, 0),
  heading('GwH2', '公文二级标题', KAI, 1),
  running('GwH3', '公文三级标题'),
  running('GwBody', '公文正文'),
  style('GwSign', '公文署名', line(LINE) + aligned('left'), bodyRun(FANG_SONG)),
  style('GwApp', '公文附件', line(LINE) + aligned('left'), bodyRun(HEI), 'GwBody'),
  plain('GwCellHead', '公文表头', 360, 'center', font(HEI) + size(24)),
  plain('GwCell', '公文表格', 360, 'left', font(FANG_SONG) + size(24)),
  plain('GwNote', '公文表注', 260, 'left', font(SONG) + size(17)),
  // For editors: in an exact line spacing a picture is cropped to one line.
  style('GwPic', '公文图片', offGrid + line(240, 'auto') + aligned('center'), bodyRun(FANG_SONG), 'GwBody'),
  plain('GwPage', '公文页码', PAGE.footerLine, 'left', font(SONG) + size(28)),
  plain('GwMark', '公文审计链首', PAGE.markLine, 'left', font(SONG) + '<w:color w:val="7F7F7F"/>' + size(13)),
  plain('GwBanner', '公文页眉', 320, 'center', font(HEI) + size(21)),
  plain('GwComment', '公文批注', 320, 'left', font(SONG) + size(21)),
  character('GwLead', '公文段首标题', font(KAI)),
  character('GwCode', '公文代码', size(15)),
  '</w:styles>',
].join('')
