import type { Role } from '#identity/api.ts'
import type { Tier } from '#org/api.ts'
import { paths } from '../paths.ts'
import { sections } from '../sections.ts'

export type IconName =
  | 'home'
  | 'inbox'
  | 'entry'
  | 'review'
  | 'tasks'
  | 'notices'
  | 'publicNotices'
  | 'honours'
  | 'hardship'
  | 'screening'
  | 'childcare'
  | 'events'
  | 'quizzes'
  | 'courses'
  | 'programmes'
  | 'figures'
  | 'orgs'
  | 'rules'
  | 'audit'
  | 'emergencies'
  | 'impact'
  | 'accounts'
  | 'running'
  | 'system'
  | 'members'
  | 'my'
  | 'silos'
  | 'tell'

/** A page, or a heading over pages. The key of a page is its address. */
export type MenuNode =
  | { kind: 'page'; key: string; label: string; icon?: IconName }
  | { kind: 'sub'; key: string; label: string; icon: IconName; children: MenuNode[] }
  | { kind: 'group'; key: string; label: string; children: MenuNode[] }

/** Tiers with units below that report to them. */
export const isReviewing = (tier: Tier): boolean => tier !== 'grassroots' && tier !== 'branch'

/** Tiers that lock periods for themselves and all below. */
export const mayLock = (tier: Tier): boolean => ['district', 'industry', 'city'].includes(tier)

/** Roles that work with business data; administrators and women workers see none of it here. */
export const seesBusiness = (role: Role): boolean => role === 'cadre' || role === 'leader'

/** Roles for whom something may wait: leaders sign, named handlers judge, cadres all the rest. */
export const hasInbox = (role: Role): boolean => seesBusiness(role) || role === 'handler'

/** Roles that are told of what happens: women workers see their own matters on their page, programs see none. */
export const hasMessages = (role: Role): boolean => role !== 'worker' && role !== 'service'

export const recordsHref = (programme: string): string => paths.records.replace('$programme', programme)

const programmePages = (): MenuNode[] =>
  sections.map((section) => ({
    kind: 'group',
    key: section.key,
    label: section.name,
    children: section.programmes.map((p) => ({ kind: 'page', key: recordsHref(p.key), label: p.label })),
  }))

/** What is kept beside the records of a programme. */
const ledgers: MenuNode = {
  kind: 'group',
  key: 'ledgers',
  label: '台账',
  children: [
    { kind: 'page', key: paths.contracts, label: '集体合同台账' },
    { kind: 'page', key: paths.rooms, label: '关爱室台账' },
  ],
}

const home: MenuNode = { kind: 'page', key: paths.home, label: '首页', icon: 'home' }
// Whoever works here may stand in the register, and sees herself there.
const mine: MenuNode = { kind: 'page', key: paths.my, label: '我的信息', icon: 'my' }
// Whoever works here may have something to tell as well; whom it concerns never reads it.
const tell: MenuNode = { kind: 'page', key: paths.myTell, label: '说件事', icon: 'tell' }
/** Whoever stands in the register may sign up. */
const myEvents: MenuNode = { kind: 'page', key: paths.myEvents, label: '我的活动', icon: 'events' }
const silos: MenuNode = { kind: 'page', key: paths.silos, label: '专办事项', icon: 'silos' }
const seats: MenuNode = { kind: 'page', key: paths.siloSeats, label: '专办人员', icon: 'silos' }
const running: MenuNode = { kind: 'page', key: paths.running, label: '运行状态', icon: 'running' }
const system: MenuNode = { kind: 'page', key: paths.system, label: '系统状态', icon: 'system' }

/** What is left to everybody but the administrators once the platform is closed. */
export const menuOfClosed: readonly MenuNode[] = [home, mine]

