import type { Role } from '#identity/api.ts'
import type { Tier } from '#org/api.ts'
import { paths } from '../paths.ts'

/** A step of a guide; `to` is where it is done. */
export type Step = { title: string; text: string; to?: string }
export type Guide = { name: string; about: string; steps: readonly Step[] }
/** A stop of the tour: `at` is what it points to on the page, the whole page where that is not seen. */
export type Stop = { at: string; title: string; text: string }

const menu = (path: string): string => `.shell-sider a[href="${path}"]`

const grassroots: Guide = {
  name: '基层女工干部',
  about: '把本单位办过的事记下来，一条一件；审核通过后，数字自动进到各级的指标和总结里。',
  steps: [
    {
      title: '先看待办',
      text: '退回的、要填的、已提交还没审的都在这里，每张卡片写明要您做什么。',
      to: paths.inbox,
    },
    {
      title: '填一条',
      text: '选项目，填名称、日期、人数等；每隔几秒自动保存，断网也不丢。带＊的必填，黄色提醒写明情况就能提交，红色的要改好。',
      to: paths.entry,
    },
    {
      title: '手头有表格',
      text: '从台账的“导入”上传自己的 Excel：栏目名相近就能对上，错在哪一格标在哪一格；会改动已有内容的行标“将更新”，24 小时内、上级还没办理的可以撤销。',
      to: '/imports/training',
    },
    {
      title: '看走到哪一步',
      text: '打开一条记录，“审核记录”里看得到已到哪一级、谁办的；还没审时可以撤回修改。',
      to: paths.inbox,
    },
    {
      title: '被退回怎么办',
      text: '退回的意见标在具体栏目上，改好那几处再提交，其余不用重填。',
      to: `${paths.inbox}?box=returned`,
    },
    { title: '上级下发的任务', text: '没有发生的事报“零报告”即可，不用编数。', to: paths.tasks },
    {
      title: '会员登记',
      text: '证件号码和手机号码加密保存，只显示首尾几位；查看要写理由，会员本人看得到谁看过。',
      to: paths.members,
    },
    {
      title: '写总结用的数',
      text: '“我的年度工作”按章节列出本人和本单位办的事，可以复制，也可以下载 Word。',
      to: paths.myYear,
    },
  ],
}

const reviewer: Guide = {
  name: '审核干部（街道、区县、产业工会）',
  about: '核对下级报来的记录，一条一条看准；您只能通过、上报或退回，不能替填报人改数。',
  steps: [
    {
      title: '审核',
      text: '先在列表里选一件，再看内容和变动；J、K 上下移动。没有提醒的可以成批通过，系统会点名几条请您先打开看。',
      to: paths.review,
    },
    {
      title: '退回',
      text: '点栏目旁的批注写明哪里不对，再退回；填报人只改批注的地方。',
      to: paths.review,
    },
    {
      title: '更正和作废',
      text: '已通过的数要改，由填报单位提更正或作废申请，您审核后才变；之前旧数照计。',
      to: paths.inbox,
    },
    {
      title: '看台账',
      text: '左边选单位，上面设条件；勾选后可导出，导出的表改好还能再导回。',
      to: '/records/training',
    },
    {
      title: '看指标',
      text: '每个数字旁的“？”是口径；点数字看背后的记录，也能按下级单位分列。',
      to: paths.figures,
    },
    {
      title: '下发任务',
      text: '先看系统里已有哪些数，少让基层填；每个单位报没报，列表随时看得到。',
      to: paths.tasks,
    },
    { title: '校对报告', text: '把写好的材料拖进来，逐个数字对照系统里的记录。', to: paths.proof },
  ],
}

