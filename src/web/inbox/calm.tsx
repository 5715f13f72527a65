import { Link } from '@tanstack/react-router'
import { Button, Flex } from 'antd'
import { Logo } from '../shell/logo.tsx'
import { paths } from '../paths.ts'

/** A day on which nothing is asked: says so, and what she may do if she likes. */
export function Calm({ words }: { words: string }) {
  return (
    <div className="inbox-calm">
      <Logo size={72} />
      <h2>{words}</h2>
      <p>上级下达的任务、退回的记录都会出现在这里；系统里已有的内容，不会再请您填。</p>
      <Flex gap={8} justify="center" wrap>
        <Link to={paths.entry}>
          <Button>记一条工作</Button>
        </Link>
        <Link to={paths.figures}>
          <Button type="text">看看本单位的数字</Button>
        </Link>
      </Flex>
    </div>
  )
}
