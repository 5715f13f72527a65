import type { Style } from '../../src/figures/written.ts'
import { write } from '../../src/figures/written.ts'
import type { Block, FigureRun, OfficialDocument, Run, SourceRow } from '../../src/paper/document.ts'

/** The 31 figures of the golden table with live values, in the order of the report. */
const FIGURES: readonly [indicator: string, label: string, value: number, unit: string, style: Style][] = [
  ['honour.persons', '表彰先进女职工个人', 1393, '人', 'exact'],
  ['honour.collectives', '表彰先进女职工集体', 150, '个', 'exact'],
  ['honour.cadres', '表彰女职工工作者', 170, '名', 'exact'],
  ['training.sessions', '教育培训期数', 485, '期', 'exact'],
  ['training.attendances', '教育培训人次', 30_123, '人次', 'wan1'],
  ['competition.events', '竞赛与比武场数', 298, '场', 'exact'],
  ['competition.attendances', '竞赛参与人次', 51_043, '人次', 'wan1'],
  ['quiz.attendances', '平安家庭答题人次', 33_688, '人次', 'wan2'],
  ['material.equalityHandbooks', '性别平等手册发放册数', 200, '册', 'exact'],
  ['material.leaflets', '普法宣传单发放份数', 10_000, '份', 'wan1'],
  ['lawTalk.events', '普法讲座与科普场数', 470, '场', 'exact'],
  ['contract.signed', '专项集体合同签约份数', 3537, '份', 'exact'],
  ['screening.persons', '两癌筛查人数', 14_091, '人', 'exact'],
  ['material.screeningBooklets', '两癌手册印制册数', 50_000, '册', 'wan1'],
  ['skillClass.sessions', '实用技能班期数', 32, '期', 'exact'],
  ['skillClass.attendances', '实用技能班人次', 2168, '人次', 'exact'],
  ['jobReferral.referrals', '就业推介次数', 61, '次', 'exact'],
  ['jobReferral.persons', '就业推介惠及人数', 6325, '人', 'exact'],
  ['careRoom.built', '新建关爱室', 85, '个', 'exact'],
  ['careRoom.persons', '关爱室惠及人数', 9846, '人', 'yu'],
  ['careRoom.open', '对外开放关爱室', 63, '个', 'yu'],
  ['childcare.classes', '市级援建托管班', 9, '个', 'exact'],
  ['childcare.children', '托管子女人数', 277, '人', 'exact'],
  ['childcare.nationalHonours', '全国爱心托管班', 1, '个', 'exact'],
  ['childcare.provincialSites', '省级示范托管班', 2, '个', 'exact'],
  ['matchmaking.events', '婚恋服务场数', 134, '场', 'exact'],
  ['matchmaking.attendances', '婚恋服务人次', 13_101, '人次', 'exact'],
  ['lecture.events', '智慧女工课堂场数', 100, '场', 'exact'],
  ['lecture.persons', '智慧女工课堂人数', 5817, '名', 'yu'],
  ['familyTalk.events', '家风家教讲堂场数', 434, '场', 'exact'],
  ['familyTalk.attendances', '家风家教讲堂人次', 26_522, '人次', 'exact'],
]

const SNAPSHOT = 'S2019-1'

export const figures: readonly FigureRun[] = FIGURES.map(([indicator, label, value, unit, style]) => ({
  indicator,
  label,
  value,
  unit,
  written: write(value, unit, style),
  snapshot: SNAPSHOT,
}))

export const sources: readonly SourceRow[] = figures.map(({ indicator, label, value, unit }, at) => ({
  no: at + 1,
  programme: label.slice(0, 4),
  indicator,
  label,
  value,
  unit,
  definition: `年内办结并经审核通过的${label}合计；同一事项只计一次，按办结日期归入年度`,
  link: `https://jinguo.example/trace/${indicator}?snapshot=${SNAPSHOT}`,
}))

/** `第{training.sessions}` style text: each `{indicator}` becomes its live figure. */
export function prose(template: string): Run[] {
  return template.split(/[{}]/).flatMap((part, at): Run[] => {
    if (at % 2 === 0) return part ? [{ text: part }] : []
    const figure = figures.find((candidate) => candidate.indicator === part)
    if (!figure) throw new Error(`no figure ${part}`)
    return [{ figure }]
  })
}

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const paragraph = (template: string, lead?: string): Block => ({
  kind: 'paragraph',
  ...(lead ? { lead } : {}),
  runs: prose(template),
})

