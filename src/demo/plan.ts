import type { Bound } from '#figures/plan/api.ts'

/** An item of the demo city's plan of 2020; `owner` by the code of its unit, the city where none is named. */
export type PlanSeed = {
  section: string
  task: string
  dueOn: string
  evidence: string
  owner?: string
  target?: { indicator: string; bound: Bound; value: number }
  /** What its owner told of it. */
  done?: string
}

export const planGoal =
  '以习近平新时代中国特色社会主义思想为指导，统筹疫情防控和服务经济社会发展，把力量投向基层、把服务送到女职工身边，保持和增强政治性、先进性、群众性，团结引领全市女职工岗位建功。'

const thinking = '强化思想政治引领'
const epidemic = '服务疫情防控和复工复产'
const growth = '深化素质提升和岗位建功'
const rights = '完善维权服务机制'
const care = '提升帮扶关爱质量'
const family = '推进家庭文明建设'
const base = '夯实基层组织基础'

const atLeast = (indicator: string, value: number) => ({ indicator, bound: 'atLeast' as const, value })
const reach = (indicator: string, value: number) => ({ indicator, bound: 'reach' as const, value })

/** The plan that the full meeting adopted: most items have no number, and are as good as those that have one. */
export const planSeeds: readonly PlanSeed[] = [
  {
    section: thinking,
    task: '用女职工听得懂的语言宣讲党的创新理论，结合“三八”“五一”讲好身边的奋斗故事',
    dueOn: '2020-11-30',
    evidence: '宣讲记录、媒体报道',
  },
  {
    section: thinking,
    task: '做好“三八”节前后的选树表彰，名额向生产一线和疫情防控一线倾斜',
    dueOn: '2020-03-31',
    evidence: '表彰决定',
    done: '表彰决定已印发，一线女职工占七成以上',
  },
  {
    section: epidemic,
    task: '摸清一线医务女职工及其家庭的实际困难，建立结对服务台账',
    dueOn: '2020-03-31',
    evidence: '结对服务台账',
    owner: 'DL52',
  },
  {
    section: epidemic,
    task: '为复工企业女职工提供心理疏导、线上培训和用工信息',
    dueOn: '2020-06-30',
    evidence: '服务记录',
  },
  {
    section: growth,
    task: '办好周末学校、流动课堂和网上课程，推行基层点单、上级派单、参训评单',
    dueOn: '2020-11-30',
    evidence: '培训记录',
    target: atLeast('training.sessions', 500),
  },
  {
    section: growth,
    task: '围绕重点工程、重点产业开展劳动竞赛和技术比武，支持女职工领衔创新攻关',
    dueOn: '2020-11-30',
    evidence: '竞赛记录',
  },
  {
    section: rights,
    task: '推动女职工权益保护专项集体合同提质扩面，加强履约检查',
    dueOn: '2020-11-30',
    evidence: '专项集体合同台账',
    target: atLeast('contract.signed', 3600),
  },
  {
    section: rights,
    task: '以女职工维权行动月为重点开展普法宣传，受疫情影响部分改为线上',
    dueOn: '2020-04-10',
    evidence: '活动记录、宣传品发放记录',
  },
  {
    section: care,
    task: '继续组织“两癌”筛查，向困难企业和新就业群体女职工倾斜',
    dueOn: '2020-10-31',
    evidence: '筛查登记',
    target: reach('screening.persons', 14_000),
  },
  {
    section: care,
    task: '规范关爱室建设和管理，新建一批并补齐设施，方便女职工查找使用',
    dueOn: '2020-11-30',
    evidence: '关爱室档案',
    target: atLeast('careRoom.built', 60),
  },
  {
    section: care,
    task: '视疫情和开学安排办好职工子女托管班，守住安全底线',
    dueOn: '2020-09-10',
    evidence: '托管班档案',
  },
  {
    section: family,
    task: '办好智慧女工大课堂，线上线下相结合',
    dueOn: '2020-11-30',
    evidence: '课堂记录',
    target: reach('lecture.events', 100),
  },
  {
    section: family,
    task: '办好家风家教大讲堂，发现和宣传身边的最美家庭',
    dueOn: '2020-11-30',
    evidence: '讲堂记录、推荐材料',
  },
  {
    section: base,
    task: '坚持工会组织建到哪里、女职工组织就建到哪里，到期的按期换届',
    dueOn: '2020-12-20',
    evidence: '组建和换届批复',
  },
  {
    section: base,
    task: '推行工作数据一次填报、多级共用，清理重复报表',
    dueOn: '2020-06-30',
    evidence: '报表清理清单',
  },
]

/** What a district wrote for itself besides what was handed down. */
export const districtSeeds: readonly PlanSeed[] = [
  {
    section: care,
    task: '为辖区商圈和工地女职工增设流动爱心驿站',
    dueOn: '2020-09-30',
    evidence: '驿站清单',
  },
  {
    section: base,
    task: '指导尚未组建女职工委员会的单位逐家补建',
    dueOn: '2020-03-31',
    evidence: '补建台账',
  },
]

export const suggestionSeed = {
  section: care,
  task: '统一为基层配发哺乳期女职工关爱包',
  dueOn: '2020-10-31',
  evidence: '发放签收表',
  why: '小微企业自己买不起，统一采购更省',
}
