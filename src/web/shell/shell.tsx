import { MenuOutlined } from '@ant-design/icons'
import { Link, useRouterState } from '@tanstack/react-router'
import { Button, Drawer, Layout } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Me } from '#identity/api.ts'
import { longDay } from '#kit/day.ts'
import { paths } from '../paths.ts'
import { UnsentBar } from '../record/unsentBar.tsx'
import { WitnessBar } from '../audit/witnessBar.tsx'
import { RunningBar } from '../running/bar.tsx'
import { isShut } from '../running/shut.ts'
import { BehalfBar } from './behalfBar.tsx'
import { useFontScale } from './fontSize.tsx'
import { Logo } from './logo.tsx'
import { SideMenu } from './sideMenu.tsx'
import { ShortcutWindow } from '../help/shortcutKeys.tsx'
import { UserBar } from './userBar.tsx'

/** Header in the brand colour, menu at the left (in a drawer on a phone), promise of the engine at the foot. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const scale = useFontScale()
  // The drawer belongs to the page that it was opened on: going on closes it.
  const [openOn, setOpenOn] = useState<string | null>(null)
  return (
    <Layout className="shell">
      <ShortcutWindow />
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Layout.Header className="shell-header">
        <Button
          className="shell-burger"
          type="text"
          icon={<MenuOutlined />}
          aria-label="打开菜单"
          onClick={() => setOpenOn(pathname)}
        />
        <span className="shell-brand">
          <Logo />
          <b>巾帼</b>
          <span className="shell-name">女职工工作平台</span>
        </span>
        <UserBar me={me} />
      </Layout.Header>
      {me.mode === 'demo' && (
        <div className="shell-demo" role="note">
          <b>演示数据</b>
          <span>{`人物均为虚构，今天按${longDay(me.today)}计`}</span>
        </div>
      )}
      <BehalfBar me={me} />
      <RunningBar running={me.running} />
      <Layout className="shell-body">
        <Layout.Sider className="shell-sider" width={Math.round(208 * scale)}>
          <SideMenu me={me} pathname={pathname} />
        </Layout.Sider>
        <Drawer
          className="shell-drawer"
          placement="left"
          size={260}
          open={openOn === pathname}
          onClose={() => setOpenOn(null)}
          title="菜单"
        >
          <SideMenu me={me} pathname={pathname} />
        </Drawer>
        <Layout.Content className="shell-content">
          <div id="main" className="shell-main">
            {me.post.role !== 'worker' && !isShut(me) && <WitnessBar me={me} />}
            {me.post.role === 'cadre' && !isShut(me) && <UnsentBar me={me} />}
            {children}
          </div>
          <footer className="shell-footer">
            <span>{me.engine.promise}</span>
            <span>
              {me.filing && <span className="filing">{me.filing}</span>}
              <Link to={paths.conformity}>合规说明</Link>
            </span>
          </footer>
        </Layout.Content>
      </Layout>
    </Layout>
  )
}
