import { Alert, Button, Empty, Flex, Skeleton, Typography } from 'antd'
import type { ReactNode } from 'react'
import { toProblem } from '../api/problem.ts'

type FailureProps = { error: unknown; retry?: () => void; title?: string }

/** What went wrong in plain words, the number to quote, and 重试 unless what is asked for is gone for good. */
export function Failure({ error, retry, title }: FailureProps) {
  const { body, status } = toProblem(error)
  return (
    <Alert
      type="error"
      showIcon
      title={title ?? body.message}
      description={
        <Flex gap={8} align="center" wrap>
          {title && <span>{body.message}</span>}
          <Typography.Text type="secondary">
            错误编号 {body.code}
            {body.reqId ? ` · ${body.reqId}` : ''}
          </Typography.Text>
          {retry && status !== 410 && (
            <Button size="small" onClick={retry}>
              重试
            </Button>
          )}
        </Flex>
      }
    />
  )
}

type BlankProps = { why: string; children?: ReactNode }

/** Nothing here: says why, and offers the next act as children. */
export function Blank({ why, children }: BlankProps) {
  return (
    <Empty className="blank" image={Empty.PRESENTED_IMAGE_SIMPLE} description={why}>
      {children}
    </Empty>
  )
}

type LoadedProps<T> = {
  query: { data: T | undefined; error: unknown; refetch: () => unknown }
  rows?: number
  children: (data: T) => ReactNode
}

/** Skeleton, then failure with 重试, then the content; old content stays while new comes. */
export function Loaded<T>({ query, rows = 6, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows }} className="waiting" />
}