/** The menu of a post: no right, no entry; two levels at most (group headings are no level). */
export function menuOf(role: Role, tier: Tier): MenuNode[] {
  const accounts: MenuNode = { kind: 'page', key: paths.accounts, label: '账号与岗位', icon: 'accounts' }
  const emergencies: MenuNode = {
    kind: 'page',
    key: paths.emergencies,
    label: '紧急查看',
    icon: 'emergencies',
  }
  const impact: MenuNode = { kind: 'page', key: paths.impact, label: '影响评估', icon: 'impact' }
  if (role === 'auditAdmin')
    return [
      home,
      { kind: 'page', key: paths.audit, label: '审计', icon: 'audit' },
      emergencies,
      impact,
      running,
      mine,
    ]
  if (role === 'systemAdmin') return [home, accounts, system, running, mine]
  if (role === 'securityAdmin') return [home, accounts, seats, emergencies, impact, running, mine]
  const inbox: MenuNode = { kind: 'page', key: paths.inbox, label: '待办', icon: 'inbox' }
  if (role === 'handler') return [home, inbox, silos, tell, mine]
  if (!seesBusiness(role)) return role === 'service' ? [home] : [home, myEvents, tell, mine]
  const cadre = role === 'cadre'
  const figures: MenuNode[] = [{ kind: 'page', key: paths.figures, label: '指标' }]
  if (isReviewing(tier)) figures.push({ kind: 'page', key: paths.board, label: '看板' })
  figures.push({ kind: 'page', key: paths.plan, label: '年度计划' })
  figures.push({ kind: 'page', key: paths.assessments, label: '考核' })
  if (isReviewing(tier)) figures.push({ kind: 'page', key: paths.releases, label: '发布台账' })
  if (cadre && mayLock(tier)) figures.push({ kind: 'page', key: paths.locks, label: '期间锁定' })
  figures.push({ kind: 'page', key: paths.summary, label: '年度总结' })
  if (isReviewing(tier)) figures.push({ kind: 'page', key: paths.statutory, label: '统计报表' })
  if (cadre && isReviewing(tier)) figures.push({ kind: 'page', key: paths.certificates, label: '证书台账' })
  if (mayLock(tier)) figures.push({ kind: 'page', key: paths.earlier, label: '历年数据' })
  if (isReviewing(tier)) figures.push({ kind: 'page', key: paths.siloCounts, label: '专办事项办结数' })
  figures.push({ kind: 'page', key: paths.proof, label: '校对报告' })
  const nodes: (MenuNode | false)[] = [
    home,
    inbox,
    cadre && { kind: 'page', key: paths.entry, label: '填报', icon: 'entry' },
    cadre && isReviewing(tier) && { kind: 'page', key: paths.review, label: '审核', icon: 'review' },
    cadre && { kind: 'page', key: paths.tasks, label: '任务', icon: 'tasks' },
    { kind: 'page', key: paths.honours, label: '评选表彰', icon: 'honours' },
    cadre && { kind: 'page', key: paths.hardship, label: '困难帮扶', icon: 'hardship' },
    cadre && { kind: 'page', key: paths.screening, label: '“两癌”筛查', icon: 'screening' },
    cadre && { kind: 'page', key: paths.events, label: '活动报名', icon: 'events' },
    cadre && { kind: 'page', key: paths.quizzes, label: '在线答题', icon: 'quizzes' },
    cadre && { kind: 'page', key: paths.courses, label: '网上课程', icon: 'courses' },
    cadre && { kind: 'page', key: paths.childcare, label: '托管班', icon: 'childcare' },
    {
      kind: 'sub',
      key: 'programmes',
      label: '项目',
      icon: 'programmes',
      children: [...programmePages(), ledgers],
    },
    { kind: 'sub', key: 'figures', label: '指标与总结', icon: 'figures', children: figures },
    { kind: 'page', key: paths.bulletins, label: '通知公告', icon: 'notices' },
    cadre && { kind: 'page', key: paths.noticeDesk, label: '公示与异议', icon: 'publicNotices' },
    cadre && { kind: 'page', key: paths.members, label: '会员', icon: 'members' },
    { kind: 'page', key: paths.orgs, label: '组织', icon: 'orgs' },
    { kind: 'page', key: paths.rules, label: '规则表', icon: 'rules' },
    tell,
    mine,
  ]
  return nodes.filter((node) => node !== false)
}

const pagesIn = (nodes: readonly MenuNode[]): string[] =>
  nodes.flatMap((node) => (node.kind === 'page' ? [node.key] : pagesIn(node.children)))

/** Sub-menus that stand open because the page lies in them. */
export const openKeys = (nodes: readonly MenuNode[], active: string): string[] =>
  nodes.flatMap((node) => (node.kind === 'sub' && pagesIn(node.children).includes(active) ? [node.key] : []))

/** The menu entry of an address: the longest page that it lies on or below. */
export function activeKey(nodes: readonly MenuNode[], pathname: string): string {
  const on = pagesIn(nodes).filter(
    (key) => pathname === key || (key !== '/' && pathname.startsWith(`${key}/`)),
  )
  return on.sort((a, b) => b.length - a.length)[0] ?? ''
}
