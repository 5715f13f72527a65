import { Button, Flex, Grid, Table, Tag } from 'antd'
import type { Certificate } from '#certificate/api.ts'
import { groupedCode } from '#certificate/code.ts'
import { findCertificate } from '#certificate/layouts.ts'
import type { Ending } from './endModal.tsx'
import { sinceWords, stateColors, stateWords } from './words.ts'

type LedgerTableProps = {
  rows: readonly Certificate[]
  chosen: readonly string[]
  onChosen: (ids: string[]) => void
  onPrint: (row: Certificate) => void
  /** Null for who may only read. */
  onEnd: ((ending: Ending) => void) | null
}

/** Certificates, one a row; those in force can be chosen for one file. */
export function LedgerTable({ rows, chosen, onChosen, onPrint, onEnd }: LedgerTableProps) {
  const wide = Grid.useBreakpoint().lg ?? true
  const acts = (row: Certificate) => <Acts row={row} onPrint={onPrint} onEnd={onEnd} />
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...rows]}
      rowSelection={{
        selectedRowKeys: [...chosen],
        onChange: (keys) => onChosen(keys.map(String)),
        preserveSelectedRowKeys: true,
        getCheckboxProps: (row) => ({ disabled: row.state !== 'valid', 'aria-label': `选择 ${row.no}` }),
      }}
      columns={
        wide
          ? [
              { title: '编号', width: 268, render: (_, row) => <Numbers row={row} /> },
              { title: '发给', width: 150, render: (_, row) => <b>{row.recipient}</b> },
              { title: '证明内容', render: (_, row) => <Words row={row} /> },
              {
                title: '发证日期',
                width: 110,
                render: (_, row) => <span className="num">{row.issuedOn}</span>,
              },
              { title: '状态', width: 150, render: (_, row) => <State row={row} /> },
              { title: '操作', width: 170, render: (_, row) => acts(row) },
            ]
          : [
              {
                title: '证书',
                render: (_, row) => (
                  <Flex vertical gap={4}>
                    <b>{row.recipient}</b>
                    <Words row={row} />
                    <Numbers row={row} />
                    <State row={row} />
                    {acts(row)}
                  </Flex>
                ),
              },
            ]
      }
    />
  )
}

const Numbers = ({ row }: { row: Certificate }) => (
  <div className="num">
    {row.no}
    <div className="certificate-code">{groupedCode(row.code)}</div>
  </div>
)

const Words = ({ row }: { row: Certificate }) => (
  <div>
    {findCertificate(row.layout)?.label}
    <div className="certificate-words" title={row.words}>
      {row.words}
    </div>
  </div>
)

function State({ row }: { row: Certificate }) {
  return (
    <div>
      <Tag color={stateColors[row.state]}>{stateWords[row.state]}</Tag>
      {row.state !== 'valid' && (
        <div className="certificate-code">
          {row.endedOn} {row.reason}
        </div>
      )}
      {row.state === 'valid' && row.since && <div className="certificate-since">{sinceWords[row.since]}</div>}
    </div>
  )
}

function Acts({ row, onPrint, onEnd }: Pick<LedgerTableProps, 'onPrint' | 'onEnd'> & { row: Certificate }) {
  if (row.state !== 'valid') return <span className="certificate-code">—</span>
  return (
    <Flex gap={4}>
      <Button size="small" type="link" onClick={() => onPrint(row)}>
        下载
      </Button>
      {onEnd && (
        <>
          <Button
            size="small"
            type="link"
            disabled={row.since === 'gone'}
            onClick={() => onEnd({ kind: 'renewal', row })}
          >
            换发
          </Button>
          <Button size="small" type="link" danger onClick={() => onEnd({ kind: 'revocation', row })}>
            撤销
          </Button>
        </>
      )}
    </Flex>
  )
}
