import type { Block } from '#paper/document.ts'
import { numeral } from './words.ts'

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
export const textBlock = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })

/** The lines that hold something; one line is one paragraph. */
export const linesOf = (body: string | undefined): string[] =>
  (body ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A text of the editors, line by line. */
export const edited = (body: string | undefined): Block[] => linesOf(body).map(textBlock)

/** 存在的问题 of the year: the editors' findings, or a sentence that claims nothing. */
export function problems(body: string | undefined): Block[] {
  const found = edited(body)
  const told =
    found.length > 0
      ? '对照新形势新任务和广大女职工的期盼，工作中还存在一些问题和不足，主要是：'
      : '对照新形势新任务和广大女职工的期盼，工作中还有不少差距，需要在今后的工作中认真查找、切实改进。'
  return [{ kind: 'paragraph', lead: '问题和不足。', runs: [{ text: told }] }, ...found]
}

/** A first sentence up to this long is the task's heading. */
const longestHeading = 24
/** Numbers that an editor typed herself give way to ours. */
const typedNumber = /^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\(?\d{1,2}[.．、)）])\s*/

/** The tasks of the plan, one line each: `（一）` and the first sentence as heading, the rest as its paragraph. */
export function tasks(body: string | undefined): Block[] {
  return linesOf(body).flatMap((line, at): Block[] => {
    const number = `（${numeral(at + 1)}）`
    const text = line.replace(typedNumber, '')
    const end = text.search(/[。：]/)
    const isHeaded = end > 0 && end <= longestHeading && end < text.length - 1
    return isHeaded
      ? [heading(2, number + text.slice(0, end)), textBlock(text.slice(end + 1))]
      : [textBlock(number + text)]
  })
}
