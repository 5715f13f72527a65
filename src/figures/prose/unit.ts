/**
 * Units of reports, and what may not follow them: 「3个月」 is no 个, 「5个平台」 is. `chinese` units count after a Chinese
 * numeral too, where 「三讲」 and 「两班」 are names. Data: add a line, never a rule elsewhere.
 */
interface UnitRule {
  words: string
  unless?: string
  chinese?: false
  /** What it is told as, if not as it stands. */
  as?: string
}

const rules: readonly UnitRule[] = [
  { words: '个?百分点|个点(?!位|子|评)', as: '个百分点' },
  { words: '人[/·]?次|人[(（]次[)）]', as: '人次' },
  { words: '场[(（]?次[)）]?', as: '场次' },
  { words: '家次' },
  { words: '件次' },
  { words: '户次' },
  { words: '块次' },
  { words: '辆次' },
  { words: '架次' },
  { words: '班次' },
  { words: '期次', as: '期' },
  { words: '批次' },
  { words: '车次' },
  { words: '台次' },
  { words: '课时' },
  { words: '个?学时', as: '学时' },
  { words: '个?小时', as: '小时' },
  { words: '个?钟头', as: '小时' },
  { words: '分钟' },
  { words: '平方米|平米|㎡|m²', as: '平方米' },
  { words: '平方公里' },
  { words: '公里' },
  { words: '公斤' },
  { words: '千克', as: '公斤' },
  { words: '人民币元', as: '元' },
  { words: '美元' },
  { words: '元', unless: '旦|宵|素|月|老' },
  { words: '块钱', as: '元' },
  { words: '%' },
  { words: '‰' },
  { words: '个人', as: '人' },
  { words: '人', unless: '均(?![为已获能达被有通]|取得)|民币|工智能|才|力资源|社局|以上(?:的)?(?:企业|单位|用人单位|非公|基层工会|工会)' },
  { words: '名', unless: '称|单(?![身亲位])|额|义|牌|片|列|次|誉' },
  { words: '位', unless: '于|置|列|居(?!民|家)|次|育(?![婴儿龄])' },
  { words: '个', unless: '月|季度|工作日|星期|年头|年度|别|税|百分|多月' },
  { words: '期', unless: '间|刊|望|盼|待|末|限|满|货|工程|项目' },
  { words: '场', unless: '所|地(?![方区])|馆|景|面(?![向对])|内(?!部)|外(?!部)|域' },
  { words: '次', unless: '要|数|序|日|年|生' },
  { words: '份', unless: '额|子' },
  { words: '册', unless: '子' },
  { words: '项', unless: '目(?!标)|链' },
  { words: '家', unless: '长(?!期)|庭|属|风|教(?!育|培)|政(?!府|务|企)|暴|访|园(?!区)|校(?!外|企)|书(?!店)|人(?!力)|喻' },
  { words: '户', unless: '外(?!来|地)|籍|口|均' },
  { words: '件' },
  { words: '条', unless: '件|例' },
  { words: '对', unless: '象|比|接|照|外(?!来|地)|标|于|此|应|策|口|话' },
  { words: '篇', unless: '章' },
  { words: '幅', unless: '度' },
  { words: '部', unless: '门|分|署|委|队|长' },
  { words: '套', unless: '餐|路' },
  { words: '台', unless: '账|阶|风|湾' },
  { words: '辆' },
  { words: '间', unless: '隔|接|断' },
  { words: '所', unless: '有(?!制)|以|需|属|谓|得|示|述' },
  { words: '处', unless: '理|于|罚|长|级|分(?!布|别|散)' },
  { words: '座', unless: '谈|右|位' },
  { words: '支', unless: '持|出|付|撑|援|教(?![育职师练])|配|农(?![民村])' },
  { words: '只', unless: '要|有|能|是' },
  { words: '枚' },
  { words: '块' },
  { words: '箱' },
  { words: '袋' },
  { words: '盒' },
  { words: '瓶', unless: '颈' },
  { words: '本', unless: '级|地|市|省|区|年|单位|科|次|职|着|届|人|月|季' },
  { words: '张', unless: '贴' },
  { words: '例', unless: '如|会|行|外' },
  { words: '宗', unless: '旨|教|族|亲|祖' },
  { words: '栋|幢' },
  { words: '面', unless: '向|对|积|临|试|谈|料|点|貌|包|上|广|条|部|前|子|食', chinese: false },
  { words: '把', unless: '手|关|握|控|脉', chinese: false },
  { words: '页' },
  { words: '道', unless: '路|德|理|具', chinese: false },
  { words: '斤' },
  { words: '起', unless: '草|来|诉|到|步|点|义' },
  { words: '封' },
  { words: '首', unless: '次|批|届|创|席|都|先' },
  { words: '堂', unless: '食' },
  { words: '节', unless: '约|省|假|目|日|点|气|能|期' },
  { words: '组', unless: '织|建|成|长|团|合' },
  { words: '亩' },
  { words: '株|棵' },
  { words: '吨' },
  { words: '倍' },
  { words: '天', unless: '津|然|气|下|空|使|安' },
  { words: '款', unless: '项|待' },
  { words: '班', unless: '级|子|组|车|主任|长|委|前|后' , chinese: false },
  { words: '轮', unless: '训|流|换|岗|椅' },
  { words: '包', unless: '括|含|容|装|裹|头' },
  { words: '桶|杯|束|副|身|件套' },
  { words: '站', unless: '点|在|立|式' , chinese: false },
  { words: '批', unless: '准|评|次' , chinese: false },
  { words: '种', unless: '类|植|子|族|养|苗', chinese: false },
  { words: '门', unless: '类|户|诊|槛|店|口|票|卫' },
  { words: '讲', unless: '座|话|解|述|课|堂|好|师' , chinese: false },
  { words: '课', unless: '时|程|堂|题|后|件|外|本' , chinese: false },
  { words: '集', unless: '体|团|中|合|市|散' , chinese: false },
  { words: '队', unless: '伍|员|长' , chinese: false },
  { words: '米', unless: '粉|面|饭' , chinese: false },
  { words: '字', chinese: false, unless: '典|号' },
  { words: '分', chinese: false, unless: '钟|别|之|为|会|类|管|工|期|批|布|享|析|级|局|社' },
] // prettier-ignore

