import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import * as z from 'zod/mini'
import { digestOf, isSigned } from '#crypto/provider.server.ts'
import type { Tx } from '#server/database.server.ts'
import { headsOf, readAnchors, type Anchor } from './anchor.ts'
import { StreamCheck } from './chain.ts'
import { readHeads, readStream, type ChainReport } from './verify.server.ts'

const head = z.strictObject({ district_id: z.number(), seq: z.number(), hash: z.string() })
const row = z.strictObject({
  ...head.shape,
  at: z.string(),
  actor: z.string(),
  on_behalf: z.string(),
  action: z.string(),
  object: z.string(),
  result: z.string(),
  purpose: z.string(),
  request_id: z.string(),
  fields: z.string(),
  body_hmac: z.string(),
  prev: z.string(),
})
/** A line of an export: what it is, then every stream (head, rows in order), then the anchors as they stand in their file. */
const line = z.union([
  z.strictObject({ jinguoAudit: z.literal(1), installation: z.string(), publicKey: z.string() }),
  z.strictObject({ head }),
  z.strictObject({ row }),
  z.strictObject({ anchor: z.string() }),
])

/**
 * Writes audit and anchors to a file that can be checked without the database; half a file never stands.
 * @returns rows written
 * @throws Error in Chinese when the file can't be written
 */
export async function exportAudit(
  tx: Tx,
  path: string,
  from: { installation: string; publicKey: string; anchors: readonly string[] },
): Promise<number> {
  const part = `${path}.${process.pid}.part`
  const file = await open(part, 'w', 0o600).catch((cause: unknown) => {
    throw new Error(`无法写入 ${path}，请检查文件夹是否存在、是否有权限`, { cause })
  })
  const put = (list: readonly z.infer<typeof line>[]) =>
    file.write(list.map((value) => `${JSON.stringify(value)}\n`).join(''))
  try {
    let count = 0
    await put([{ jinguoAudit: 1, installation: from.installation, publicKey: from.publicKey }])
    for (const stream of await readHeads(tx)) {
      await put([{ head: stream }])
      for await (const page of readStream(tx, stream.district_id)) {
        await put(page.map((each) => ({ row: each })))
        count += page.length
      }
    }
    await put(from.anchors.map((text) => ({ anchor: text })))
    await file.sync()
    await file.close()
    await rename(part, path)
    return count
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(part, { force: true })
    throw error
  }
}

export type ExportReport = ChainReport & {
  anchors: number
  badAnchor: number | null
  badLine: number | null
  publicKey: string
}

/**
 * Checks an export by itself, in two passes over the file: the anchors, which stand last, then the rows against them.
 * @param trusted key by which the anchors must be signed; the one that the export names where it is not given
 */
export async function verifyExport(path: string, trusted: string | null): Promise<ExportReport> {
  const texts: string[] = []
  let [publicKey, badLine, number] = ['', null as number | null, 0]
  for await (const each of parsed(path)) {
    number++
    if (each === null) {
      badLine = number
      break
    }
    if ('jinguoAudit' in each) publicKey = each.publicKey
    if ('anchor' in each) texts.push(each.anchor)
  }
  const key = trusted ?? publicKey
  const read = readAnchors(texts, {
    hash: digestOf(key),
    verify: (text, signature) => isSigned(text, signature, key),
  })
  const report = await checkRows(path, read.anchors, digestOf(key))
  return { ...report, anchors: read.anchors.length, badAnchor: read.bad, badLine, publicKey: key }
}

async function checkRows(
  path: string,
  anchors: readonly Anchor[],
  hash: (text: string) => string,
): Promise<ChainReport> {
  const anchored = headsOf(anchors)
  const streams = new Map<number, { check: StreamCheck; head: { seq: number; hash: string } | null }>()
  const of = (district: number) => {
    const known = streams.get(district) ?? {
      check: new StreamCheck(district, anchored.get(district) ?? [], hash),
      head: null,
    }
    streams.set(district, known)
    return known
  }
  for (const district of anchored.keys()) of(district)
  for await (const each of parsed(path)) {
    if (each === null) break
    if ('head' in each) of(each.head.district_id).head = each.head
    if ('row' in each) of(each.row.district_id).check.take([each.row])
  }
  const report: ChainReport = { streams: streams.size, rows: 0, breaks: [] }
  for (const { check, head: last } of streams.values()) {
    const broken = check.end(last)
    report.rows += check.rows
    if (broken) report.breaks.push(broken)
  }
  return report
}

async function* parsed(path: string): AsyncGenerator<z.infer<typeof line> | null> {
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      yield null
      return
    }
    const found = z.safeParse(line, value)
    yield found.success ? found.data : null
    if (!found.success) return
  }
}
