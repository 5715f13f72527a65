import type { OrgSeed } from '#demo/tree.ts'

export type Role = 'cadre' | 'leader' | 'worker' | 'handler' | 'systemAdmin' | 'securityAdmin' | 'auditAdmin'

/** A person whom the sign-in picker of the demo offers. */
export type PersonSeed = {
  /** stable, for tests and links */
  key: string
  name: string
  orgCode: string
  role: Role
  /** shown in the picker beside the name */
  title: string
  /** one line: what one can try as this person */
  pitch: string
  secondPost?: { orgCode: string; role: Role }
}

/**
 * The persons of the picker, all made up: each given name holds one of 例 示 演 样, and the surnames are none of
 * those that `nameMaker` uses, so nobody else in the demo bears the same name. Their units are found by what
 * they show (a missing committee, two lines, …); Error when the tree holds no such unit.
 */
export function demoPeople(tree: OrgSeed[]): PersonSeed[] {
  const parents = new Map(tree.map((o) => [o.code, o.parent]))
  const office = (shortName: string) => one(tree, shortName, (o) => o.shortName === shortName).code
  const grassroots = (what: string, test: (org: OrgSeed) => boolean) =>
    one(tree, what, (o) => o.tier === 'grassroots' && !o.moves && test(o)).code

  const city = office('市总工会')
  const shahekou = office('沙河口区')
  const zhongshan = office('中山区')
  const gaoxin = office('高新区')
  const education = office('教育工会')
  const malan = office('马栏街道')
  const inMalan = grassroots(
    'a unit with a committee in 马栏',
    (o) => o.parent === malan && seated(o) && !o.view,
  )
  const inBothLines = grassroots(
    'a school seen by a street of 中山区',
    (o) => o.parent === education && seated(o) && parents.get(o.view ?? '') === zhongshan,
  )
  const noCommittee = grassroots(
    'a unit of 沙河口区 without a committee',
    (o) => o.committee === null && parents.get(o.parent ?? '') === shahekou,
  )
  const underDistrict = grassroots('a unit directly under 中山区', (o) => o.parent === zhongshan && seated(o))

  const person = (key: string, name: string, orgCode: string, role: Role, title: string, pitch: string) =>
    ({ key, name, orgCode, role, title, pitch }) satisfies PersonSeed
  return [
    person(
      'cityA',
      '白示宁',
      city,
      'cadre',
      '女职工部部长',
      '看全市进度和数字，审核市级验收事项，生成年度总结',
    ),
    person(
      'cityB',
      '孟慧例',
      city,
      'cadre',
      '女职工部干部',
      '填报市级活动，交由另一人审核；自己提交的自己不能审',
    ),
    person(
      'cityLeader',
      '秦演平',
      city,
      'leader',
      '市总工会分管领导',
      '看汇总指标，追溯数字来源，审阅年度总结',
    ),
    person(
      'shahekouA',
      '顾样静',
      shahekou,
      'cadre',
      '女职工部部长',
      '审核街道和基层上报的记录，通过或退回并写明理由',
    ),
    person(
      'shahekouB',
      '侯琳示',
      shahekou,
      'cadre',
      '女职工部干部',
      '填报区级活动，由同事审核；用键盘连续审阅待办',
    ),
    person(
      'zhongshan',
      '邵演芳',
      zhongshan,
      'cadre',
      '女职工部部长',
      '审核区内记录；另见本区街道内产业单位的数字，只看不审',
    ),
    person(
      'gaoxin',
      '陶例颖',
      gaoxin,
      'cadre',
      '女职工部部长',
      '看没有区划代码的功能区，及 2020 年划入的园区新旧口径',
    ),
    person(
      'educationA',
      '黎样玲',
      education,
      'cadre',
      '女职工委员会副主任',
      '审核学校上报的记录，看产业一条线的数字',
    ),
    person(
      'educationB',
      '贺洁演',
      education,
      'cadre',
      '女职工委员会干部',
      '填报产业工会的活动，由副主任审核',
    ),
    person('malan', '史示燕', malan, 'cadre', '街道总工会女职工委员', '初审辖区基层记录，审核上报到区'),
    person(
      'unitInStreet',
      '郝例娟',
      inMalan,
      'cadre',
      '女职工委员（兼职）',
      '五分钟填一场培训并提交，看它怎样进入全市数字',
    ),
    person(
      'unitInBothLines',
      '龚样敏',
      inBothLines,
      'cadre',
      '女职工委员（兼职）',
      '向教育工会上报；所在街道同时看得到，全市只计一次',
    ),
    person(
      'unitWithoutCommittee',
      '钱演霞',
      noCommittee,
      'cadre',
      '工会干事（兼职）',
      '女会员满十人而未建女职工委员会，看盲区提醒',
    ),
    {
      ...person(
        'twoPosts',
        '尹示岚',
        underDistrict,
        'cadre',
        '基层女职工委员兼区女职工部干部',
        '一人两岗：自己填的记录，换到区里的岗位也不能自己审',
      ),
      secondPost: { orgCode: zhongshan, role: 'cadre' },
    },
    person('worker', '常例晴', inMalan, 'worker', '女职工', '看自己的服务和自己的资料，只看得到自己'),
    person('newWorker', '乔样雨', inMalan, 'worker', '女职工', '还没有入会：自己提出入会申请，等单位接收'),
    person('systemAdmin', '段样清', city, 'systemAdmin', '系统管理员', '管账号和组织，看不到业务数据'),
    person('securityAdmin', '武演安', city, 'securityAdmin', '安全管理员', '管权限策略，看不到业务数据'),
    person(
      'auditAdmin',
      '石示林',
      city,
      'auditAdmin',
      '审计管理员',
      '查审计日志并验证未被改动，看不到业务数据',
    ),
    person(
      'shahekouC',
      '温演莉',
      shahekou,
      'cadre',
      '帮扶中心出纳（兼职）',
      '编批发放困难帮扶资金、导入银行回单，不登记也不审批',
    ),
    person(
      'siloLead',
      '邱样宜',
      city,
      'handler',
      '维权服务中心负责人',
      '受理、指派维权和心理事项，指派后看不到内容',
    ),
    person(
      'siloHandler',
      '倪示兰',
      city,
      'handler',
      '法律援助和心理服务人员',
      '办理交给她的事项，写书面答复，只看得到自己的',
    ),
  ]
}

/** Whether the committee stands and its term runs (ISO dates compare as text). */
function seated(org: OrgSeed): boolean {
  return org.committee?.form === 'committee' && org.committee.termUntilOn > '2020-04-16'
}

function one(tree: OrgSeed[], what: string, test: (org: OrgSeed) => boolean): OrgSeed {
  const org = tree.find(test)
  if (!org) throw new Error(`demoPeople: not in the tree: ${what}`)
  return org
}