const compiled = rules.map(({ words, unless, chinese = true, as }) => ({
  pattern: new RegExp(`(?:${words})${unless ? `(?!${unless})` : ''}`, 'y'),
  chinese,
  as,
}))

/** By the character that stands at the place: a rule that doesn't hold it can't begin there. */
const byCharacter = new Map<string, typeof compiled>()

function candidates(c: string): typeof compiled {
  let found = byCharacter.get(c)
  if (!found) {
    found = compiled.filter((_, n) => rules[n]!.words.includes(c))
    // Bounded: a text in many scripts must not fill the memory.
    if (byCharacter.size < 2000) byCharacter.set(c, found)
  }
  return found
}

/** People, households and firms named straight after a number: 「3万女职工」 counts 人. */
const implied: readonly [pattern: RegExp, unit: string][] = [
  [
    /(?=(?:青年|单身|困难|一线|基层|在岗|农村|适龄|广大|各界|新业态|男女|留守|环卫){0,2}女?(?:教?职工|工(?!作|程|会|业)|性|会员|干部|农民工|群众|姐妹|人员|员工|志愿者|学员|儿童|学生|居民|劳动者|教师|家长|工友|妇女|农民|同胞|青年|观众|网友|会员|骑手|司机))/y,
    '人',
  ],
  [/(?=(?:职工|困难|农村)?家庭)/y, '户'],
  [/(?=(?:小微|非公|民营|规上|重点)?(?:企业|单位))/y, '家'],
]

export interface UnitFound {
  unit: string
  length: number
}

/** The unit that stands at `at`, after at most one space, or alone in brackets: 「485（期）」. */
export function readUnit(text: string, at: number, chinese: boolean): UnitFound | null {
  const plain = unitAt(text, at, chinese)
  if (plain || !/[（(]/.test(text[at] ?? '')) return plain
  const within = unitAt(text, at + 1, chinese)
  const closed = within && /[）)]/.test(text[at + 1 + within.length] ?? '')
  return closed ? { unit: within.unit, length: within.length + 2 } : null
}

function unitAt(text: string, at: number, chinese: boolean): UnitFound | null {
  const start = text[at] === ' ' ? at + 1 : at
  let best: UnitFound | null = null
  for (const rule of candidates(text[start] ?? '')) {
    if (chinese && !rule.chinese) continue
    rule.pattern.lastIndex = start
    const found = rule.pattern.exec(text)
    if (!found) continue
    const length = start - at + found[0].length
    if (!best || length > best.length) best = { unit: rule.as ?? found[0], length }
  }
  return best
}

/** The unit that the noun after the number implies. */
export function impliedUnit(text: string, at: number): string | null {
  return implied.find(([pattern]) => {
    pattern.lastIndex = at
    return pattern.test(text)
  })?.[1] ?? null // prettier-ignore
}

const HEADED = /(?:[（(](万|亿)?([^\d\s（）()]{1,4})[）)] ?[:：]? ?| (万|亿)?([^\d\s（）()]{1,4}) )$/

/** The unit of a cell of a table pasted as text, told before its number: 「新建（个）：16」, 「培训班 期 36」 (a tab is a space here). */
export function headedUnit(head: string): { unit: string; scale: 1 | 10_000 | 100_000_000 } | null {
  const found = HEADED.exec(head)
  const word = found && (found[2] ?? found[4])!
  const read = word ? unitAt(word, 0, false) : null
  if (!read || read.length !== word!.length) return null
  const scale = found![1] ?? found![3]
  return { unit: read.unit, scale: scale === '万' ? 10_000 : scale === '亿' ? 100_000_000 : 1 }
}

const SO_MANY = '(?:总数|总量|数量|规模)?(?:已|首次|共|合计|累计)*(?:有|达到?|为|突破)?$'
/** What was named straight before a number that nothing follows. */
const impliedBy: readonly [pattern: RegExp, unit: string][] = [
  [new RegExp(`人次数?${SO_MANY}`), '人次'],
  [
    new RegExp(`(?:资金|经费|金额|款物|慰问金|救助金|善款|捐款|投入|支出|出资|价值|补助|补贴)${SO_MANY}`),
    '元',
  ],
  [
    new RegExp(`(?:职工|会员|妇女|女性|农民工|群众|志愿者|人员|粉丝)(?:人数)?${SO_MANY}|人数${SO_MANY}`),
    '人',
  ],
]

export const impliedBefore = (head: string): string | null =>
  impliedBy.find(([pattern]) => pattern.test(head))?.[1] ?? null