const city: Guide = {
  name: '市总工会女工干部',
  about: '看全市的数，出总结，管好组织和口径；重要的事由另一位同志复核。',
  steps: [
    {
      title: '审核市级事项',
      text: '需市级审核通过的项目在这里；本人上报的由另一位同志审。',
      to: paths.review,
    },
    {
      title: '指标',
      text: '按年、半年、季、月和统计年度看；“分单位”逐级下钻到区县、基层和每条记录。',
      to: paths.figures,
    },
    {
      title: '年度总结',
      text: '正文里的数字取自审核通过的记录，点开就是来源；定稿后数字固定，可下载公文格式的 Word。',
      to: paths.summary,
    },
    {
      title: '发布台账',
      text: '已结束季度的人数表，过小的数隐去后发布；看得到隐去了什么、为什么。',
      to: paths.releases,
    },
    {
      title: '组织变更',
      text: '成立、合并、拆分、改隶由双方同意、市级另一人办理；过去的数字留在当时的单位。',
      to: paths.orgChanges,
    },
    { title: '任务', text: '下发前看负担：要填几项、几个单位、约多少分钟。', to: paths.tasks },
    { title: '投诉建议', text: '各级提的投诉建议直接到市级，请阅后答复。', to: `${paths.help}?tab=voice` },
  ],
}

const leader: Guide = {
  name: '领导',
  about: '只看不办：数字、总结和组织情况都能点到底。',
  steps: [
    {
      title: '指标',
      text: '看本级及以下的数，上年同期和待审核的分开列；点数字看背后的记录。',
      to: paths.figures,
    },
    { title: '组织', text: '哪些单位建了女职工委员会，哪些该换届。', to: paths.orgs },
    { title: '校对报告', text: '把要签发的材料拖进来，看数字和系统里的是否一致。', to: paths.proof },
    { title: '导出', text: '指标和台账页面有“导出”，文件在下载中心保留七天。', to: paths.downloads },
  ],
}

const administrators: Partial<Record<Role, Guide>> = {
  systemAdmin: {
    name: '系统管理员',
    about: '管账号和单位，不看业务数据。授权由安全管理员批准。',
    steps: [
      {
        title: '开账号',
        text: '新建账号并申请岗位，把一次性的邀请链接当面交给本人；链接不会发第二次。',
        to: paths.accounts,
      },
      { title: '成批开通', text: '下载模板填好单位和账号，上传核对后导入。', to: '/imports/onboarding' },
      {
        title: '站外提醒',
        text: '邮件、短信、企业微信、钉钉由运维人员开通。各接口只对仿真服务做过试验，没有接过真实服务商：开通后先用自己的账号收到一次，再让别人打开；站内信不受影响。',
        to: paths.account,
      },
      { title: '离任交接', text: '在岗位上选“交接”，写明接任人和日期，到期自动停用。', to: paths.accounts },
      { title: '自己的账号', text: '绑定第二步验证，保管好恢复码。', to: paths.account },
    ],
  },
  securityAdmin: {
    name: '安全管理员',
    about: '批准岗位，处理账号安全；不建账号，不看业务数据。',
    steps: [
      { title: '批准岗位', text: '核对是谁、在哪个单位、什么岗位，再批准或不予批准。', to: paths.accounts },
      {
        title: '账号异常',
        text: '可让设备退出登录、解除第二步验证；本人下次登录会看到提醒。',
        to: paths.accounts,
      },
      {
        title: '专办人员分工',
        text: '指定谁承办法律援助、侵害投诉、心理咨询，登记由哪个单位聘用；系统据此判断回避。',
        to: paths.siloSeats,
      },
      { title: '自己的账号', text: '绑定第二步验证，保管好恢复码。', to: paths.account },
    ],
  },
  auditAdmin: {
    name: '审计管理员',
    about: '看谁在什么时候做了什么，不看内容；管不了账号，也改不了记录。',
    steps: [
      {
        title: '审计',
        text: '按日期、操作、姓名查；每条与前一条相扣，链头每小时在库外签名。',
        to: paths.audit,
      },
      {
        title: '导出台账',
        text: '谁导出了什么、多少行、什么理由；一天之内超出寻常的，页面上方有提醒。',
        to: paths.audit,
      },
      {
        title: '锚定提醒',
        text: '超过四小时没有库外签存，敏感信息会暂停填写，请及时处理。',
        to: paths.audit,
      },
    ],
  },
}

