import { Tag } from 'antd'

/** 补报: counted in the live value, not in the one that was published at the lock. */
export function AfterLockTag() {
  return (
    <Tag color="purple" title="期间锁定以后才计入：计入现值，不改锁定值">
      补报
    </Tag>
  )
}
