import { Button, Card, Flex, Select } from 'antd'
import { useState } from 'react'
import { intakeDone, type IntakeDetail, type IntakeSheet } from '#intake/api.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'

type MappingCardProps = { page: IntakeDetail; sheet: IntakeSheet }

/** Which column of the file is which of ours; open by itself where something is missing. */
export function MappingCard({ page, sheet }: MappingCardProps) {
  const [open, setOpen] = useState(sheet.missing.length > 0)
  const [mapping, setMapping] = useState(sheet.mapping)
  const save = useAct((wanted: (string | null)[], key) =>
    call(api.intakeMapping(page.id), intakeDone, {
      method: 'PUT',
      body: { version: page.version, sheet: sheet.key, mapping: wanted },
      key,
    }),
  )
  const named = sheet.mapping.filter((key) => key !== null).length
  const isChanged = mapping.some((key, n) => key !== sheet.mapping[n])
  const label = (key: string) => sheet.columns.find((c) => c.key === key)?.label ?? key
  const mayEdit = page.state === 'open'
  return (
    <Card
      size="small"
      title="栏目对应"
      extra={
        <Button type="link" size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? '收起' : '查看'}
        </Button>
      }
    >
      {!open && (
        <span className="page-sub">
          文件的 {sheet.headings.length} 列里对上了 {named} 列
          {sheet.headings.length > named &&
            `；没有用到：${sheet.headings.filter((_, n) => sheet.mapping[n] === null).join('、')}`}
        </span>
      )}
      {open && (
        <>
          <div className="intake-mapping">
            {sheet.headings.map((heading, n) => (
              // oxlint-disable-next-line react/no-array-index-key -- a column is its place in the file
              <label key={n}>
                <span title={heading}>{heading || '（空标题）'}</span>
                <Select
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  disabled={!mayEdit}
                  placeholder="不导入"
                  value={mapping[n]}
                  onChange={(key?: string) =>
                    setMapping(mapping.map((old, m) => (m === n ? (key ?? null) : old === key ? null : old)))
                  }
                  options={sheet.columns.map((c) => ({
                    value: c.key,
                    label: c.required ? `${c.label}＊` : c.label,
                  }))}
                />
              </label>
            ))}
          </div>
          {sheet.missing.length > 0 && <p className="intake-missing">还缺：{sheet.missing.join('、')}</p>}
          {mayEdit && (
            <Flex gap={8} align="center" wrap>
              <Button
                type="primary"
                disabled={!isChanged}
                loading={save.busy}
                onClick={() => save.run(mapping)}
              >
                按这样对应，重新核对
              </Button>
              {isChanged && <Button onClick={() => setMapping(sheet.mapping)}>还原</Button>}
              <span className="page-sub">
                {mapping.filter((key) => key !== null).map((key) => label(key)).length} 栏已对应
              </span>
            </Flex>
          )}
          {save.error && <Failure error={save.error} />}
        </>
      )}
    </Card>
  )
}
