import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  FileProtectOutlined,
  FormOutlined,
  DashboardOutlined,
  FundOutlined,
  HomeOutlined,
  IdcardOutlined,
  LockOutlined,
  MessageOutlined,
  CalendarOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  ControlOutlined,
  PoweroffOutlined,
  InboxOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SolutionOutlined,
  TeamOutlined,
  MedicineBoxOutlined,
  SmileOutlined,
  NotificationOutlined,
  SoundOutlined,
  HeartOutlined,
  TrophyOutlined,
} from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Menu, type MenuProps } from 'antd'
import { inbox } from '#record/api.ts'
import type { Me } from '#identity/api.ts'
import { useApi } from '../api/hooks.tsx'
import { api, paths } from '../paths.ts'
import { asking } from '../inbox/boxes.ts'
import { isShut } from '../running/shut.ts'
import {
  activeKey,
  hasInbox,
  isReviewing,
  menuOf,
  menuOfClosed,
  openKeys,
  type IconName,
  type MenuNode,
} from './menu.ts'

const icons: Record<IconName, React.ReactNode> = {
  notices: <NotificationOutlined />,
  publicNotices: <SoundOutlined />,
  honours: <TrophyOutlined />,
  hardship: <HeartOutlined />,
  screening: <MedicineBoxOutlined />,
  childcare: <SmileOutlined />,
  events: <CalendarOutlined />,
  quizzes: <QuestionCircleOutlined />,
  courses: <ReadOutlined />,
  home: <HomeOutlined />,
  inbox: <InboxOutlined />,
  entry: <FormOutlined />,
  review: <AuditOutlined />,
  tasks: <ScheduleOutlined />,
  programmes: <ProfileOutlined />,
  figures: <FundOutlined />,
  orgs: <ApartmentOutlined />,
  audit: <SafetyCertificateOutlined />,
  emergencies: <AlertOutlined />,
  impact: <FileProtectOutlined />,
  accounts: <TeamOutlined />,
  rules: <ControlOutlined />,
  running: <PoweroffOutlined />,
  system: <DashboardOutlined />,
  members: <SolutionOutlined />,
  my: <IdcardOutlined />,
  silos: <LockOutlined />,
  tell: <MessageOutlined />,
}

type Item = NonNullable<MenuProps['items']>[number]

const itemOf = (node: MenuNode, badges: Record<string, number | string>): Item => {
  if (node.kind === 'page') {
    const badge = badges[node.key]
    const label = (
      <Link to={node.key}>
        {node.label}
        {badge ? <Badge count={badge} size="small" className="menu-badge" overflowCount={999} /> : null}
      </Link>
    )
    return { key: node.key, label, icon: node.icon && icons[node.icon] }
  }
  const children = node.children.map((child) => itemOf(child, badges))
  return node.kind === 'sub'
    ? { key: node.key, label: node.label, icon: icons[node.icon], children }
    : { key: node.key, label: node.label, type: 'group', children }
}

/** The menu of the post; beside 待办 and 审核 stands how much waits for her. */
export function SideMenu({ me, pathname }: { me: Me; pathname: string }) {
  const shut = isShut(me)
  const { data } = useApi(api.inbox, inbox, { enabled: hasInbox(me.post.role) && !shut, staleTime: 30_000 })
  const count = (name: string): number => data?.counts[name] ?? 0
  const queue = count('queue')
  const nodes = shut ? menuOfClosed : menuOf(me.post.role, me.post.org.tier)
  // What stands beside 审核 is not counted twice.
  const asked = count('returned') + count('fill') + count('review')
  const active = activeKey(nodes, pathname)
  const badges: Record<string, number> = isReviewing(me.post.org.tier)
    ? { [paths.review]: queue, [paths.inbox]: asked - queue }
    : { [paths.inbox]: asked }
  const known: Record<string, number | string> = data?.atLeast.some((box) => asking.includes(box))
    ? { ...badges, [paths.inbox]: `${badges[paths.inbox]}+` }
    : badges
  return (
    <nav aria-label="主菜单">
      <Menu
        mode="inline"
        className="side-menu"
        selectedKeys={[active]}
        defaultOpenKeys={['figures', ...openKeys(nodes, active)]}
        items={nodes.map((node) => itemOf(node, known))}
      />
    </nav>
  )
}
