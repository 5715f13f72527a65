import './running.css'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { longDay } from '#kit/day.ts'
import type { Change } from '#running/modes.ts'
import { paths } from '../paths.ts'

/** What is left of a platform that was closed: where the data went, the new address, whom to ask. */
export function ClosedNotice({ change, isSignedIn }: { change: Change; isSignedIn: boolean }) {
  return (
    <section className="running-closed">
      {isSignedIn ? <h1>平台已停止服务</h1> : <h2>平台已停止服务</h2>}
      <p>
        {isSignedIn
          ? '填报、审核和查询都已停止。登记在您名下的个人信息，您还可以查看、导出和申请删除。'
          : '填报、审核和查询都已停止。仍可登录查看、导出登记在您本人名下的信息；管理员照常登录。'}
      </p>
      <dl>
        <dt>停止日期</dt>
        <dd>{longDay(change.fromOn)}</dd>
        <dt>原因</dt>
        <dd>{change.reason}</dd>
        <dt>数据去向</dt>
        <dd>{change.whither}</dd>
        {change.successor !== '' && (
          <>
            <dt>新平台</dt>
            <dd>
              <a href={change.successor}>{change.successor}</a>
            </dd>
          </>
        )}
        <dt>联系</dt>
        <dd>{change.contact}</dd>
      </dl>
      {isSignedIn && (
        <Link to={paths.my}>
          <Button type="primary">我的信息</Button>
        </Link>
      )}
    </section>
  )
}
