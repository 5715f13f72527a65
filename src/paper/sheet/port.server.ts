import { Worker } from 'node:worker_threads'
import { FileRefused } from '../refused.ts'
import type { Book, BookRow, SheetMarks } from './book.ts'
import { limits } from './caps.ts'
import type { PackedRows, SheetHead, Workbook } from './cell.ts'
import { unpackRows } from './packed.server.ts'
import type { Order, Piece, Word } from './thread.ts'

/** Takes rows over, sheet by sheet, still packed; the thread waits while it works. */
export type TakeRows = (sheet: SheetHead, rows: PackedRows) => void | Promise<void>

/** The one port for tables from and to other programs. Nothing else reads or writes them. */
export type Sheets = {
  /** Reads .xlsx, or .csv in UTF-8, UTF-16 or GB18030. @throws FileRefused with one Chinese sentence */
  read(bytes: Uint8Array, take: TakeRows): Promise<void>
  /** Reads a small workbook whole. @throws FileRefused, also above `most` rows */
  readAll(bytes: Uint8Array, most: number): Promise<Workbook>
  /** Writes marks into an .xlsx of somebody's own, and changes nothing else of it. */
  mark(bytes: Uint8Array, sheets: readonly SheetMarks[]): Promise<Uint8Array>
  /** Writes an .xlsx. */
  write(book: Book): Promise<Uint8Array>
}

/** Threads at once: each may take half a gigabyte and a core. */
const atOnce = 2

const tooMuch = '文件内容过多，读取超出了内存或时间限制，请分成几个文件再上传'
const rowsPerPiece = 400

/** Opens the port over the built thread. */
export function openSheets(workerUrl: URL): Sheets {
  const waiting: (() => void)[] = []
  let running = 0
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  const read: Sheets['read'] = (bytes, take) =>
    inTurn(() => {
      const taken = new SharedArrayBuffer(4)
      const counter = new Int32Array(taken)
      let sheet: SheetHead = { name: '', hidden: false }
      return withThread<void>(workerUrl, { act: 'read', bytes, taken }, async (word, end) => {
        if (word.word === 'sheet') sheet = word.head
        else if (word.word === 'end') end()
        else if (word.word === 'rows') {
          await take(sheet, word.rows)
          Atomics.add(counter, 0, 1)
          Atomics.notify(counter, 0)
        }
      })
    })

  return {
    read,
    async readAll(bytes, most) {
      const book: Workbook = { sheets: [] }
      let count = 0
      await read(bytes, ({ name, hidden }, packed) => {
        count += packed.count
        if (count > most) throw new FileRefused(`这里一次最多读 ${most} 行，请分成几个文件再上传`)
        const rows = unpackRows(packed)
        const last = book.sheets.at(-1)
        if (last?.name === name) last.rows.push(...rows)
        else book.sheets.push({ name, hidden, rows })
      })
      return book
    },
    mark: (bytes, marks) =>
      inTurn(() =>
        withThread<Uint8Array>(workerUrl, { act: 'mark', bytes, sheets: marks }, (word, end) => {
          if (word.word === 'bytes') end(word.bytes)
        }),
      ),
    write: (book) =>
      inTurn(() =>
        withThread<Uint8Array>(
          workerUrl,
          { act: 'write', keys: book.keys },
          (word, end) => {
            if (word.word === 'bytes') end(word.bytes)
          },
          (send) => sendBook(book, send),
        ),
      ),
  }
}

/** In pieces: a whole book would take the server too long to hand over. */
async function sendBook(book: Book, send: (piece: Piece) => void): Promise<void> {
  for (const { name, columns, blank = 0, rows } of book.sheets) {
    send({ sheet: { name, columns, blank } })
    let piece: BookRow[] = []
    for await (const row of rows) {
      if (piece.push(row) < rowsPerPiece) continue
      send({ rows: piece })
      piece = []
    }
    send({ rows: piece })
  }
  send({ done: true })
}

type OnWord<T> = (word: Word, end: (result: T) => void) => void | Promise<void>

function withThread<T>(
  url: URL,
  order: Order,
  onWord: OnWord<T>,
  feed?: (send: (piece: Piece) => void) => Promise<void>,
): Promise<T> {
  const worker = new Worker(url, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 32 },
    stderr: false,
  })
  return new Promise<T>((resolve, reject) => {
    const late = setTimeout(() => reject(new FileRefused(tooMuch)), limits.seconds * 1000)
    const settle = <A extends unknown[]>(how: (...args: A) => void) => {
      return (...args: A) => {
        clearTimeout(late)
        how(...args)
      }
    }
    const end = settle(resolve)
    const fail = settle(reject)
    // One word after the other, though a taker may take its time.
    let before = Promise.resolve()
    worker.on('message', (word: Word) => {
      before = before.then(() => told(word)).catch(fail)
    })
    worker.on('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileRefused(tooMuch, { cause: error }) : error),
    )
    worker.on(
      'exit',
      () => void before.then(() => fail(new Error('the thread that reads tables ended early'))),
    )
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    feed?.((piece) => worker.postMessage(piece)).catch(fail)

    async function told(word: Word): Promise<void> {
      if (word.word === 'refused') fail(new FileRefused(word.sentence))
      else if (word.word === 'failed') fail(new Error(word.reason))
      else await onWord(word, end)
    }
  }).finally(() => worker.terminate())
}
