import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'

type PageHeadProps = { title: ReactNode; sub?: ReactNode; extra?: ReactNode }

/** Title of a page, one line of what it is about, its buttons at the right. */
export function PageHead({ title, sub, extra }: PageHeadProps) {
  return (
    <Flex className="page-head" align="center" justify="space-between" gap={12} wrap>
      <div>
        <Typography.Title level={1}>{title}</Typography.Title>
        {sub && <div className="page-sub">{sub}</div>}
      </div>
      {extra && (
        <Flex gap={8} align="center" wrap>
          {extra}
        </Flex>
      )}
    </Flex>
  )
}
