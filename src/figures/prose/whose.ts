/** Whom a sentence speaks of: a report tells of its own unit until one of another is named at the head of a clause. */

const OFFICE = '(?:总工会|工会|妇联|女职工委员会|女职委)'
/** What a name never holds: all of a kind, one's own, what was done or where. */
const GENERIC =
  /^(?:[省市区县乡镇旗州盟]{1,3}总?|[省市区县]直|机关|单位|企业|公司|医院|学校|集团|街道|乡镇|城市|城镇|市县|区市县|地区|产业|行业|系统|职工|山区|新区|开发区)$|[全各我本该每在从向为与和及把将对以由让使进到送入了的级所两]|基层|所属|园区|社区|辖区|校区|厂区|小区|景区|地区|城区|片区|街区|郊区|灾区|矿区|库区|牧区|战区|超市|都市|股市|夜市|地市|县市|城乡|下乡|家乡|返乡|周末|家长|父母|女职工|职工|工匠|夜校|流动|爱心|开展|举办|组织|组建|建立|新建|成立|指导|推动|依托|联合|会同|通过|发挥|督促|帮助|联系|深化|加强|走访|慰问|惠及|覆盖|深入|培训|评选|表彰|发放|投入|签订|服务|支持|^第|涉农|招募|选聘|召开|现有|建有|应建|[已共]建$|大会|选举|打造|接待|兄弟|坚持|落实|培育|捐赠|资助|邀请|选送|推荐|引导|扶持|创建|加入|港区|中国|(?<!^某)(?:企业|单位)$/
const PLACE = `[\\u4e00-\\u9fa5]{1,10}?(?:区|县|市|旗|街道|镇|乡)(?![级直场民域属内管外老各里间位块长委政县镇乡村市区街道总工妇女])`
const HOUSE = `[\\u4e00-\\u9fa5]{2,16}?(?:公司|集团|厂|矿|医院|中学|小学|大学|学院|学校|银行|研究院|研究所)(?![区里内外房长校级子工总妇女生])`
const NAMED = new RegExp(
  `^(?:([\\u4e00-\\u9fa5]{2,18}?)${OFFICE}(?!会员|干部|经费|主席|小组|积极)|(${PLACE})|(${HOUSE}))`,
)
/** 「市教育工会」: the level in front is that of the unit above it. */
const LEVEL = /^[省市区县](?=[\u4e00-\u9fa5]{2})/
const ITSELF = new RegExp(
  `^(?:全[省市区县乡镇旗厂院校]|全系统|全行业|[我本][省市区县乡镇厂院校级会]|各[级区县市乡镇街基单]|[省市区县]总|[省市区县乡镇](?:妇联|级)|[^，]{0,4}公司工会|[^，]{0,2}基层工会|总计|合计|共计)`,
)
const OPENS = /^\s*(?:其中|例如|比如|譬如|如|特别是|尤其是|同时|此外|另外)?[，,:：]?\s*/

const OWN = 'own'

/** The core of a name: 大连市中山区总工会 under 大连市总工会 is 中山区. */
const core = (name: string): string => name.replace(new RegExp(`${OFFICE}+$`), '')

/** The unit named at the head of a clause, without its office; OWN where the whole is named again. */
function subjectOf(clause: string, own: string, below: readonly string[]): string | null {
  const said = clause.replace(OPENS, '')
  const whole = core(own.split('\n')[0]!)
  const rest = whole !== '' && said.startsWith(whole) ? said.slice(whole.length) : said
  const listed = below.find((name) => rest.startsWith(name))
  if (listed) return listed
  if (ITSELF.test(rest) || (rest !== said && (rest === '' || new RegExp(`^${OFFICE}`).test(rest)))) return OWN
  const found = NAMED.exec(rest)
  const name = found && (found[1] ?? found[2] ?? found[3])!
  if (!name) return null
  const bare = name.replace(LEVEL, '')
  if (GENERIC.test(bare) || name === whole) return null
  return own.includes(bare) ? OWN : bare
}
const CLAUSES = /[，,；;。：:！？\n]/

/**
 * The unit, other than its own, of which a figure is told.
 * @param head of its sentence, up to the figure
 * @param own the name of the report's unit, and the title that names it; '' where neither is known
 * @param below short names of the units directly below
 */
export function otherUnitIn(head: string, own: string, below: readonly string[]): string | null {
  let of: string | null = null
  for (const clause of head.split(CLAUSES)) of = subjectOf(clause, own, below) ?? of
  return of === OWN ? null : of
}

/** The unit that a row of a table names: as `otherUnitIn` tells it, else by the label itself; null for the report's own. */
export function unitNamed(label: string, own: string, below: readonly string[]): string | null {
  // Of a title its unit alone: what the report is of is no name of one.
  const names = own.split('\n').map((line) => /^[^\d〇一二三四五六七八九十]*/.exec(line)![0])
  const of = subjectOf(label, names.join('\n'), below)
  return of === OWN ? null : (of ?? label)
}
