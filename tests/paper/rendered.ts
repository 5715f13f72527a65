import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Of poppler, which draws and measures the PDF. */
export const findPoppler = (): boolean => existsSync('/usr/bin/pdftotext') && existsSync('/usr/bin/pdftoppm')

/** A line of text on a page, in points from the left and upper edge. */
export interface Line {
  text: string
  left: number
  right: number
  top: number
  bottom: number
}

function withPoppler<T>(
  pdf: Uint8Array,
  use: (run: (tool: string, ...args: string[]) => Buffer, room: string) => T,
): T {
  const room = mkdtempSync(join(tmpdir(), 'jinguo-pdf-'))
  try {
    writeFileSync(join(room, 'in.pdf'), pdf)
    return use((tool, ...args) => execFileSync(`/usr/bin/${tool}`, args, { cwd: room }), room)
  } finally {
    rmSync(room, { recursive: true, force: true })
  }
}

/** The lines of each page from top to bottom. Words on one height are one line: a table's row comes out as one. */
export function pagesOf(pdf: Uint8Array): Line[][] {
  const html = withPoppler(pdf, (run) => run('pdftotext', '-bbox', 'in.pdf', '-').toString('utf8'))
  return html
    .split('<page ')
    .slice(1)
    .map((page) => {
      const words = [...page.matchAll(/xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g)]
      const lines: Line[] = []
      for (const [, left, top, right, bottom, text] of words) {
        const word = { text: text!, left: +left!, right: +right!, top: +top!, bottom: +bottom! }
        const line = lines.find((candidate) => Math.abs(middle(candidate) - middle(word)) < 3)
        if (!line) lines.push(word)
        else {
          line.text += word.text
          line.left = Math.min(line.left, word.left)
          line.right = Math.max(line.right, word.right)
        }
      }
      return lines.toSorted((a, b) => a.top - b.top)
    })
}

export const middle = (line: { top: number; bottom: number }) => (line.top + line.bottom) / 2

/** The rows of ink (in points from the top) within a band of a page, drawn at 288 dpi. */
export function inkRows(
  pdf: Uint8Array,
  page: number,
  from: number,
  to: number,
): { first: number; last: number } {
  const SCALE = 4
  return withPoppler(pdf, (run, room) => {
    run(
      'pdftoppm',
      '-gray',
      '-r',
      String(72 * SCALE),
      '-f',
      String(page),
      '-l',
      String(page),
      'in.pdf',
      'page',
    )
    const file = run('ls')
      .toString()
      .split('\n')
      .find((name) => name.endsWith('.pgm'))!
    const image = readFileSync(join(room, file))
    const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.toString('latin1', 0, 64))!
    const pixels = image.subarray(image.length - Number(width) * Number(height))
    const inked: number[] = []
    for (let y = Math.round(from * SCALE); y < Math.round(to * SCALE); y++)
      if (pixels.subarray(y * Number(width), (y + 1) * Number(width)).some((pixel) => pixel < 128))
        inked.push(y)
    return { first: (inked[0] ?? Number.NaN) / SCALE, last: ((inked.at(-1) ?? Number.NaN) + 1) / SCALE }
  })
}
