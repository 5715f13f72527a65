export type FileKind = 'zip' | 'old' | 'text'

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte)

/** What a file is, by its content; its name says nothing. `old`: the container of .xls and of encrypted workbooks. */
export function kindOf(bytes: Uint8Array): FileKind {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'old'
  return startsWith(bytes, [0x50, 0x4b]) ? 'zip' : 'text'
}

export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const han = /\p{Script=Han}/gu
const hanIn = (text: string): number => text.match(han)?.length ?? 0

function decoded(bytes: Uint8Array, charset: Charset): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * A text file as text: by its mark, else UTF-8, else GB18030. Where both fit, the one that reads as more Han: 女 in GB18030
 * is a valid Ů in UTF-8. Null for what is no text.
 */
export function decodeText(bytes: Uint8Array): { text: string; charset: Charset } | null {
  const marked: Charset | null = startsWith(bytes, [0xef, 0xbb, 0xbf])
    ? 'utf-8'
    : startsWith(bytes, [0xff, 0xfe])
      ? 'utf-16le'
      : startsWith(bytes, [0xfe, 0xff])
        ? 'utf-16be'
        : null
  if (marked !== null) {
    const text = decoded(bytes, marked)
    return text === null ? null : { text, charset: marked }
  }
  // Text holds no NUL; a picture or a program soon does.
  if (bytes.subarray(0, 65_536).includes(0)) return null
  const utf8 = decoded(bytes, 'utf-8')
  const small = bytes.length < 65_536
  const gb = utf8 === null || small ? decoded(bytes, 'gb18030') : null
  if (utf8 !== null && (gb === null || hanIn(utf8) >= hanIn(gb) || hanIn(utf8) > 0))
    return { text: utf8, charset: 'utf-8' }
  return gb === null ? null : { text: gb, charset: 'gb18030' }
}
