import { actionLabels, stateLabels, workflow, type Transition } from '#record/workflow.ts'
import { tierLabels } from '#org/api.ts'
import type { Role } from './api.ts'
import { relations } from './doors.ts'
import { policy } from './policy.ts'
import type { Part, Reach, Rule } from './rule.ts'
import { reasons, statusOf } from './reasons.ts'

const roleNames: Readonly<Record<Role, string>> = {
  cadre: '女工干部',
  leader: '领导',
  worker: '女职工',
  handler: '专项经办人',
  systemAdmin: '系统管理员',
  securityAdmin: '安全管理员',
  auditAdmin: '审计管理员',
  service: '系统服务',
}
const reachNames: Readonly<Record<Reach, string>> = {
  ownOrg: '本单位',
  inScope: '本级及以下',
  viewLine: '会看线',
  coHosted: '联办',
  anywhere: '不限',
}
const partNames: Readonly<Record<Part, string>> = {
  values: '内容',
  history: '审核记录',
  pending: '待审申请',
  remarks: '批注',
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const proof = (rule: Rule): string =>
  rule.stepUp
    ? '五分钟内重新核验'
    : rule.aal === undefined
      ? '两种方式'
      : rule.aal === 1
        ? '口令即可'
        : '口令即可，过期的也可'

function ruleRow(action: string, rule: Rule): string[] {
  return [
    `\`${action}\``,
    rule.role.map((role) => roleNames[role]).join('、'),
    rule.tier?.map((tier) => tierLabels[tier]).join('、') ?? '各级',
    reachNames[rule.reach],
    rule.most ? `至 ${rule.most}` : '不限',
    rule.parts?.map((part) => partNames[part]).join('、') ?? '全部',
    proof(rule),
  ]
}

function conditionOf({ where, period }: Transition): string {
  if (where === 'accepting') return '只在审核通过的单位'
  if (where === 'below') return '只在它以下的单位'
  if (period === 'open') return '期间没有锁定，或锁定的单位都已同意'
  return period === 'locked' ? '期间已锁定，还有锁定的单位没有同意' : ''
}

/** The policy, the workflow and the reasons as a page for people; docs/policy.md is this text. */
export function policyPage(): string {
  const rules = Object.entries(policy).flatMap(([action, list]: [string, 'public' | readonly Rule[]]) =>
    list === 'public'
      ? [[`\`${action}\``, '任何人', '', '', '', '', '不用登录']]
      : list.map((rule) => ruleRow(action, rule)),
  )
  const acts = Object.entries(workflow).flatMap(([relation, states]) =>
    Object.entries(states).flatMap(([state, list]) =>
      Object.entries(list).map(([act, transition]) => [
        relation === 'owner' ? '填报单位' : '轮到的单位，非上报人',
        stateLabels[state as keyof typeof stateLabels],
        actionLabels[act as keyof typeof actionLabels],
        stateLabels[transition.to],
        conditionOf(transition),
      ]),
    ),
  )
  const told = Object.entries(reasons).map(([reason, sentence]) => [
    `\`${reason}\``,
    sentence,
    String(statusOf[reason as keyof typeof statusOf]),
  ])
  return `# 权限一览

由 \`npm run docs\` 从 \`src/identity/policy.ts\` 和 \`src/record/workflow.ts\` 生成，不要手改。没有写到的就是不许；几条规则中有一条许可即可。判定只有一个函数 \`decide\`，接口、清单、按钮和“为什么”都问它。

## 谁能做什么

${table(['操作', '岗位', '层级', '范围', '隐私级别', '能看到的部分', '核验'], rules)}

## 一条记录在各状态能办什么

须是${relations.owner.role.map((role) => roleNames[role]).join('、')}。上报人在任何岗位都不能审核自己上报的记录。

${table(['谁', '状态', '办理', '办理后', '条件'], acts)}

## 不许的原因

看不到的一律答 404，与不存在的一字不差。

${table(['原因', '说法', 'HTTP'], told)}
`
}
