import './help.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Card, Tabs } from 'antd'
import { useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { guideOf, type Step } from './guides.ts'
import { ShortcutKeys } from './shortcutKeys.tsx'
import { Voice } from './voice.tsx'

const route = getRouteApi(paths.help)

/** 帮助: what her post does here, the keys, and the way to the city tier. */
export function HelpPage() {
  const { tab = 'guide' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHead title="帮助" sub="按您现在的岗位写的；换了岗位，说明也跟着换" />
      <Tabs
        activeKey={tab}
        onChange={(key) =>
          void navigate({ search: { tab: key === 'guide' ? undefined : (key as typeof tab) } })
        }
        items={[
          { key: 'guide', label: '使用说明', children: <GuideOfPost /> },
          {
            key: 'keys',
            label: '快捷键',
            children: (
              <Card size="small">
                <ShortcutKeys />
              </Card>
            ),
          },
          { key: 'voice', label: '投诉建议', children: <Voice /> },
        ]}
      />
    </>
  )
}

function GuideOfPost() {
  const { post } = useMe()
  const { name, about, steps } = guideOf(post.role, post.org.tier)
  return (
    <Card size="small" title={name}>
      <p className="guide-about">{about}</p>
      <ol className="guide">
        {steps.map((step) => (
          <li key={step.title}>
            <StepView step={step} />
          </li>
        ))}
      </ol>
    </Card>
  )
}

function StepView({ step: { title, text, to } }: { step: Step }) {
  const [path = '', query = ''] = (to ?? '').split('?')
  return (
    <>
      <b>{title}</b>
      <p>{text}</p>
      {to && (
        <Link to={path} search={Object.fromEntries(new URLSearchParams(query)) as never}>
          去这一页
        </Link>
      )}
    </>
  )
}
