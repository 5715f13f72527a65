import './home.css'
import { seesBusiness } from '../shell/menu.ts'
import { useMe } from '../api/hooks.tsx'
import { BusinessHome } from './business.tsx'

/** 首页, by what the post may see. */
export function HomePage() {
  const me = useMe()
  return seesBusiness(me.post.role) ? <BusinessHome me={me} /> : <OutsideHome role={me.post.role} />
}

const sentences: Record<string, string> = {
  worker: '这里是干部的工作台。女职工的服务、报名和自己的资料不在这里办理，您看不到业务数据。',
  systemAdmin: '您管账号和组织，按三员分立的要求，看不到业务数据。',
  securityAdmin: '您管权限策略，按三员分立的要求，看不到业务数据。',
  auditAdmin: '您查审计日志，按三员分立的要求，看不到业务数据。',
}

function OutsideHome({ role }: { role: string }) {
  return (
    <section className="outside">
      <h1>这个岗位没有业务数据</h1>
      <p>{sentences[role] ?? '您的岗位只办理指派给您的事项，现在没有指派。'}</p>
    </section>
  )
}
