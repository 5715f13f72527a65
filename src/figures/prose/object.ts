import { EVENTS, MEETINGS, PERSONS, THINGS, type Choice } from './topic.ts'

/**
 * Whether a figure beside which none of the known work is named tells of some other: 「新建关爱室85个。新建户外劳动者驿站40个」.
 * What goes on with the work before it says only that something was done, and of when, where and for whom; any other noun
 * beside the number is an object of its own, of which nothing is known.
 */

/** Done, whatever stands before the word: what was done to has to stand behind it. */
const DONE =
  /(?:举办|举行|开展|组织|召开|开设|开办|新办|承?办|办班|开班|建成|建立|建有|已建|新建|续建|成立|组建|创建|设立|设置|打造|启用|投用|挂牌|完成|实现|评选出?|评出|选树|表彰|命名|认定|授予|推出|发放|印发|印制|编印|派发|签订|签署|新签|续签|首签|提出|采纳|得到|获得?|荣获|实施|参加|参与|投入|列支|支出|使用|安排|配套|划拨|拨付?|筹集|吸引|帮助|解决|招收|促成|新增|新设|增设|增加|惠及|接收|接纳|收托|达到?)了?$/
/** Done or held of the same work, where nothing else stands before the word: 「服务」, but 「志愿服务」. */
const GOING_ON =
  '建设|在建|建|办|设|增长|签|投入使用|被|形成|协办|参赛|参训|参学|受训|听讲|听课|聆听|旁听|收听|收看|观看|到场|到课|走进|结业|报名|捐赠|资助|覆盖|服务|受益|受惠|受教育|受检|帮扶|照看|招生|在托|入托|托管|配备|开放|共享|面向|使得?|超过?|突破|升至|降至|增至|为|有|做|授课|开课|宣讲|讲授|[进走]村入户|入户|面询|预约|互选|配对|上岗|就业|找到|在用|在册|在档|有效|保持|维持|落实|推进|推动|扩大|继续|提供|用于'
const SETTING =
  '截至|目前|现|当年|今年|本年度?|年度|年内|全年|去年|上年|明年|年初|年底|年末|期末|\\d*年|[上下]半年|前?第?[一二三四]季度|一年来|以来|年来|累计|共计?|总共|一共|合计|总计|总数|总量|总额|其中|另外?|其余|余下|全部|各级?|分别|先后|陆续|连续|再次?|又|还|已经?|均|都|约|近|仅|只|就|的|了|也|和|与|及|等|在|于|向|对|由|将|从|到|以|同时|此外|新|现场|当场|线上|线下|网上|在线|远程|集中|上门|免费|公益|首次|主动|积极|踊跃|成功|顺利|稳定|重新|灵活|就近|专项|计划|拟|全[国省市县区镇院校]|全系统|全行业|国家级|[省市区县乡镇厂]级|[省市区县]总(?:工会)?|[省市区县乡镇]|街道|社区|园区|企业|单位|机关|学校|医院|基层|工会|女职工委员会|女职委|所属|下属|[级上下内中后前每个次]'
/** What occasions of any kind are called, and money of any kind. */
const OCCASIONS =
  '(?:系列|主题|专题|周末|专场)*(?:活动|讲座|课堂|讲堂|课程|场次|专场)|(?:[寒暑]|寒假|暑假|暑期)?班|项目|工作|名额|称号|荣誉|(?:专项|工作)?(?:经费|资金)|款物|金额'
/** Whom it was for, or who came. */
const PEOPLE =
  '教?职工|员工|妇女|女工|女性|工友|农民工|劳动者|群众|居民|观众|听众|受众|学员|小?学生|家长|家庭|儿童|孩子|小朋友|子女|青年|人员|选手|参与者|会员|姐妹|女?干部|对象|嘉宾|广大|一线|在岗|在职|困难|单身|未婚|下岗|失业|适龄|环卫|农村|外来|户外|新业态|[男女老小]'

const known = new RegExp(`(?:${GOING_ON}|${SETTING}|${OCCASIONS}|${PEOPLE}|\\s)$`)
const AGAIN = /^(?:重新|再次|成功|顺利|稳定|实现了?)+/
const opens = new RegExp(`^(?:${GOING_ON}|${SETTING}|${OCCASIONS}|${PEOPLE}|获|得到|参加|实现|互选|评|签)`)

/** Units whose noun stands behind the number: 「9家托育机构」, 「36名导师」. People by the time came to what was told before. */
const NAMED_BEHIND = new Set([...THINGS, ...PERSONS, '户'])
/** What people told behind it came to. */
const HELD = new Set([...THINGS, ...EVENTS, ...MEETINGS])

/** Stands where the indicator's own words stood. */
const SAID = '\uE000'
const without = (text: string, words: RegExp | undefined): string =>
  words ? text.replaceAll(new RegExp(words.source, 'g'), SAID) : text
const withoutQuotes = (text: string): string => text.replaceAll(/[“”"「」『』‘’]/g, '')

/** No noun beside a number is longer; a text without marks would else be read anew for each of its words. */
const LONGEST = 40

/** Who contests or is taught came to the work told before, whatever they are called: 「参赛护士2,860人次」. */
const CAME = /(?:参赛|参训|受训|参学|参检|受检|听课)的?[^，。；、\d]{1,6}$/

/** Cut from behind, word for word, until something was done or an unknown word stands there. */
function isOwn(head: string): boolean {
  let rest = /[^、：:（()）；;]*$/.exec(head.slice(-LONGEST))![0]
  for (;;) {
    if (rest.endsWith(SAID) || DONE.test(rest)) return false
    const last = known.exec(rest)
    if (!last) return rest !== ''
    rest = rest.slice(0, last.index)
  }
}

/**
 * @param head from the figure before, or the clause's begin, to the number
 * @param tail from the number to the next mark or figure
 * @param choice the indicator that it would have of the work told before
 */
export function namesAnother(
  head: string,
  tail: string,
  unit: string,
  { needs }: Pick<Choice, 'needs'>,
): boolean {
  const before = withoutQuotes(head)
  const came = (PERSONS.includes(unit) || unit === '人次') && CAME.test(before)
  if (!came && isOwn(before) && (!needs || isOwn(without(before, needs)))) return true
  if (!NAMED_BEHIND.has(unit)) return false
  const said = without(withoutQuotes(tail.slice(0, LONGEST)), needs)
  return said !== '' && !said.replace(AGAIN, '').startsWith(SAID) && !opens.test(said)
}

/** Handed out or gathered by the way: people told after it came to the work before. */
const BY_THE_WAY =
  /提供|发放|赠送|派发|配备|投放|推送|收集|征集|收到|解决|签|发布|走访|评|进场|参展|入驻|其中|涵盖|涉及|覆盖/

const MADE =
  /.*(?:新建|改建|扩建|建成|建立|建设|设立|设置|打造|成立|开设|创建|组建|举办|举行|开展|组织|承办|评选出?|命名|培育)了?/

/** 「在关爱室基础上改建户外暖心站18个」: what was made stands behind the work that it was made in. */
export function madeOfIt(object: string): boolean {
  const said = withoutQuotes(object.slice(-LONGEST))
  const made = MADE.exec(said)
  return made !== null && isOwn(said.slice(made[0].length))
}

export const holdsPeople = (unit: string, head: string): boolean => HELD.has(unit) && !BY_THE_WAY.test(head)