/** A year's summary in made-up words of a made-up city, with all 31 figures, some of them twice. */
export const summary: OfficialDocument = {
  title: ['滨海市总工会女职工委员会2019年工作总结', '和2020年工作安排'],
  date: '（2020年4月16日）',
  blocks: [
    paragraph(
      '2019年，全市各级工会女职工组织围绕中心、服务大局，以建功立业为主线，以维护权益为根本，以关爱服务为纽带，各项工作取得新的成效。全年举办教育培训{training.sessions}，签订专项集体合同{contract.signed}。',
    ),
    heading(1, '一、2019年工作回顾'),
    heading(2, '（一）突出思想引领，选树先进典型'),
    paragraph(
      '“三八”国际劳动妇女节前夕，全市表彰先进女职工{honour.persons}、先进集体{honour.collectives}，表彰女职工工作者{honour.cadres}，以身边榜样带动身边人。',
      '典型选树有力度。',
    ),
    heading(2, '（二）深化素质提升，助力建功立业'),
    paragraph(
      '依托周末学校和流动课堂，举办培训{training.sessions}，{training.attendances}参加学习；组织劳动竞赛和技术比武{competition.events}，{competition.attendances}参与其中。',
      '培训竞赛有实效。',
    ),
    heading(2, '（三）坚持依法维权，促进和谐稳定'),
    paragraph(
      '开展“平安家庭”有奖答题，{quiz.attendances}参加；发放性别平等手册{material.equalityHandbooks}、普法宣传单{material.leaflets}，举办普法讲座与科普活动{lawTalk.events}。签订女职工权益保护专项集体合同{contract.signed}。',
      '源头维权有保障。',
    ),
    heading(2, '（四）聚焦急难愁盼，做实关爱服务'),
    paragraph(
      '用好省市两级工会经费，为{screening.persons}开展“两癌”筛查，印制健康手册{material.screeningBooklets}。',
      '健康关爱更贴心。',
    ),
    paragraph(
      '开办实用技能班{skillClass.sessions}，培训{skillClass.attendances}；开展就业推介{jobReferral.referrals}，惠及{jobReferral.persons}。',
      '就业帮扶更精准。',
    ),
    paragraph(
      '新建女职工特殊关爱室{careRoom.built}，惠及{careRoom.persons}，其中{careRoom.open}对外开放并在地图上标注。援建职工子女托管班{childcare.classes}，托管{childcare.children}，获评全国爱心托管班{childcare.nationalHonours}、省级示范点{childcare.provincialSites}。举办婚恋服务活动{matchmaking.events}，参加{matchmaking.attendances}。',
      '阵地服务更温馨。',
    ),
    heading(2, '（五）弘扬文明新风，建设幸福家庭'),
    paragraph(
      '举办智慧女工大课堂{lecture.events}，{lecture.persons}女职工走进课堂；举办家风家教大讲堂{familyTalk.events}，{familyTalk.attendances}参与。',
    ),
    heading(2, '（六）加强自身建设，夯实组织基础'),
    heading(3, '1.健全组织网络'),
    paragraph(
      '坚持工会组织建到哪里，女职工组织就建到哪里，对到期未换届的单位逐一提醒、逐一销号，基层女职工干部名册做到一人一档、动态更新。',
    ),
    heading(3, '2.减轻基层负担'),
    paragraph('同一数据只填一次，凡系统中已有的不再要求基层重复报送，能由台账生成的报表一律由台账生成。'),
    heading(1, '二、2020年工作安排'),
    paragraph(
      '新的一年，要牢牢把握服务女职工这一主责主业，把工作做到车间班组、送到女职工身边。一要在思想引领上再深化，二要在岗位建功上再发力，三要在维权服务上再提质，四要在家庭建设上再创新，五要在自身建设上再加强，努力开创全市女职工工作新局面。',
    ),
    paragraph(
      '各级工会女职工组织要把全年任务分解到季度、落实到人头，遇到问题及时报告，做到件件有着落、事事有回音。',
    ),
  ],
  signature: { name: '滨海市总工会女职工委员会', date: '2020年4月16日' },
  sources: [...sources],
}