const handler: Guide = {
  name: '专办人员',
  about: '办理交给您的事：女职工说来的事、评选的评审；只看得到与这件事有关的内容。',
  steps: [
    {
      title: '专办事项',
      text: '紧急的排在最前，每件写明下一步和期限；指派以后内容由承办人一人看（紧急的负责人也看），看一次留痕一次。',
      to: paths.silos,
    },
    {
      title: '书面答复',
      text: '办结要写处理结果，来件人凭回执看；不便办理的点“回避退回”，更适合另一类的先建议转办。',
      to: paths.silos,
    },
    {
      title: '评审打分',
      text: '打开评选，逐份看推荐表，按标准打分；涉及本人或本单位的须回避，提交后不能再改。',
      to: paths.honours,
    },
    { title: '我的信息', text: '工会登记了您的什么、谁看过、为什么看，都列在这里。', to: paths.my },
    { title: '自己的账号', text: '绑定第二步验证，保管好恢复码。', to: paths.account },
  ],
}

const worker: Guide = {
  name: '女职工',
  about: '看工会登记了您的哪些信息，决定哪些用途可以用。',
  steps: [
    { title: '我的信息', text: '登记了什么、谁看过、为什么看，都列在这里。', to: paths.my },
    { title: '同意和撤回', text: '每个用途单独同意，随时可以撤回，不影响别的服务。', to: paths.my },
    { title: '拿走或删除', text: '可以下载自己的全部信息，也可以申请删除。', to: paths.my },
    {
      title: '说件事',
      text: '法律援助、侵害投诉、心理咨询，可以不署名；凭回执看答复，单位看不到。',
      to: paths.myTell,
    },
    { title: '怎么处理我的信息', text: '每一栏为什么收、保存多久、依据什么。', to: paths.privacy },
  ],
}

const isReviewing = (tier: Tier): boolean => tier !== 'grassroots' && tier !== 'branch'

/** The guide of a post. */
export function guideOf(role: Role, tier: Tier): Guide {
  if (role === 'cadre') return tier === 'city' ? city : isReviewing(tier) ? reviewer : grassroots
  if (role === 'leader') return leader
  if (role === 'handler') return handler
  return administrators[role] ?? worker
}

/** Where the help itself is. */
const helpStop: Stop = {
  at: '.help-link',
  title: '帮助在这里',
  text: '本岗位的说明、快捷键和投诉建议都在右上角；按 ? 键也看得到快捷键。',
}

const stops: Record<'grassroots' | 'reviewer' | 'leader', readonly Stop[]> = {
  grassroots: [
    { at: menu(paths.inbox), title: '先看待办', text: '退回的和要填的都在这里，红点是件数。' },
    { at: menu(paths.entry), title: '填一条', text: '办一件事填一条，随填随存，断网也不丢。' },
    { at: '.key-figures', title: '数字会自己加', text: '审核通过就计入；点数字看它由哪些记录得来。' },
    helpStop,
  ],
  reviewer: [
    { at: menu(paths.review), title: '审核', text: '下级报来的在这里，选一件看内容，通过或退回。' },
    { at: menu(paths.tasks), title: '任务', text: '要下级填的从这里下发，谁报了谁没报一目了然。' },
    { at: '.key-figures', title: '数字点得开', text: '点数字看背后的记录；“？”是口径。' },
    helpStop,
  ],
  leader: [
    { at: '.key-figures', title: '数字点得开', text: '每个数字都能点到背后的记录；“？”是口径。' },
    { at: menu(paths.orgs), title: '组织', text: '组建、换届和空白单位。' },
    helpStop,
  ],
}

/** The tour of a post, four stops at most; administrators and women workers need none: their menu has two entries. */
export function tourOf(role: Role, tier: Tier): readonly Stop[] {
  if (role === 'leader') return stops.leader
  if (role !== 'cadre') return []
  return isReviewing(tier) ? stops.reviewer : stops.grassroots
}
