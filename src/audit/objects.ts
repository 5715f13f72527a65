/** Things that an audited act is done to, by the kind that stands before the number. */
const kinds: Readonly<Record<string, string>> = {
  draft: '草稿',
  typed: '填写内容',
  delivery: '对外消息',
  account: '账号',
  phone: '手机号',
  post: '岗位',
  org: '单位',
  employer: '用人单位',
  person: '会员',
  personRequest: '会员事项',
  key: '密钥',
  demo: '演示数据',
  release: '数据表',
  lock: '期间锁定',
  rule: '规则表',
  task: '任务',
  assessment: '考核表',
  plan: '年度计划',
  planItem: '计划任务',
  planSuggestion: '计划建议',
  intake: '导入批次',
  export: '导出文件',
  silo: '专办事项',
  suggestion: '投诉建议',
  doubt: '审计链不符报告',
  screeningRound: '筛查轮次',
  childcareClass: '托管班',
  childcareRound: '托管班报名轮次',
  event: '活动',
  enrolment: '活动报名',
  quiz: '在线答题',
  course: '网上课程',
  match: '婚恋交友',
  matchReport: '交友举报',
  quizBank: '答题题库',
  quizAttempt: '答题记录',
  screeningHandler: '筛查经办人',
  record: '记录',
  bulletin: '公告',
  bulletinFile: '公告附件',
  calendar: '工作日历',
  certificate: '证书',
  delegation: '代办委托',
  earlier: '往年数',
  honourCampaign: '评选',
  honourNomination: '推荐',
  honourStory: '先进事迹',
  hardshipAid: '帮扶金',
  hardshipBatch: '发放批次',
  hardshipFile: '帮扶档案',
  hardshipHandler: '帮扶经办人',
  hardshipInquiry: '收入核查',
  orgChange: '组织变更',
  publicNotice: '公示',
  running: '运行状态',
  statutory: '统计报表',
  summary: '年度总结',
}

/** To what it was done: kind and number, never a title. `labelOf` names a programme or an indicator by its key. */
export function auditObject(object: string, labelOf: (key: string) => string | undefined): string {
  const [kind = '', id = '', quarter = ''] = object.split(':')
  if (id === '') return kind
  if (kind === 'file') return id
  if (kind === 'typed') return `${kinds[kind]} ${labelOf(id) ?? id}`
  if (kind === 'release')
    return `${kinds[kind]} ${labelOf(id) ?? id} ${quarter.slice(0, 4)}年第${quarter.slice(4)}季度`
  return `${labelOf(kind) ?? kinds[kind] ?? kind} ${id.slice(-12)}`
}
