import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { GuardedZip } from '#paper/zip.server.ts'
import { FileRefused } from '#paper/refused.ts'
import {
  acceptedText,
  evidenceTypes,
  longestEdge,
  MB,
  mostPixels,
  previewEdge,
  type EvidenceType,
} from './rules.ts'

/** What is kept of an upload: its bytes as they are stored, and a small picture of an image. */
export type Kept = { type: EvidenceType; bytes: Buffer; preview: Buffer | null }

// libvips can read dozens of formats; every one that nobody needs is a way in.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp'].flatMap((f) => [`VipsForeignLoad${f}File`, `VipsForeignLoad${f}Buffer`]),
})
sharp.cache(false)

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Reads an upload by what it is, never by its name or claimed type. Images are made anew, which leaves place, camera and
 * whatever hid in them behind; office files are looked at by their directory; all else is refused.
 * @param accepted what the sentence of a refusal says is taken here
 * @throws FileRefused with one Chinese sentence
 */
export async function checkUpload(path: string, accepted: string = acceptedText): Promise<Kept> {
  const bytes = await readFile(path)
  if (bytes.length === 0) refuse('文件是空的，请重新选择')
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return asIs('application/pdf', bytes)
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return asIs(officeType(bytes, accepted), bytes)
  if (/^....ftyp(hei|hev|mif|msf)/.test(bytes.subarray(0, 11).toString('latin1')))
    refuse('苹果手机的 HEIC 照片打不开，请先转成 JPG（设置 › 相机 › 格式 › 兼容性最佳）再上传')
  return image(path, bytes, accepted)
}

function asIs(type: EvidenceType, bytes: Buffer): Kept {
  const { label, most } = evidenceTypes[type]
  if (bytes.length > most) refuse(`${label}不能超过 ${most / MB} MB`)
  return { type, bytes, preview: null }
}

/** By its table of contents, which names the main part. */
function officeType(bytes: Buffer, accepted: string): EvidenceType {
  const zip = new GuardedZip(bytes, {
    name: 'Word 文件（.docx）或 Excel 文件（.xlsx）',
    fileBytes: evidenceTypes[xlsx].most,
    smaller: '请压缩图片后再上传',
    entries: 2000,
    partBytes: 600 * MB,
    totalBytes: 1024 * MB,
    ratio: 200,
  })
  const contents = zip.read('[Content_Types].xml') ?? ''
  if (/<!DOCTYPE|<!ENTITY/i.test(contents)) refuse('文件结构异常（含文档类型声明），不予保存')
  if (contents.includes('wordprocessingml.document.main+xml')) return docx
  if (contents.includes('spreadsheetml.sheet.main+xml')) return xlsx
  return refuse(`这是压缩包或不支持的文件，这里只收${accepted}`)
}

const readable = ['jpeg', 'png', 'webp']

async function image(path: string, bytes: Buffer, accepted: string): Promise<Kept> {
  const options = { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true } as const
  let format: string | undefined
  let alpha = false
  try {
    const found = await sharp(path, { ...options, limitInputPixels: false }).metadata()
    format = found.format
    alpha = found.hasAlpha
    if (found.width * found.height > mostPixels)
      refuse(`图片不能超过 ${mostPixels / 10_000} 万像素，请缩小后再上传`)
  } catch (error) {
    if (error instanceof FileRefused) throw error
    refuse(`文件打不开，或不是这里收的格式：只收${accepted}`)
  }
  if (!format || !readable.includes(format)) refuse(`这里只收${accepted}`)
  if (bytes.length > evidenceTypes['image/jpeg'].most)
    refuse(`图片不能超过 ${evidenceTypes['image/jpeg'].most / MB} MB，请压缩后再上传`)
  const type: EvidenceType = format === 'png' || alpha ? 'image/png' : 'image/jpeg'
  try {
    const upright = sharp(path, options).timeout({ seconds: 20 }).autoOrient()
    const fitted = upright.resize({
      width: longestEdge,
      height: longestEdge,
      fit: 'inside',
      withoutEnlargement: true,
    })
    const stored = await (type === 'image/png' ? fitted.png() : fitted.jpeg({ quality: 85 })).toBuffer()
    const preview = await sharp(stored)
      .resize({ width: previewEdge, height: previewEdge, fit: 'cover' })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 78 })
      .toBuffer()
    return { type, bytes: stored, preview }
  } catch {
    return refuse('图片已损坏，请重新拍摄或另存一份后再上传')
  }
}

function refuse(sentence: string): never {
  throw new FileRefused(sentence)
}
