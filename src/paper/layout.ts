/**
 * GB/T 9704-2012 in Word's units (twips, 1/20 pt), as measured in LibreOffice: 22 lines of 28 characters a page.
 * The numbers hang together; decision 008 says why each is what it is.
 */
export const PAGE = {
  width: 11_906,
  height: 16_838,
  /** 37, 28, 26, 35 mm: a type area of 156 × 225 mm. */
  margin: { top: 2098, left: 1587, right: 1474, bottom: 1984 },
  /** The dashes of the page number stand 7 mm below the type area: 35 − 7 − half a line of 6.4 mm. */
  footer: 1406,
  footerLine: 363,
  /** A second, small line below the page number, which stays where it is. */
  markLine: 200,
  header: 1134,
} as const

export const TYPE_AREA_WIDTH = PAGE.width - PAGE.margin.left - PAGE.margin.right

/** 28.95 pt: 22 lines are 636.9 pt of 637.8. At 29 pt only 21 lines fit. */
export const LINE = 579
/**
 * A 16 pt character tightened by 0.3 pt: 28 are 439.6 pt of 442.2. At −0.2 pt only 27 fit; at −0.25 pt LibreOffice 7.4
 * loses a mark that falls just past the 28th character.
 */
export const CHARACTER = 314
export const TIGHTENING = -6
export const CHARACTERS_A_LINE = 28

/** Width in characters, a half-width letter or digit counting one half. */
export function widthOf(text: string): number {
  return [...text].reduce((width, char) => width + ((char.codePointAt(0) ?? 0) < 0x2000 ? 0.5 : 1), 0)
}

/**
 * Where name and date of an unsealed signature begin, in characters from the left edge (GB/T 9704-2012 7.3.5.2).
 * The name ends 2 characters before the right edge and the date starts 2 after the name's start; where the date would
 * then reach further than the name, it ends 2 before the edge and the name moves left with it.
 */
export function signatureStarts(name: string, date: string): { name: number; date: number } {
  const width = Math.max(widthOf(name), widthOf(date) + 2)
  const start = Math.max(0, CHARACTERS_A_LINE - 2 - width)
  return { name: start, date: start + 2 }
}

/** Drops what XML 1.0 cannot hold (C0 controls, lone surrogates, U+FFFE/F): one of them and Word refuses the file. */
export function printable(text: string): string {
  return text
    .replaceAll(/[\t\n\r]+/g, ' ')
    .replaceAll(/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '')
    .normalize('NFC')
}
