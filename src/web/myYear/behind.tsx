import { Link } from '@tanstack/react-router'
import { Drawer, Table } from 'antd'
import { useState } from 'react'
import { myYearRecords, type Whose } from '#figures/myYear/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { useApi } from '../api/hooks.tsx'
import { findLine } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { StateTag } from '../kit/stateTag.tsx'
import { Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { myYearApi, type MyYearSearch } from './addresses.ts'
import { deedWords } from './words.ts'

type Asked = MyYearSearch & { year: string; whose: Whose }
type BehindDrawerProps = { asked: Asked; onClose: () => void }

/** The records behind one number. */
export function BehindDrawer({ asked, onClose }: BehindDrawerProps) {
  const { programme, deed, indicator } = asked
  const line = indicator ? findLine(indicator) : null
  const label = programme ? (findProgramme(programme)?.label ?? '') : ''
  const isOpen = programme !== undefined && (deed !== undefined || indicator !== undefined)
  return (
    <Drawer
      open={isOpen}
      size={640}
      title={`${asked.year}年 ${label} · ${line?.indicator.label ?? (deed ? deedWords[deed] : '')}`}
      onClose={onClose}
    >
      {isOpen && <Records key={JSON.stringify(asked)} asked={asked} />}
    </Drawer>
  )
}

function Records({ asked }: { asked: Asked }) {
  const [keys, setKeys] = useState<string[]>([])
  const query = useApi(withQuery(myYearApi.records, { ...asked, after: keys.at(-1) }), myYearRecords, {
    keep: true,
  })
  const line = asked.indicator ? findLine(asked.indicator) : null
  return (
    <Loaded query={query} rows={8}>
      {(data) => (
        <>
          <Table
            size="small"
            className="num"
            rowKey="id"
            pagination={false}
            loading={query.isPlaceholderData}
            dataSource={data.rows}
            locale={{ emptyText: '没有记录' }}
            columns={[
              {
                title: '名称',
                render: (_, row) => (
                  <>
                    <Link to={paths.records} params={{ programme: row.programme }} search={{ id: row.id }}>
                      {row.title}
                    </Link>
                    <div className="page-sub">
                      {row.org.shortName} · {row.endsOn}
                    </div>
                  </>
                ),
              },
              line
                ? {
                    title: line.indicator.unit,
                    width: 110,
                    align: 'right' as const,
                    render: (_, row) => formatValue(row.value, line.indicator.kind),
                  }
                : { title: '状态', width: 110, render: (_, row) => <StateTag state={row.state} /> },
            ]}
          />
          <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : data.next} />
        </>
      )}
    </Loaded>
  )
}
