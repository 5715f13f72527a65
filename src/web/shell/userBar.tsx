import { DownOutlined, EnvironmentOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Dropdown, Tooltip, type MenuProps } from 'antd'
import { v4 as uuid } from 'uuid'
import { roleLabels, type Me } from '#identity/api.ts'
import { tierLabels } from '#org/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { api, paths } from '../paths.ts'
import { useBehalf } from './behalfBar.tsx'
import { fontSizes, type FontSize } from '../theme.tsx'
import { Bell } from '../notify/bell.tsx'
import { isShut } from '../running/shut.ts'
import { useFontSize } from './fontSize.tsx'
import { hasMessages, seesBusiness } from './menu.ts'
import { useLeave } from './useLeave.tsx'

/** Scope, 字号, and who acts in which post. Another post starts anew: nothing of the old one stays on the page. */
export function UserBar({ me }: { me: Me }) {
  const { message } = App.useApp()
  const [size, setSize] = useFontSize()
  const leave = useLeave(me)
  const navigate = useNavigate()
  const shut = isShut(me)
  const post = useMutation({
    mutationFn: (postId: string) =>
      call(api.sessionPost, anything, { method: 'POST', body: { postId }, key: uuid() }),
    onSuccess: () => window.location.assign(paths.home),
    onError: (error) => void message.error(toProblem(error).message),
  })
  const behalf = useBehalf()
  const sizes: MenuProps = {
    selectedKeys: [size],
    items: (Object.keys(fontSizes) as FontSize[]).map((key) => ({ key, label: `${key}字号` })),
    onClick: ({ key }) => setSize(key as FontSize),
  }
  const person: MenuProps = {
    selectedKeys: [me.post.id],
    items: [
      ...(me.posts.length > 1
        ? [
            {
              key: 'posts',
              type: 'group' as const,
              label: '换个岗位',
              children: me.posts.map((p) => ({
                key: p.id,
                label: `${p.org.shortName} · ${roleLabels[p.role]}`,
                disabled: p.id === me.post.id,
              })),
            },
            { key: 'line', type: 'divider' as const },
          ]
        : []),
      ...(me.post.role === 'cadre' && !shut ? [{ key: 'myYear', label: '我的年度工作' }] : []),
      ...(seesBusiness(me.post.role) && !shut ? [{ key: 'downloads', label: '下载中心' }] : []),
      ...(me.mayActFor.length > 0 && me.running.mode === 'open'
        ? [
            {
              key: 'behalf',
              type: 'group' as const,
              label: '代同事办理',
              children: [
                ...me.mayActFor.map(({ id, name, untilOn }) => ({
                  key: `behalf ${id}`,
                  label: `代 ${name}（至 ${untilOn}）`,
                  disabled: me.behalf === name,
                })),
                ...(me.behalf === null ? [] : [{ key: 'behalf ', label: '回到自己的名义' }]),
              ],
            },
            { key: 'line2', type: 'divider' as const },
          ]
        : []),
      { key: 'account', label: '账号安全' },
      { key: 'leave', label: me.mode === 'demo' ? '退出，换个人看看' : '退出登录' },
    ],
    onClick: ({ key }) => {
      if (key === 'leave') return void leave()
      if (key === 'myYear') return void navigate({ to: paths.myYear })
      if (key === 'downloads') return void navigate({ to: paths.downloads })
      if (key.startsWith('behalf ')) return behalf.mutate(key.slice('behalf '.length) || null)
      if (key === 'account') return void navigate({ to: paths.account })
      post.mutate(key)
    },
  }
  return (
    <div className="user-bar">
      <Tooltip title={`${me.post.org.name}（${tierLabels[me.post.org.tier]}）及以下`}>
        <span className="scope-chip">
          <EnvironmentOutlined /> {me.post.org.shortName}
        </span>
      </Tooltip>
      {hasMessages(me.post.role) && me.running.mode !== 'closed' && <Bell />}
      {!shut && (
        <Link to={paths.help} search={{}} className="help-link" aria-label="帮助" title="帮助">
          <QuestionCircleOutlined />
        </Link>
      )}
      <Dropdown menu={sizes} trigger={['click']}>
        <Button type="text" className="on-brand" aria-label={`字号，现为${size}`}>
          字号
        </Button>
      </Dropdown>
      <Dropdown menu={person} trigger={['click']}>
        <Button type="text" className="on-brand" loading={post.isPending}>
          <span className="user-name">{me.account.name}</span>
          <DownOutlined />
        </Button>
      </Dropdown>
    </div>
  )
}
