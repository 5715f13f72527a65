/** What may be attached as evidence (佐证材料), and how much. */
export const MB = 1024 * 1024

/** Kinds that are kept, with what a stored file of the kind is called and may weigh. */
export const evidenceTypes = {
  'image/jpeg': { ending: 'jpg', label: '图片', most: 20 * MB },
  'image/png': { ending: 'png', label: '图片', most: 20 * MB },
  'application/pdf': { ending: 'pdf', label: 'PDF', most: 20 * MB },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    ending: 'docx',
    label: 'Word 文件（.docx）',
    most: 20 * MB,
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    ending: 'xlsx',
    label: 'Excel 文件（.xlsx）',
    most: 30 * MB,
  },
} as const
export type EvidenceType = keyof typeof evidenceTypes

/** The largest cap of all: nothing is received beyond it. */
export const mostBytes = Math.max(...Object.values(evidenceTypes).map((t) => t.most))
/** Files of one record. */
export const mostFiles = 20
/** What one account may store in a day. */
export const dailyBytes = 300 * MB
/** Free space that uploads leave on the disk for the database. */
export const spareBytes = 512 * MB
/** Pixels of an image: some 8,000 × 6,000. */
export const mostPixels = 50_000_000
/** Longer edge of a stored image: a poster stays legible, a photo does not weigh 12 MB. */
export const longestEdge = 3840
export const previewEdge = 360

export const acceptedEndings = '.jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx'
export const acceptedText = '图片（JPG、PNG、WebP）、PDF、Word（.docx）、Excel（.xlsx）'

export const isImage = (type: string): boolean => type.startsWith('image/')

const mostName = 80

/**
 * The name shown for a stored file: the sender's, without folders, control and direction marks, with the ending of what it
 * really is. It never becomes part of a path.
 */
export function shownName(given: string, type: EvidenceType): string {
  const bare = given
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\.[0-9A-Za-z]{1,5}$/, '')
    .trim()
  const { ending, label } = evidenceTypes[type]
  const name = [...bare].slice(0, mostName).join('').trim()
  return `${name === '' || /^\.+$/.test(name) ? label.replace(/（.*/, '') : name}.${ending}`
}

/** 1536000 → 「1.5 MB」. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < MB) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / MB).toFixed(1)} MB`
}
