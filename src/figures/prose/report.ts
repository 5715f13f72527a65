import { normalise } from './mask.ts'

const DIGITS = '〇一二三四五六七八九'

/** The text with 「二〇一九年」 told as 2019年. */
export function mentioned(text: string): string {
  return normalise(text).replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) =>
    [...year.replaceAll('零', '〇')].map((c) => DIGITS.indexOf(c)).join(''),
  )
}
