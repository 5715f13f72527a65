import { Outlet, useRouterState } from '@tanstack/react-router'
import { Go } from './kit/link.tsx'
import { Icon, type IconName } from './kit/icons.tsx'
import { paths } from './paths.ts'

const tabs: readonly [IconName, string, string, RegExp][] = [
  ['home', '首页', paths.home, /^\/(rooms.*)?$/],
  [
    'services',
    '服务',
    paths.services,
    /^\/(services|match|childcare|hardship|honours|policy|suggest|joining)/,
  ],
  ['events', '活动', paths.events, /^\/(events|quizzes|attempts|courses)/],
  ['mine', '我的', paths.mine, /^\/(mine|sign-in)/],
]

/** Every page: itself, and the four tabs below. */
export function Frame() {
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <>
      <main className="frame">
        <Outlet />
      </main>
      <nav className="tabs" aria-label="主要页面">
        <ul>
          {tabs.map(([icon, label, to, here]) => (
            <li key={to}>
              <Go to={to} data-here={here.test(pathname) ? 'yes' : undefined}>
                <Icon name={icon} />
                {label}
              </Go>
            </li>
          ))}
        </ul>
      </nav>
    </>
  )
}
