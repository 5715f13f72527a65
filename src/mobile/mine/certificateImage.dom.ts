import qrOf from 'qrcode-generator'
import type { MyCertificates } from '#certificate/api.ts'

export type Drawn = MyCertificates['rows'][number] & { name: string; url: string; isDemo: boolean }

const [width, height, edge] = [750, 1000, 60]
const ink = { brand: '#b3262e', text: '#262322', soft: '#595552', ground: '#fbf9f4' }
const face = `'PingFang SC', 'HarmonyOS Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif`

/** A text over as many lines as it takes. @returns where the next one stands */
function write(
  pen: CanvasRenderingContext2D,
  text: string,
  top: number,
  { size, colour = ink.text, line = 1.5 }: { size: number; colour?: string; line?: number },
): number {
  pen.font = `${size}px ${face}`
  pen.fillStyle = colour
  let row = ''
  for (const sign of text) {
    // No line begins with a point or a closing sign.
    if (pen.measureText(row + sign).width > width - 2 * edge && !/[，。；：、！？）》”]/.test(sign)) {
      pen.fillText(row, edge, top)
      top += size * line
      row = ''
    }
    row += sign
  }
  pen.fillText(row, edge, top)
  return top + size * line
}

function code(pen: CanvasRenderingContext2D, text: string, left: number, top: number, side: number): void {
  const qr = qrOf(0, 'M')
  qr.addData(text)
  qr.make()
  const count = qr.getModuleCount()
  const cell = Math.floor(side / (count + 8))
  pen.fillStyle = '#fff'
  pen.fillRect(left, top, cell * (count + 8), cell * (count + 8))
  pen.fillStyle = '#000'
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++)
      if (qr.isDark(row, column)) pen.fillRect(left + (column + 4) * cell, top + (row + 4) * cell, cell, cell)
}

/** A card of a certificate to be kept on the phone: what it says and the code by which anybody checks it. */
export function drawCertificate(of: Drawn): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const pen = canvas.getContext('2d')!
  pen.textBaseline = 'top'
  pen.fillStyle = ink.ground
  pen.fillRect(0, 0, width, height)
  pen.strokeStyle = ink.brand
  pen.lineWidth = 4
  pen.strokeRect(24, 24, width - 48, height - 48)
  let top = write(pen, of.title, 80, { size: 48, colour: ink.brand })
  top = write(pen, of.name, top + 30, { size: 40 })
  top = write(pen, of.words, top + 10, { size: 30 })
  top = write(pen, of.issuer, top + 24, { size: 28 })
  write(pen, `${of.issuedOn} 发　编号 ${of.no}`, top, { size: 26, colour: ink.soft })
  code(pen, of.url, edge - 10, 660, 230)
  pen.font = `26px ${face}`
  pen.fillStyle = ink.soft
  pen.fillText('扫码核验，以查到的内容为准', 310, 720)
  if (of.isDemo) {
    pen.fillStyle = ink.brand
    pen.fillText('演示数据，不是真实的证书', 310, 770)
  }
  write(pen, `验证码 ${of.code}`, 910, { size: 22, colour: ink.soft })
  return canvas
}
