/**
 * What reports call the work that an indicator counts: data, read by map.ts. A figure belongs to the topic named nearest
 * to it; of that topic's choices the first whose unit, words and absent words fit is its indicator. A topic without
 * choices is work that no indicator counts: it keeps a figure from falling to the topic named before it.
 * Topics stand from the special to the general: of two that match at one place, the longer word wins, then the first.
 */
export interface Choice {
  indicator: string
  /** Units it may be written in; 人 stands for 人 名 位, and never for 人次. */
  units: readonly string[]
  /** Said in the clause, the topic's words included. */
  needs?: RegExp
  unless?: RegExp
  /** Said in the piece between the figures before and after. */
  piece?: RegExp
  /** Not said between the topic and the number. */
  notObject?: RegExp
}

export interface Topic {
  words: RegExp
  /** Things handed out by the way: people told after them belong to the activity before. */
  aside?: true
  choices: readonly Choice[]
}

export const PERSONS = ['人', '名', '位']
export const EVENTS = ['期', '场', '次', '场次', '班次', '节', '堂', '个', '班', '课', '讲', '站']
export const MEETINGS = ['场', '次', '场次', '期', '站']
export const THINGS = ['个', '家', '所', '间', '处', '座']
export const COPIES = ['册', '本', '份', '张', '套']
export const PAPERS = ['份', '个', '件']

/** Other people than those the indicator counts, and other things told of the same work. */
export const OTHERS =
  /家长|志愿者|讲师|基地|教师(?!参)|师资|骨干|干部|选手|代表队|获奖|金奖|银奖|铜奖|一等奖|二等奖|三等奖|评委|裁判|意向|岗位|投诉|粉丝|患|救助|阳性|检出|异常|理赔/
/** Contestants counted by 人次 are who took part. */
export const NOT_CONTESTANTS = new RegExp(OTHERS.source.replace('选手|', ''))
/** Else it is the prize of a contest: 「征文评出先进个人30名」. */
export const HONOURED = /女职工|表彰|选树|命名|评选表彰/
export const STANDING = /累计建|现有|共有|总数|已建|已有|达到|目前|截至|建有|拥有|累计/

/** 「新命名12个，总数达到57个」: what is said of the number itself decides before its clause. */
export const STANDS = /^(?![^]*(?:新建|新增|新命名|示范|星级))[^]*(?:累计|总数|总量|共有|现有|达到|在用)/
/** 「女职工创新工作室2个，…」, as a table told in prose has it: the noun and its number, and nothing done. */
export const NOTHING_DONE =
  /^(?![^]*(?:建|设|办|评|命|认|授|挂|成立|培育|创(?!新)|创新(?!工作室)|换|查|改|拟|申报|推荐|新增|扶|资助|补助|指导|组织(?![：:])|开展|依托|走进|走访|慰问|印|编|应|未))[^\d]*/

/** Those of a size alone: a part of what there is. */
export const OF_SIZE = /(?:[百千]|\d+)人以上/

/** Sent to be taught by others. */
export const UPWARD = /(?:参加|选派|选送|赴)[^，。；]{0,6}?(?:全国|全总|省|市|上级)/
/** Money for a screening, and money that is another matter. */
export const FUNDED = /投入|经费|资金|拨|出资|补助|安排|筹集|筹资|筹措|列支|支出|费用/
export const NOT_FUNDED = /人均|每人|救助|慰问|保险|理赔|标准/
