import type { Programme } from '#kit/programme.ts'
import { personalTables } from './registry.ts'
import type { TableRule } from './columnRule.ts'
import { purposes, readPurposes, sealedClasses, sealedLabels, type ReadPurpose } from './purposes.ts'

// 个人信息保护影响评估 (个人信息保护法 第五十五条, 第五十六条): one for each purpose that touches sensitive personal data, before it
// does; kept for three years at least, hence never overwritten: what is reviewed gets a new line in `reviews`.

export type Assessment = {
  /** Why the purpose and the way are lawful, due and needed, and what was left out. */
  necessity: string
  /** What it does to her rights, and what may go wrong. */
  influence: string
  /** What stands against it, and the test or place that shows it. */
  measures: readonly string[]
  /** The same for her, in two sentences. */
  plain: string
  madeOn: string
  /** Days on which it was looked at again, with what changed. */
  reviews: readonly { on: string; finding: string }[]
  /** Latest day of the next review; sooner where purpose, fields or readers change. */
  nextOn: string
}

/** A purpose of the register, a programme whose rows are sensitive themselves, or a table for which no purpose is named below. */
export type Sensitive = ReadPurpose | `programme:${string}` | `table:${string}`

/** Under which purpose a table with columns of class S3 is assessed: one that stands here for none is missed by the gate. */
const assessedFor: Readonly<Record<string, ReadPurpose>> = {
  person: 'membership',
  hardship_file: 'hardship',
  hardship_result: 'hardship',
  hardship_aid: 'hardship',
  match_profile: 'matchmaking',
}

/** What is sensitive in the tables of the register, by purpose; keys and digests of the program say nothing of anybody. */
const sensitiveColumns = (
  tables: Readonly<Record<string, TableRule>>,
): { purpose: Sensitive; labels: string[] }[] =>
  Object.entries(tables).flatMap(([table, { columns }]) => {
    const labels = Object.values(columns)
      .filter((c) => c.class === 'S3' && !c.export.startsWith('无'))
      .map(({ label }) => label)
    return labels.length === 0 ? [] : [{ purpose: assessedFor[table] ?? (`table:${table}` as const), labels }]
  })

/** Purposes under which a field of class S3 is opened or kept, and programmes of class S3 or S4: each wants its assessment. */
export const sensitivePurposes = (
  programmes: readonly Programme[],
  tables: Readonly<Record<string, TableRule>> = personalTables,
): Sensitive[] => [
  ...new Set<Sensitive>([
    ...readPurposes.filter((purpose) =>
      purposes[purpose].fields.some((field) => sealedClasses[field] === 'S3'),
    ),
    ...sensitiveColumns(tables).map(({ purpose }) => purpose),
  ]),
  ...programmes
    .filter(({ class: level }) => level === 'S3' || level === 'S4')
    .map(({ key }): Sensitive => `programme:${key}`),
]

export const impactLabel = (purpose: Sensitive, programmes: readonly Programme[]): string =>
  purpose in purposes
    ? purposes[purpose as ReadPurpose].label
    : (programmes.find(({ key }) => `programme:${key}` === purpose)?.label ?? purpose)

/** The sensitive fields that a purpose opens or keeps, in words. */
export const sensitiveFields = (purpose: Sensitive): string[] =>
  purpose in purposes
    ? [
        ...new Set([
          ...purposes[purpose as ReadPurpose].fields
            .filter((field) => sealedClasses[field] === 'S3')
            .map((field) => sealedLabels[field]),
          ...sensitiveColumns(personalTables).flatMap((one) => (one.purpose === purpose ? one.labels : [])),
        ]),
      ]
    : ['整条记录']

const shared = [
  '每人一把密钥逐项加密，密钥另存在数据库之外；平时只显示掩码',
  '看一次记一次，本人在“谁看过我的信息”里看得到；审计记录环环相扣，改动能被发现',
]
const first = { madeOn: '2026-11-28', reviews: [], nextOn: '2028-11-27' }

