import { setImmediate } from 'node:timers/promises'
import PdfFile from 'pdfkit'
import qrOf from 'qrcode-generator'
import { longDay } from '#kit/day.ts'
import { groupedCode } from './code.ts'
import { typeface } from './font.server.ts'
import { sheet } from './layouts.ts'

export type Sheet = {
  title: string
  no: string
  code: string
  recipient: string
  isPerson: boolean
  words: string
  issuer: string
  grantedOn: string
  issuedOn: string
}

type Pdf = InstanceType<typeof PdfFile>

const points = (mm: number): number => (mm * 72) / 25.4
const face = 'kai'
const ink = '#222222'

/** Where a code is checked; the address holds nothing else. */
export const checkAddress = (publicUrl: string, code: string): string => `${publicUrl}/check/${code}`

/** Certificates as one PDF, a page each; only the letters that are used are embedded. */
export async function drawCertificates(
  list: readonly Sheet[],
  { publicUrl, isDemo, mark }: { publicUrl: string; isDemo: boolean; mark: string | null },
): Promise<Uint8Array> {
  const pdf = new PdfFile({
    size: [points(sheet.width), points(sheet.height)],
    margin: 0,
    autoFirstPage: false,
    info: { Title: list.length === 1 ? `${list[0]!.title} ${list[0]!.no}` : '证书', Creator: '巾帼' },
  })
  const pieces: Buffer[] = []
  pdf.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve)
    pdf.on('error', reject)
  })
  pdf.registerFont(face, typeface().bytes)
  for (const [at, certificate] of list.entries()) {
    // A page takes some milliseconds: others are served between.
    if (at % 10 === 9) await setImmediate()
    pdf.addPage().font(face)
    frame(pdf)
    text(pdf, certificate)
    foot(pdf, certificate, checkAddress(publicUrl, certificate.code))
    if (mark !== null) centred(pdf, mark, sheet.width / 2, sheet.mark.top, sheet.mark.size, sheet.mark.color)
    if (isDemo)
      centred(pdf, '演示数据　不作公文使用', sheet.width / 2, sheet.demo.top, sheet.demo.size, '#8c5a00')
  }
  pdf.end()
  await ended
  return Buffer.concat(pieces)
}

function frame(pdf: Pdf): void {
  const { inset, gap, outer, inner, outerWidth, innerWidth } = sheet.frame
  const rect = (at: number, width: number, color: string) =>
    pdf
      .lineWidth(width)
      .rect(points(at), points(at), points(sheet.width - 2 * at), points(sheet.height - 2 * at))
      .stroke(color)
  rect(inset, outerWidth, outer)
  rect(inset + gap, innerWidth, inner)
}

function centred(
  pdf: Pdf,
  words: string,
  centre: number,
  top: number,
  size: number,
  color: string,
  spacing = 0,
): void {
  pdf.fontSize(size)
  const width = pdf.widthOfString(words, { characterSpacing: spacing }) - spacing
  pdf.fillColor(color).text(words, points(centre) - width / 2, points(top), {
    lineBreak: false,
    characterSpacing: spacing,
  })
}

function text(pdf: Pdf, { title, recipient, isPerson, words, issuer, issuedOn }: Sheet): void {
  const { title: head, recipient: to, words: body, issuer: sign } = sheet
  centred(pdf, title, sheet.width / 2, head.top, head.size, head.color, head.spacing)
  pdf
    .fontSize(to.size)
    .fillColor(ink)
    .text(`${recipient}${isPerson ? '同志' : ''}：`, points(to.left), points(to.top), {
      width: points(body.width),
      height: points(body.top - to.top),
      ellipsis: true,
    })
  // The first line stands two characters in; long words are set smaller rather than cut.
  const said = `　　${words}`
  const room = points(sign.top - 6 - body.top)
  let size: number = body.size
  const options = () => ({ width: points(body.width), lineGap: (body.lineGap * size) / body.size })
  while (size > 10 && pdf.fontSize(size).heightOfString(said, options()) > room) size -= 1
  pdf.fontSize(size).text(said, points(body.left), points(body.top), options())
  centred(pdf, issuer, sign.centre, sign.top, sign.size, ink)
  centred(pdf, longDay(issuedOn), sign.centre, sign.top + 12, sign.size, ink)
}

function foot(pdf: Pdf, { no, code }: Sheet, address: string): void {
  square(pdf, address)
  const { left, top, size, lineGap } = sheet.code
  pdf
    .fontSize(size)
    .fillColor('#444444')
    .text(
      `证书编号　${no}\n验证码　　${groupedCode(code)}\n扫码或在 ${address.replace(/\/[^/]*$/, '')} 输入验证码核验`,
      points(left),
      points(top),
      {
        lineGap,
        width: points(110),
      },
    )
}

/** The code as dark squares; the sheet round it is the quiet zone. */
function square(pdf: Pdf, address: string): void {
  const qr = qrOf(0, 'M')
  qr.addData(address)
  qr.make()
  const count = qr.getModuleCount()
  const [left, top, side] = [points(sheet.qr.left), points(sheet.qr.top), points(sheet.qr.size)]
  const step = side / count
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++)
      if (qr.isDark(row, column)) pdf.rect(left + column * step, top + row * step, step, step)
  pdf.fill('#000000')
}
