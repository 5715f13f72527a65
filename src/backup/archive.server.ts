import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { createTarDecoder, createTarPacker } from 'modern-tar'

type Streamed = { header: { name: string }; body: AsyncIterable<Uint8Array> }

/** Puts one entry into an archive. */
export type Put = (name: string, bytes: Uint8Array) => Promise<void>
export type Entry = { name: string; bytes: Buffer }

/** A compressed tar of what `fill` puts into it, as it is put: never whole in memory. */
export async function* packed(fill: (put: Put) => Promise<void>): AsyncGenerator<Uint8Array> {
  const { readable, controller } = createTarPacker()
  const gzip = createGzip({ level: 1 })
  const filled = fill(async (name, bytes) => {
    const writer = controller.add({ name, size: bytes.byteLength, mtime: new Date(0) }).getWriter()
    await writer.write(bytes)
    await writer.close()
  }).then(
    () => controller.finalize(),
    (error: unknown) => controller.error(error),
  )
  const piped = pipeline(Readable.fromWeb(readable as never), gzip)
  piped.catch(() => undefined)
  yield* gzip as AsyncIterable<Buffer>
  await Promise.all([filled, piped])
}

/** The entries of such an archive in their order, one at a time. */
export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const gunzip = createGunzip()
  const piped = pipeline(Readable.from(bytes), gunzip)
  piped.catch(() => undefined)
  const decoder = createTarDecoder({ strict: true })
  const entries = Readable.toWeb(gunzip).pipeThrough(decoder as never)
  for await (const { header, body } of entries as unknown as AsyncIterable<Streamed>) {
    const parts: Uint8Array[] = []
    for await (const part of body) parts.push(part)
    yield { name: header.name, bytes: Buffer.concat(parts) }
  }
  await piped
}
