import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'
import { Problem } from '#kit/problem.ts'
import { plainFont } from './woff.server.ts'

const file = '@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff'

let kept: { bytes: Buffer; font: fontkit.Font } | null = null

/** The typeface of certificates, read once: 霞鹜文楷, about 30,000 characters. */
export function typeface(): { bytes: Buffer; font: fontkit.Font } {
  if (kept === null) {
    const bytes = plainFont(readFileSync(createRequire(import.meta.url).resolve(file)))
    kept = { bytes, font: fontkit.create(bytes) as fontkit.Font }
  }
  return kept
}

/**
 * A character without a glyph would be drawn as an empty box, without any error.
 * @throws Problem.invalid naming the first such character and where it stands
 */
export function mustDraw(text: string, field: string): void {
  const { font } = typeface()
  for (const character of text) {
    if (font.hasGlyphForCodePoint(character.codePointAt(0)!)) continue
    const code = character.codePointAt(0)!.toString(16).toUpperCase()
    throw Problem.invalid({
      issues: [
        { field, message: `证书字体里没有“${character}”（U+${code}）这个字，请核对这个字，或改用常用写法` },
      ],
    })
  }
}
