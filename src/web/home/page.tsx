import './home.css'
import { Link } from '@tanstack/react-router'
import { Button, Descriptions, Flex } from 'antd'
import type { Me } from '#identity/api.ts'
import { longDay } from '#kit/day.ts'
import { useMe } from '../api/hooks.tsx'
import { paths } from '../paths.ts'
import { seesBusiness } from '../shell/menu.ts'
import { BusinessHome, Waiting } from './business.tsx'

/** 首页, by what the post may see. */
export function HomePage() {
  const me = useMe()
  return seesBusiness(me.post.role) ? <BusinessHome me={me} /> : <OutsideHome me={me} />
}

const administrators = ['systemAdmin', 'securityAdmin', 'auditAdmin']

/** Posts without business data: a plain sentence; administrators also see on what the system runs. */
function OutsideHome({ me }: { me: Me }) {
  const administrator = administrators.includes(me.post.role)
  return (
    <section className="outside">
      <h1>{me.account.name}，您好</h1>
      <p>
        {administrator
          ? `${me.account.title}按三员分立的要求看不到业务数据，填报、审核和指标都不在您的菜单里。`
          : me.post.role === 'worker'
            ? '在这里报名活动，看工会登记了您的哪些信息、谁看过，决定同意或不同意哪些用途。'
            : me.post.role === 'handler'
              ? '这里办理交给您的专办事项和评审，看不到其他业务数据。'
              : '这里是工会干部的工作台，您的岗位在这里没有要办的事，也看不到业务数据。'}
      </p>
      {me.post.role === 'worker' && (
        <Flex gap={8} wrap>
          <Link to={paths.myEvents}>
            <Button type="primary">我的活动</Button>
          </Link>
          <Link to={paths.my}>
            <Button>我的信息</Button>
          </Link>
          <Link to={paths.myTell}>
            <Button>说件事</Button>
          </Link>
          <Link to={paths.privacy}>
            <Button>个人信息处理说明</Button>
          </Link>
        </Flex>
      )}
      {me.post.role === 'handler' && <Waiting role="handler" reviewing={false} />}
      {me.post.role === 'handler' && (
        <Link to={paths.silos}>
          <Button type="primary">专办事项</Button>
        </Link>
      )}
      {administrator && (
        <Descriptions
          bordered
          column={1}
          size="small"
          title="系统状态"
          items={[
            { key: 'engine', label: '数据库', children: me.engine.name },
            { key: 'promise', label: '数据保护', children: me.engine.promise },
            { key: 'mode', label: '运行方式', children: me.mode === 'demo' ? '演示' : '正式' },
            { key: 'today', label: '业务日期', children: longDay(me.today) },
          ]}
        />
      )}
    </section>
  )
}