export const impacts: Readonly<Partial<Record<Sensitive, Assessment>>> = {
  membership: {
    ...first,
    necessity:
      '会员实名登记要用证件号码认定是不是同一个人，避免重复入会、重复统计；未满十四周岁的子女须留监护人同意和联系方式。登记不收银行账号、家庭住址、婚姻和健康状况。',
    influence: '证件号码外泄可被冒用；成批导出的名册一旦流失无法收回；上级借工作便利翻看他人信息。',
    measures: [
      ...shared,
      '证件号码和监护人信息平时只有本单位可以查看；领导和各类管理员看不到名册',
      '查看须再次验证身份、选用途、写理由；一次只开一项',
      '一天导出超过规定人数须第二人批准，完整信息一次最多 500 人并附水印页，过量提醒审计管理员',
      '离开满三年自动销毁密钥；本人可随时申请删除',
    ],
    plain: '登记证件号码是为了认准您本人，不重复登记。它加密保存，只有您和您所在单位能看，谁看过您都查得到。',
  },
  screening: {
    ...first,
    reviews: [
      {
        on: '2026-11-29',
        finding:
          '增加筛查轮次：姓名、单位、预约、到检，和“请本人联系医院”办没办。重新评估后改为定向给本单位和指定的经办人，给医院的名单只有姓名、手机号码、预约编码和日期，医院回传多出的栏目整份不收。',
      },
    ],
    necessity:
      '核对免费筛查资格和预约须与医院的名单对上，姓名会重名，只能用证件号码。工会只登记是否到检、是否需要随访，不收诊断结果，没有备注栏和附件可以写进结果。',
    influence: '他人得知她参加筛查或需要随访，可能影响岗位、婚姻和名誉。',
    measures: [
      ...shared,
      '须本人单独同意，撤回后下一次读取即不能用于这一用途',
      '汇总数按单位合计，人数少的格子不显示，多张表合看也推不出',
      '“两癌”筛查记录只有各单位人数；轮次名单只有预约和到检，只给本单位和指定的经办人看，没有一栏能写诊断结果，医院回传多出的栏目整份不收',
      '给医院的名单只有姓名、手机号码、预约编码和日期；是否需要联系医院只给随访经办人看，不写原因',
    ],
    plain: '用证件号码和医院核对预约。工会不知道您的检查结果，结果由医院直接告诉您。',
  },
  hardship: {
    ...first,
    reviews: [
      {
        on: '2026-11-29',
        finding:
          '增加困难档案：家庭成员、收入支出、健康、婚姻、住房、困难原因和银行账号。重新评估后改为整份加密、指定经办人、公示不写原因，告知书换为第 2 版，原来的同意不再算数。',
      },
      {
        on: '2026-11-29',
        finding:
          '增加“两癌”慰问金申请：自付医疗费、两项补助和银行账号。申请本身会使人猜到她患病，因此单独同意、整份加密、只给指定的经办人看；材料当面核对即退，没有一栏能写病名；交银行的附言只写“工会慰问金”，与困难帮扶分开计数，人数少的隐去。',
      },
    ],
    necessity:
      '帮扶款物要发到本人，须核对身份、家庭经济状况，防止两处重复领取；国家规定先建档后帮扶、一户一档。核对名单只给民政部门姓名、证件号码和授权日期，银行名单只有收款人和账号；家庭成员只用证件号码的盲索引查重。',
    influence:
      '家庭收入、疾病、婚姻和账号外泄，可能使她和家人受歧视、被骗；经办人借核对之名翻看；她申请帮扶的事被同事知道。',
    measures: [
      ...shared,
      '须本人单独同意，撤回后下一次读取即不能用于这一用途，不再核对和发放',
      '家庭情况和认定结果整份加密；只有她单位和帮扶中心指定的经办人能打开，中间和以上各级只看人数，人数少的隐去',
      '登记、核对、审批、发放须四个人，由数据库把关；本人不能经办自己的档案',
      '公示只写姓氏、单位，不写困难原因',
    ],
    plain:
      '用证件号码核对是不是您本人、有没有在别处重复领取；家庭情况用来认定困难类别。全部加密保存，只有指定的经办人能看，谁看过您都查得到。',
  },
  national: {
    madeOn: '2026-11-30',
    reviews: [],
    nextOn: '2028-11-29',
    necessity:
      '全国工会帮扶系统是困难职工档案的主库，资金按它拨付，只收完整的证件号码和账号，没有公开的接口，只能以表格报送。接收方是中华全国总工会。不报她的自述、意外支出明细和任何附件；没有同意的、已撤回的不报。',
    influence:
      '表格离开平台以后不再受平台控制，一旦流失，困难户的家庭、疾病、账号会成批外泄；家庭成员没有账号，自己查不到。',
    measures: [
      ...shared,
      '须本人为这一用途单独同意；没有同意的不在表中，导出说明写明几户',
      '家庭成员只在纸质授权书上签过字时才报',
      '只由帮扶中心指定的审批人导出本中心已建档的，每次都须再次验证、写明用途并由第二人批准；一次最多 500 户，附水印页',
      '每次报送逐户记入“谁看过我的信息”，导出和批准记入审计，过量提醒审计管理员',
      '运营单位须与接收方约定传送方式、用后删除和更正渠道',
    ],
    plain:
      '把您的困难档案报给全国总工会的帮扶系统，好领取上级的帮扶。要您单独同意，不同意不影响本地帮扶；每次报送您都查得到。',
  },
  childcare: {
    ...first,
    reviews: [
      {
        on: '2026-11-30',
        finding:
          '增加名额轮次：监护人排志愿，按优先次序和抽签分配；为定优先次序读取困难档案在册与否，为让人复核，每个孩子公布一行编号、志愿、优先组和结果。重新评估后改为公布的行不写姓名、单位和困难与否，办班单位看监护人名单须同意仍有效并留痕。',
      },
    ],
    necessity:
      '孩子不满十四周岁，须取得监护人同意并能联系到监护人。只登记监护人姓名和电话，不登记孩子的健康状况。',
    influence: '监护人和接送信息外泄，可能危及孩子的人身安全。',
    measures: [
      ...shared,
      '没有监护人同意，系统不保存孩子的登记',
      '监护人信息只有所在单位可以查看，名册和导出按掩码显示',
      '满十八周岁的不再登记为职工子女；监护人可随时申请删除',
    ],
    plain: '登记监护人是为了孩子有事时找得到您；分名额时公布编号，不公布姓名。这些信息上级单位平时看不到。',
  },
  matchmaking: {
    madeOn: '2026-11-30',
    reviews: [],
    nextOn: '2028-11-29',
    necessity:
      '互相认识须有昵称、区市、几句介绍，双方都愿意以后须有姓名和联系方式；性别和出生年份取自会员登记，年龄只显示五年一段。不收照片、证件、收入、住房和婚史，单身由本人声明，不由单位证明。婚恋意愿一旦泄露会伤害人格尊严，按敏感个人信息对待，取得单独同意（第二十九条）。',
    influence:
      '同事、单位得知她在找对象或被谁拒绝；被拒绝的人纠缠、骚扰；被举报的人换号再来；主办单位从活动名单认出参加的人。',
    measures: [
      '卡片和联系方式用交友专用的密钥加密；单位、各级工会和管理员没有一处能看到卡片、回答和牵手',
      '“不想认识”与没有回答对对方完全一样；双方都愿意才互相看到姓名和联系方式，看过的日期告诉对方',
      '说明换了新的内容，原来的同意即不算数，重新同意以前不在交友中',
      '退出和登记删除立即删除卡片、回答和牵手；“不再见到”以加盐摘要留存，不写姓名和编号',
      '举报由指定的投诉承办人处理，只看卡片，不显示姓名，每看一天记入“谁看过我的信息”；核实的不能再参加',
      '交友活动由街道以上工会主办，名单只有“女 几 号”，不能按姓名登记到场，不按单位分名额',
      '人数全市合计，整十公布，不足 11 不公布',
      '加盐摘要没有密钥：拿到整个数据库的人可以逐人比对认出摘要是谁，由数据库的保管措施防范',
    ],
    plain:
      '您的卡片加密保存，只给参加的人看，单位和各级工会看不到；您说“不想认识”，对方永远不会知道。退出即全部删除。',
  },
  handOver: {
    ...first,
    necessity:
      '医院核对受检人须有姓名、证件号码、出生日期和电话；只交给本人预约的医院，只用于这一次检查。属于向他人提供个人信息，须单独同意（第二十三条）。',
    influence: '信息离开工会后由医院保管，可能超范围使用或泄露。',
    measures: [
      ...shared,
      '须本人单独同意，与筛查的同意分开；撤回后不再移交',
      '不同意移交的，可以自行到医院登记，不影响参加筛查',
      '与医院订立约定、明确用途和删除期限：由运行单位办理，系统不能代替',
    ],
    plain: '只把预约要用的信息交给您选的医院。您不同意，可以自己去医院登记。',
  },
  emergency: {
    ...first,
    necessity:
      '人身安全、救治、灾害和司法要求等不起所在单位答复时，为保护生命健康和财产安全所必需（第十三条第四项）。只能看平时看不到的加密栏目，逐项选择。',
    influence: '以紧急为名满足好奇；被查看人事先不知情。',
    measures: [
      ...shared,
      '只限区、产业、市总工会的干部，管理员和领导没有这项权限',
      '再次验证身份、写明理由；三十分钟内只能打开一次，没有复核不能再用',
      '立即通知安全管理员、审计管理员和她所在单位；三个工作日内由他人复核，不当使用记录在案',
    ],
    plain:
      '遇到危险、救治、灾害时，上级工会可以紧急查看一次。您的单位和管理员马上知道，事后有人复核，您也查得到。',
  },
  self: {
    ...first,
    necessity: '查阅、复制本人信息是法定权利（第四十五条），须显示全文本人才能核对更正。',
    influence: '他人拿到她的手机或账号，可以看到她的证件号码；导出的副本可能被他人看到。',
    measures: [
      ...shared,
      '查看敏感页面须第二步验证，导出副本须再次验证',
      '连续不用自动退出，退出即清空浏览器里的内容；可让其他设备退出登录',
    ],
    plain: '您可以随时查看、导出自己的信息。导出的文件请自己保管好。',
  },
}

