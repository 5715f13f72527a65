/** Stands where something was that is no figure; text and filler have the same length, so that spans hold. */
export const FILLER = '\uE000'

const ZH = '零〇一二两三四五六七八九十百千'
const WIDE = /[\uFF01-\uFF5E]/g
const SPACE = /[\u00A0\u2002-\u200A\u202F\u205F\u3000\t]/g
const DASH = /[~～〜∼˜－–—―‐‑‒−]/g
const WIDE_PUNCTUATION = '，。；：！？（）'

/** The same text, as long, with one form for digits, signs and dashes; Chinese punctuation stays. */
export function normalise(text: string): string {
  return text
    .replace(/(?<=\d|[０-９])，(?=[0-9０-９]{3}(?![0-9０-９]))/g, ',')
    .replace(WIDE, (c) => (WIDE_PUNCTUATION.includes(c) ? c : String.fromCharCode(c.charCodeAt(0) - 0xfee0)))
    .replaceAll('﹪', '%')
    .replaceAll('／', '/')
    .replace(SPACE, ' ')
    .replace(DASH, '-')
}

/** Words that hold a numeral and count nothing. One list for all, longest meaning first. */
const phrases = [
  '一人一[一-龥]|一户一[一-龥]|一企一[一-龥]|一事一[一-龥]|一案一[一-龥]|一室一[一-龥]|一对一|点对点|一条龙|一条心|一件事|一次性|一次办|一本通|一张网|一家人|一把手|一条线',
  '三位一体|[五四]位一体|三级联动|三级|四级|八大群体|两癌|两微一端|两新|两先区|两会|两委|两节|两不愁三保障|三会一课|三重一大|三八|五一|五四|六一|七一|八一|双十一|双十二|十一(?=期间|假期|长假|黄金周|国庆|前|后|[、，。；！？]|$)',
  '[三四五六]期(?=保护|女职工|权益|特殊|劳动|妇女)|四个(?:意识|自信|全面|伟大|服务)|两个(?:维护|确立|结合|毫不动摇|务必)|三个(?:务必|代表)|八项规定|六个坚持|五个一(?!批)|四个一(?!批)',
  '十[二三四五六]五(?=时期|期间|规划|末|以来|开局|收官|$|[^一-龥]|[一-龥])|十[六七八九]大|二十[一二]?大|十九届[一-龥]中|二十届[一-龥]中',
  '千方百计|千家万户|千千万万|成千上万|百花齐放|百家争鸣|百尺竿头|十全十美|一心一意|三心二意|五湖四海|五颜六色|一五一十|十年如一日|九牛一毛|万无一失|千载难逢|百年大计|四通八达|七嘴八舌|三三两两|两手抓|两不误|双百|万众一心',
  '进一步|一系列|一线|一批|一体|一定|一起|一直|一些|一般|一方面|一带一路|统一|第一|唯一|之一|一站式|一揽子|一公里|一老一小|一会一节|万达|万科|万一|千万(?=不|别|要)',
  '八小时(?:以)?外|八小时之外|8小时(?:以)?外|8小时之外|8小时工作制|(?:每天|全天|全天候|每日)?24小时|二十四小时|半数|过半|一半|对半|三孩|二孩|两孩|一孩',
  '成百上千|数以[十百千万亿]计|(?<![人次总件户期场家额])[数几][十百千万亿]+',
  '百日|百强|百佳|十佳|十大|三大|四大|五大|六大|七大|八大',
]

// Bounded: a long row of numerals must not be tried from each of its places to its end.
const num = `[\\d${ZH}万]{1,16}`
const rules: readonly RegExp[] = [
  /《[^《》\n]{0,60}》/g,
  /[“"「『][^“”"「」『』\n]{1,14}[”"」』]/g,
  /[〔[【]\d{4}[〕\]】]\s*\d*号?/g,
  /https?:\/\/\S+|[\w.]{1,40}@[\w.]{1,60}/g,
  new RegExp(`第\\s*${num}(?:\\s*[-、至到和及]\\s*(?:第)?${num})*`, 'g'),
  new RegExp(`前${num}[名位强]`, 'g'),
  // Headings, typed at the start of a line or after a full stop: 「1.」「（二）」「三、」.
  /(?<=^|\n|[；;。：])\s*\d{1,2}[.、](?!\d)/g,
  /(?<=^|\n)\s*[一二三四五六七八九十]{1,3}[、.]/g,
  new RegExp(`[（(]\\s*(?:\\d{1,2}|[${ZH}]{1,3})\\s*[)）]`, 'g'),
  /[①-⑳]/g,
  /[一二三四五六七八九十]{1,2}(?=是|要|则)/g,
  // Times and days.
  /(?:19|20)\d{2}\s*[-至到]\s*(?:(?:19|20)\d{2}|\d{2})\s*年/g,
  /(?<![\d.])(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?![\d.])|(?<![\d.])(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])(?![\d.万亿千%‰余多]|\s*[个人名家场期次份元])/g,
  /\d{2,4}\s*年(?:度|代)?/g,
  /\d{1,2}\s*(?:月\s*)?[-至到、]\s*\d{1,2}\s*[月日](?:\s*\d{1,2}\s*[日号])?/g,
  /\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号])?|\d{1,2}\s*[日号](?![一-龥]{0,2}楼)/g,
  /[一二三四五六七八九十]{1,3}月(?:份|[一二三四五六七八九十]{1,3}[日号])?/g,
  /[零〇一二三四五六七八九]{4}年|[一二三四五六七八九十]{2,3}年代/g,
  /\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\s*[时点](?!间|段|代)(?:\s*\d{1,2}\s*分|整|半)?/g,
  // Fractions, ratios, patterns of work.
  new RegExp(`(?!百分之|千分之)[${ZH}\\d万]{1,16}分之[${ZH}\\d点.]{1,16}`, 'g'),
  /\d+(?:\.\d+)?\s*[:：∶]\s*\d+(?:\.\d+)?|\d+比\d+|\d+\/\d+(?!人|元)/g,
  /翻了?(?:一|两|三|几|[1-9])番/g,
  /\d+(?:\s*\+\s*(?:\d+|[A-Za-zX]+))+|\d+\s*[×xX*]\s*\d+/g,
  /(?<![\d.])\d{3,4}-\d{7,8}(?!\d)|(?<![\d.,])\d{5}(?![余多万]|人(?![社才力民大])|户(?!外)|[名位件次个份起条例场期])(?=[一-龥]{0,8}(?:热线|专线))|(?<!\d)1[3-9]\d{9}(?!\d)/g,
  // What makes a unit one of a kind: 「女会员不足十人的单位」.
  new RegExp(
    `(?:不足|不满|满|超过|不少于)${num}[人名](?:以[上下])?的(?=单位|企业|用人|公司|车间|班组|基层)`,
    'g',
  ),
  // 三十一起, 二十一条线索: within a longer numeral none of them stands.
  ...phrases.map((words) => new RegExp(`(?<![零〇一二两三四五六七八九十百千万亿])(?:${words})`, 'g')),
]

/** The normalised text with every numeral covered that is a name, an ordinal, a day or a turn of phrase. */
export function mask(text: string): string {
  return rules.reduce((said, rule) => said.replace(rule, (found) => FILLER.repeat(found.length)), text)
}
