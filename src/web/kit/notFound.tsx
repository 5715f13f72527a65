import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { paths } from '../paths.ts'
import { Blank } from './states.tsx'

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Blank why="没有这个页面，可能地址有误或已经调整">
      <Link to={paths.home}>
        <Button type="primary">回到首页</Button>
      </Link>
    </Blank>
  )
}