/** What is wrong with the register on a day: purposes without an assessment, reviews that are due, assessments of nothing. */
export function impactFaults(
  today: string,
  purposesNow: readonly Sensitive[],
  known: Readonly<Partial<Record<Sensitive, Assessment>>> = impacts,
): string[] {
  const missing = purposesNow.filter((purpose) => !known[purpose]).map((p) => `${p}: no assessment`)
  const others = Object.keys(known).filter((key) => !purposesNow.includes(key as Sensitive))
  const late = Object.entries(known).flatMap(([key, a]) => {
    const last = a!.reviews.at(-1)?.on ?? a!.madeOn
    if (a!.nextOn <= last) return [`${key}: next review is not after the last`]
    return a!.nextOn < today ? [`${key}: review was due on ${a!.nextOn}`] : []
  })
  return [...missing, ...others.map((key) => `${key}: touches nothing sensitive`), ...late]
}

/** The register as a page of docs. */
export const impactPage = (programmes: readonly Programme[]): string =>
  `${[
    '# 个人信息保护影响评估',
    '由 `src/person/impact.ts` 生成（`npm run docs`）。凡查看敏感个人信息的用途各一份（个人信息保护法第五十五条、第五十六条）；缺一份或过了复评期限，测试不通过。这是随软件提供的评估底稿，运行单位应结合本单位实际核定、签字，连同处理情况记录保存不少于三年。',
    ...sensitivePurposes(programmes).flatMap((purpose) => {
      const a = impacts[purpose]!
      return [
        `## ${impactLabel(purpose, programmes)}`,
        `涉及：${sensitiveFields(purpose).join('、')}。评估日期 ${a.madeOn}，下次复评不晚于 ${a.nextOn}。`,
        `**是否合法、正当、必要** ${a.necessity}`,
        `**对个人权益的影响和风险** ${a.influence}`,
        `**保护措施**\n\n${a.measures.map((m) => `- ${m}`).join('\n')}`,
        ...a.reviews.map(({ on, finding }) => `复评 ${on}：${finding}`),
      ]
    }),
  ].join('\n\n')}\n`
