import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { FileRefused } from './refused.ts'

export interface ZipCaps {
  /** What the sentences call it: `Word 文件（.docx）`. */
  name: string
  fileBytes: number
  entries: number
  /** What to do about a file that is too large: `请压缩图片后再上传`. */
  smaller: string
  /** One part, inflated. */
  partBytes: number
  /** All parts together, as the directory claims them. */
  totalBytes: number
  /** Inflated : packed, asked of parts above 1 MB only: small XML packs better than any bomb needs. */
  ratio: number
}

interface Entry {
  name: string
  method: number
  flags: number
  packed: number
  size: number
  offset: number
  crc: number
}

const MB = 1024 * 1024
/**
 * A zip file of somebody else's, looked at before any part is inflated. Sizes in the directory are claims: `read`
 * inflates one part and stops at the cap, whatever was claimed.
 * @throws FileRefused
 */
export class GuardedZip {
  readonly #bytes: Buffer
  readonly #caps: ZipCaps
  readonly #entries: ReadonlyMap<string, Entry>

  constructor(bytes: Uint8Array, caps: ZipCaps) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#caps = caps
    if (bytes.length > caps.fileBytes) refuse(`${caps.name}不能超过${caps.fileBytes / MB}MB，${caps.smaller}`)
    if (this.#bytes.subarray(0, 4).equals(Buffer.from('D0CF11E0', 'hex')))
      refuse(`文件已加密或是旧版格式，请去掉密码，另存为 ${caps.name}后再上传`)
    if (this.#bytes.toString('latin1', 0, 2) !== 'PK') refuse(`文件格式不对，这里只收 ${caps.name}`)
    this.#entries = this.#check(directory(this.#bytes, caps))
  }

  #check(entries: Entry[]): Map<string, Entry> {
    const { name, partBytes, totalBytes, ratio } = this.#caps
    const byName = new Map<string, Entry>()
    let total = 0
    for (const entry of entries) {
      const key = entry.name.toLowerCase()
      if (byName.has(key)) refuse(`文件内有重名部件（${entry.name}），请用办公软件另存一份后再上传`)
      if (key.endsWith('vbaproject.bin')) refuse('文件含有宏，请另存为不含宏的文件后再上传')
      if (entry.size > partBytes) refuse(`${name}的单个部件解压后不能超过${partBytes / MB}MB`)
      if (entry.size > MB && entry.size > ratio * entry.packed)
        refuse(`文件的压缩比超过${ratio}倍，疑似压缩炸弹，不予读取`)
      total += entry.size
      byName.set(key, entry)
    }
    if (total > totalBytes) refuse(`${name}解压后总共不能超过${totalBytes / MB}MB`)
    return byName
  }

