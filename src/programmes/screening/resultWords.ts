import type { Issue } from '#kit/programme.ts'

const words = /阳性|阴性|确诊|患者|病变|癌变|恶性|良性|结节|病理/

/** A return holds counts only: words of a result are refused where free text could carry them (个人信息保护法 第二十八条). */
export function wordsOfResult(field: string, text: string | null): Issue[] {
  const found = words.exec(text ?? '')
  return found ? [{ field, message: `筛查只登记人数，不写姓名和检查结果；请删去含“${found[0]}”的内容` }] : []
}
