import { DownOutlined, ExportOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { Asked } from '#export/api.ts'
import { ExportDialog } from './exportDialog.tsx'

/** One way of exporting what a page shows; without `ask` it is grey and `why` says what is missing. */
export type ExportChoice = { key: string; label: string; ask: Asked | null; why?: string; mayFull?: boolean }

/** 导出: what the page shows, the whole query, what was chosen. */
export function ExportButton({ choices }: { choices: readonly ExportChoice[] }) {
  const [open, setOpen] = useState<ExportChoice | null>(null)
  const [only] = choices
  return (
    <>
      {choices.length === 1 && only ? (
        <Button icon={<ExportOutlined />} onClick={() => setOpen(only)}>
          导出
        </Button>
      ) : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: choices.map(({ key, label, ask, why }) => ({
              key,
              label,
              disabled: ask === null,
              ...(why && ask === null ? { title: why } : {}),
            })),
            onClick: ({ key }) => setOpen(choices.find((c) => c.key === key) ?? null),
          }}
        >
          <Button icon={<ExportOutlined />}>
            导出 <DownOutlined />
          </Button>
        </Dropdown>
      )}
      {open?.ask && (
        <ExportDialog
          what={open.label}
          ask={open.ask}
          mayFull={open.mayFull ?? false}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}
