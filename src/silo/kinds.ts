// Silos (S4): what is told here in confidence stays with the few who deal with it; nobody of the tiers reads a word.

export const silos = ['legal', 'complaint', 'counsel'] as const
export type Silo = (typeof silos)[number]

export const siloWords: Readonly<Record<Silo, { name: string; about: string; label: string }>> = {
  legal: {
    name: '法律援助',
    label: '法律援助与维权',
    about: '劳动争议、工伤、生育待遇、家暴等，由法律援助人员答复或代理',
  },
  complaint: {
    name: '侵害投诉',
    label: '性骚扰等侵害投诉',
    about: '性骚扰、性别歧视、孕产期待遇受损等，由与被投诉单位无关的人员办理',
  },
  counsel: {
    name: '心理咨询',
    label: '心理咨询',
    about: '先留言，要面谈的在答复里约；指派前负责人和受理员看得到，指派后由咨询师一人看，有危险的负责人也看',
  },
}

/** Topics by silo, closed; counts are told by them. */
export const topics = {
  legal: ['劳动争议', '工伤', '生育', '性骚扰', '家暴', '其他'],
  complaint: ['性骚扰', '就业性别歧视', '孕产期和哺乳期权益', '劳动保护', '其他侵害'],
  counsel: ['工作压力', '婚姻家庭', '亲子教育', '孕产期', '人际关系', '情绪困扰', '其他'],
} as const satisfies Record<Silo, readonly string[]>

export const legalForms = ['咨询', '代书', '调解', '仲裁代理', '诉讼代理'] as const

export const steps = ['accept', 'approve', 'assign', 'close', 'visit'] as const
export type Step = (typeof steps)[number]
export const stepWords: Readonly<Record<Step, string>> = {
  accept: '受理',
  approve: '审批',
  assign: '指派',
  close: '办结',
  visit: '回访',
}

export const siloStates = [
  'received',
  'accepted',
  'approved',
  'assigned',
  'closed',
  'visited',
  'declined',
  'withdrawn',
] as const
export type SiloState = (typeof siloStates)[number]
export const siloStateWords: Readonly<Record<SiloState, string>> = {
  received: '待受理',
  accepted: '已受理',
  approved: '已审批',
  assigned: '办理中',
  closed: '已办结',
  visited: '已回访',
  declined: '不予受理',
  withdrawn: '本人撤回',
}

export const duties = ['lead', 'intake', 'handler'] as const
export type Duty = (typeof duties)[number]
export const dutyWords: Readonly<Record<Duty, string>> = {
  lead: '负责人',
  intake: '受理员',
  handler: '经办人',
}

/** What is done to a matter, on buttons and in refusals. */
export const actWords = {
  ...stepWords,
  assign: '指派',
  decline: '不予受理',
  recuse: '回避退回',
  refer: '建议转办',
  urgent: '列为紧急',
  calm: '解除紧急',
  answer: '书面答复',
  note: '记工作笔记',
} as const

/** Numbers that help at once, day and night. */
export const hotlines = [
  { number: '110', name: '报警' },
  { number: '12338', name: '妇女维权热线' },
  { number: '12351', name: '职工维权热线' },
] as const