  /** Names of the parts, as they are written. */
  get names(): string[] {
    return [...this.#entries.values()].map((entry) => entry.name)
  }

  /** One part as text, null if there is none. XML in any encoding but UTF-8 is refused. */
  read(name: string, mostBytes = this.#caps.partBytes): string | null {
    const pieces = this.pieces(name, mostBytes)
    return pieces === null ? null : [...pieces].join('')
  }

  /** One part as pieces of text: no single string need hold a large one. Null if there is none. */
  pieces(name: string, mostBytes = this.#caps.partBytes): Iterable<string> | null {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) return null
    if (entry.size > mostBytes)
      refuse(`${this.#caps.name}的部件（${entry.name}）解压后不能超过${mostBytes / MB}MB`)
    return this.#decoded(entry)
  }

  *#decoded(entry: Entry): Iterable<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    try {
      const bytes = this.#inflate(entry)
      for (let at = 0; at < bytes.length; at += MB)
        yield decoder.decode(bytes.subarray(at, at + MB), { stream: true })
      yield decoder.decode()
    } catch (error) {
      if (error instanceof FileRefused) throw error
      throw new FileRefused(`文件内的部件（${entry.name}）已损坏或不是 UTF-8 编码`, { cause: error })
    }
  }

  /** The same file with these parts in place of, or beside, its own; all others byte for byte. */
  rewritten(parts: ReadonlyMap<string, string>): Uint8Array {
    const changed = new Map([...parts].map(([name, text]) => [name.toLowerCase(), { name, text }]))
    const kept = [...this.#entries].filter(([key]) => !changed.has(key)).map(([, entry]) => entry)
    return writeZip([
      ...kept.map((entry) => ({ ...entry, data: this.#packed(entry) })),
      ...[...changed.values()].map(({ name, text }) => packed(name, text)),
    ])
  }

  /** A part as it stands in the file. */
  #packed(entry: Entry): Buffer {
    const start = entry.offset
    if (this.#bytes.readUInt32LE(start) !== 0x04034b50) refuse('文件已损坏，请用办公软件另存一份后再上传')
    const data = start + 30 + this.#bytes.readUInt16LE(start + 26) + this.#bytes.readUInt16LE(start + 28)
    return this.#bytes.subarray(data, data + entry.packed)
  }

  #inflate(entry: Entry): Uint8Array {
    if (entry.flags & 1) refuse('文件已加密，请去掉密码后再上传')
    const packed = this.#packed(entry)
    if (entry.method === 0) return packed
    if (entry.method !== 8) refuse('文件用了不常见的压缩方式，请用办公软件另存一份后再上传')
    const inflated = this.#unpack(packed)
    // A part that isn't as long as claimed has slipped past the checks of the directory.
    if (inflated.length !== entry.size) refuse('文件已损坏，请用办公软件另存一份后再上传')
    return inflated
  }

  #unpack(packed: Uint8Array): Uint8Array {
    try {
      return inflateRawSync(packed, { maxOutputLength: this.#caps.partBytes })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        refuse(`${this.#caps.name}的单个部件解压后不能超过${this.#caps.partBytes / MB}MB`)
      throw error
    }
  }
}

/** The central directory; zip64 is refused with the rest that no office file under 30 MB needs. */
function directory(bytes: Buffer, caps: ZipCaps): Entry[] {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const broken = '文件已损坏，请用办公软件另存一份后再上传'
  if (end < 0 || end + 22 > bytes.length) refuse(broken)
  const count = bytes.readUInt16LE(end + 10)
  if (count > caps.entries) refuse(`${caps.name}的部件不能超过${caps.entries}个`)
  let at = bytes.readUInt32LE(end + 16)
  const entries: Entry[] = []
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) refuse(broken)
    const nameLength = bytes.readUInt16LE(at + 28)
    const offset = bytes.readUInt32LE(at + 42)
    const packed = bytes.readUInt32LE(at + 20)
    if (offset + 30 + packed > bytes.length) refuse(broken)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed,
      size: bytes.readUInt32LE(at + 24),
      offset,
      crc: bytes.readUInt32LE(at + 16),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function refuse(sentence: string): never {
  throw new FileRefused(sentence)
}

type Part = Pick<Entry, 'name' | 'method' | 'flags' | 'packed' | 'size' | 'crc'> & { data: Uint8Array }

function packed(name: string, text: string): Part {
  const bytes = Buffer.from(text, 'utf8')
  const data = deflateRawSync(bytes)
  // Bit 11: the name is UTF-8.
  const flags = 0x0800
  return { name, method: 8, flags, packed: data.length, size: bytes.length, crc: crc32(bytes), data }
}

function writeZip(parts: readonly Part[]): Uint8Array {
  const body: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const part of parts) {
    const name = Buffer.from(part.name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    // Sizes stand in the header: no descriptor behind the data (bit 3).
    common.writeUInt16LE(part.flags & ~8, 2)
    common.writeUInt16LE(part.method, 4)
    // 1980-01-01, the first day that a zip file knows.
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(part.crc, 10)
    common.writeUInt32LE(part.packed, 14)
    common.writeUInt32LE(part.size, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, name])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('504b01021400', 'hex'), common, place, name)
    body.push(local, part.data)
    at += local.length + part.data.length
  }
  const head = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(head.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...body, head, end]))
}
