import { Button, Flex } from 'antd'

type KeyPagerProps = {
  /** Keys after which the pages gone through begin; the first page has none. */
  keys: readonly string[]
  onKeys: (keys: string[]) => void
  /** Key after which the next page begins; null on the last one, and while a page is on its way. */
  next: string | null
}

/** Back and on through pages that are found by key; nothing where one page holds all. */
export function KeyPager({ keys, onKeys, next }: KeyPagerProps) {
  if (keys.length === 0 && next === null) return null
  return (
    <Flex justify="end" align="center" gap={8} className="key-pager">
      <Button size="small" disabled={keys.length === 0} onClick={() => onKeys(keys.slice(0, -1))}>
        上一页
      </Button>
      <span className="num">第 {keys.length + 1} 页</span>
      <Button size="small" disabled={next === null} onClick={() => next !== null && onKeys([...keys, next])}>
        下一页
      </Button>
    </Flex>
  )
}
