import { parentPort, workerData } from 'node:worker_threads'
import { FileRefused } from '../refused.ts'
import type { SheetRow } from './cell.ts'
import { markBook } from './mark.server.ts'
import { packRows } from './packed.server.ts'
import { parseRows } from './parse.server.ts'
import type { Order, Piece, Word } from './thread.ts'
import { writeBook, type WholeSheet } from './write.server.ts'

/** Rows of one message: few enough that taking it over costs the server a few milliseconds. */
const perMessage = 200
/** Messages that may wait to be taken over. */
const mostWaiting = 4

const port = parentPort!
const order = workerData as Order
const say = (word: Word, transfer: ArrayBuffer[] = []) => port.postMessage(word, transfer)

function read({ bytes, taken }: Extract<Order, { act: 'read' }>): void {
  const counter = new Int32Array(taken)
  let sent = 0
  let rows: SheetRow[] = []
  const flush = () => {
    if (rows.length === 0) return
    const packed = packRows(rows)
    say({ word: 'rows', rows: packed }, [packed.bytes.buffer])
    rows = []
    sent++
    // The server takes pieces over at its own pace; meanwhile this thread sleeps instead of filling its memory.
    for (;;) {
      const done = Atomics.load(counter, 0)
      if (sent - done < mostWaiting) return
      Atomics.wait(counter, 0, done)
    }
  }
  parseRows(bytes, {
    sheet(head) {
      flush()
      say({ word: 'sheet', head })
    },
    row(row, cells) {
      if (rows.push({ row, cells }) >= perMessage) flush()
    },
  })
  flush()
  say({ word: 'end' })
}

function write({ keys }: Extract<Order, { act: 'write' }>): void {
  const sheets: WholeSheet[] = []
  port.on('message', (piece: Piece) => {
    if ('sheet' in piece) sheets.push({ ...piece.sheet, rows: [] })
    else if ('rows' in piece) for (const row of piece.rows) sheets.at(-1)!.rows.push(row)
    else void writeBook({ sheets, keys }).then(hand, (error: unknown) => fail(error))
  })
}

function hand(bytes: Uint8Array): void {
  const own = bytes.slice()
  say({ word: 'bytes', bytes: own }, [own.buffer])
  port.close()
}

function fail(error: unknown): void {
  say({ word: 'failed', reason: String(error) })
  port.close()
}

try {
  if (order.act === 'read') read(order)
  else if (order.act === 'write') write(order)
  else void markBook(order.bytes, order.sheets).then(hand, (error: unknown) => fail(error))
} catch (error) {
  if (error instanceof FileRefused) say({ word: 'refused', sentence: error.message })
  else fail(error)
}
