import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { paths } from '../paths.ts'

type BatchLinkProps = { programme: string; batch: string; children: ReactNode }

/** To all records that came in with one workbook. */
export function BatchLink({ programme, batch, children }: BatchLinkProps) {
  return (
    <Link className="batch-link" to={paths.records} params={{ programme }} search={{ batch }}>
      {children}
    </Link>
  )
}

/** Says over a list that it shows one workbook's records alone. */
export function BatchNote({ file, onClear }: { file: string | undefined; onClear: () => void }) {
  return (
    <p className="batch-note">
      只看{file === undefined ? '同一次导入' : `随《${file}》导入`}的记录
      <Button type="link" size="small" onClick={onClear}>
        看全部
      </Button>
    </p>
  )
}
