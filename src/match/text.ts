/**
 * The words to which whoever takes part agrees (个人信息保护法 第二十九条). The consent stands in the profile alone, and goes with it:
 * among the consents of the register a cadre would read who is looking for somebody.
 */
export const matchText =
  '为帮助单身职工互相认识，工会将使用您的性别和出生年份，以及您填写的昵称、所在区市、自我介绍和联系方式。参加者只看到昵称、年龄段、区市和介绍，不显示单位；您说“不想认识”，对方永远不会知道；双方都愿意，才互相看到姓名和联系方式。您的资料加密保存，单位和各级工会都看不到；有人举报时，由指定的投诉承办人查看您的卡片，您查得到。您须为单身。您可以不参加，或随时退出；退出即收回单身声明，资料、回答和牵手立即删除，不影响您的会籍和其他服务。'

/** Below eleven nothing is told, above it full tens. */
export const countWords = (tens: number | null, unit: string): string =>
  tens === null ? `不足 11 ${unit}，不公布` : `${tens} 余${unit}`

/** 「30—34 岁」: the band of an age, at the ends open. */
export function bandOf(years: number): string {
  if (years < 25) return '25 岁以下'
  if (years >= 55) return '55 岁以上'
  const from = Math.floor(years / 5) * 5
  return `${from}—${from + 4} 岁`
}

/** Whether a text of the card holds what looks like a way to reach somebody: that is told when both agreed, not before. */
export const holdsContact = (text: string): boolean =>
  /\d[\d\s-]{4,}\d|(?=[a-z_-]*\d)[a-z0-9_-]{6,}|@|微信|vx|qq|http|www\./i.test(text.normalize('NFKC'))
