import PdfFile from 'pdfkit'
import { typeface } from '#certificate/font.server.ts'
import { longDay } from '#kit/day.ts'
import type { FileStore } from '#record/evidence/store.server.ts'

/** What a paper says of itself. */
export type Paper = { title: string; number: string; of: string; issuer: string; on: string; until: string }

/** A made-up paper as its scan would be: one page that says that it is made up. */
export async function drawScan({ title, number, of, issuer, on, until }: Paper): Promise<Uint8Array> {
  const made = new Date(`${on}T00:00:00Z`)
  const pdf = new PdfFile({ size: 'A4', margin: 80, info: { Title: title, CreationDate: made } })
  const pieces: Buffer[] = []
  pdf.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve)
    pdf.on('error', reject)
  })
  pdf.registerFont('kai', typeface().bytes).font('kai')
  pdf.fontSize(12).fillColor('#8c5a00').text('演示数据　不作公文使用', { align: 'center' })
  pdf.moveDown(3).fontSize(26).fillColor('#222222').text(title, { align: 'center', characterSpacing: 4 })
  pdf.moveDown(2).fontSize(14).text(`编号：${number}`)
  pdf.moveDown().text(`${of}：`)
  pdf.moveDown().text(`　　经检查，符合要求，有效期至${longDay(until)}。`)
  pdf.moveDown(4).text(issuer, { align: 'right' }).text(longDay(on), { align: 'right' })
  pdf.end()
  await ended
  return Buffer.concat(pieces)
}

/** The columns of a paper's row that name its scan; the file is whole on disk before. */
export async function scanOf(files: FileStore, paper: Paper, by: string): Promise<object> {
  const bytes = await drawScan(paper)
  return {
    scan_name: `${paper.title}.pdf`,
    scan_type: 'application/pdf',
    scan_bytes: bytes.length,
    scan_hash: await files.keep(bytes, null),
    scan_by: by,
    scan_at: `${paper.on}T02:00:00Z`,
  }
}
