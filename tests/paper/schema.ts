import { all, type Node } from './opened.ts'

const words = (list: string) => list.trim().split(/\s+/)

/** Children in the order ISO/IEC 29500-1 fixes; Word calls a file damaged that has them otherwise. */
const ORDER: Record<string, string[]> = {
  pPr: words(`pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
    snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange`),
  rPr: words(`rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
    eastAsianLayout specVanish oMath`),
  sdt: words('sdtPr sdtEndPr sdtContent'),
  sdtPr: words('rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding'),
  tbl: words('tblPr tblGrid tr'),
  tblPr:
    words(`tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
    tblInd tblBorders shd tblLayout tblCellMar tblLook`),
  tc: words('tcPr p'),
  tcPr: words(
    'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark',
  ),
  sectPr:
    words(`headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
    pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings`),
  style:
    words(`name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
    personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr`),
  styles: words('docDefaults latentStyles style'),
  docDefaults: words('rPrDefault pPrDefault'),
}

/** Elements that stand where the schema doesn't have them, as `pPr: jc before ind`. Headers may come before footers. */
export function misplaced(root: Node): string[] {
  return all(root).flatMap((parent) => {
    const order = ORDER[local(parent)]
    if (!order) return []
    const places = parent.children.map((child) => order.indexOf(local(child)))
    const faults = parent.children.flatMap((child, at) => {
      if (places[at] === -1) return [`${parent.name}: ${child.name} unknown`]
      const reference = /^(header|footer)Reference$/.test(local(child))
      return !reference && at > 0 && places[at]! < places[at - 1]!
        ? [`${parent.name}: ${parent.children[at - 1]!.name} before ${child.name}`]
        : []
    })
    return faults
  })
}

const local = (node: Node) => node.name.replace(/^w:/, '')
