import './hardship.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import { fileList, watches, watchWords, type FileLine, type FileList } from '#hardship/api.ts'
import { dutyWords, fileStates, fileStateWords } from '#hardship/states.ts'
import { noticeStateWords } from '#publicNotice/state.ts'
import { useApi } from '../api/hooks.tsx'
import { ExportDialog } from '../export/exportDialog.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { hardshipApi, type DeskSearch } from './addresses.ts'
import { bulkOf, BulkBar } from './bulkBar.tsx'
import { fileColors } from './colors.ts'
import { InquiriesCard } from './inquiriesCard.tsx'

const route = getRouteApi(paths.hardship)

/** 困难帮扶: files of the reader's unit or aid centre, what waits and what must not be overlooked. */
export function HardshipPage() {
  const search = route.useSearch()
  const { stage, ...rest } = search
  const query = useApi(hardshipApi.list({ state: stage, ...rest }), fileList, { keep: true })
  return (
    <>
      <PageHead
        title="困难帮扶"
        sub="先建档、后帮扶：申请、单位核对、入户、核对收入、公示、建档、帮扶、年度复核；家庭情况加密，只有指定的经办人能打开"
        extra={query.data && <HeadButtons desk={query.data} />}
      />
      <Loaded query={query}>
        {(desk) =>
          desk.duties.length === 0 ? (
            <section className="hardship-card">
              <Blank
                why={
                  desk.mayName
                    ? '您还不是困难帮扶经办人。经办人由本级另一位同志指定；您可以为本级和所属单位指定经办人'
                    : '您还不是困难帮扶经办人，看不到档案。请联系区县、产业或市总工会的帮扶中心指定'
                }
              />
            </section>
          ) : (
            <Desk key={`${search.stage}`} desk={desk} search={search} />
          )
        }
      </Loaded>
    </>
  )
}

const HeadButtons = ({ desk }: { desk: FileList }) => {
  const [sending, setSending] = useState(false)
  return (
    <>
      {desk.mayName && (
        <Link to={paths.hardshipHandlers}>
          <Button>经办人</Button>
        </Link>
      )}
      {desk.duties.length > 0 && (
        <Link to={paths.hardshipAids}>
          <Button>帮扶台账</Button>
        </Link>
      )}
      {desk.isCentre && desk.duties.includes('approve') && (
        <Button onClick={() => setSending(true)}>报送全国系统</Button>
      )}
      {desk.duties.includes('enter') && (
        <Link to={paths.hardshipForm}>
          <Button type="primary">登记申请</Button>
        </Link>
      )}
      {sending && (
        <ExportDialog
          what="困难职工档案（报送全国帮扶系统）"
          ask={{ kind: 'hardship' }}
          mayFull={false}
          onClose={() => setSending(false)}
        />
      )}
    </>
  )
}

function Desk({ desk, search }: { desk: FileList; search: DeskSearch }) {
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState<string[]>([])
  const bulk = bulkOf(desk, search.stage)
  const ask = (change: Partial<DeskSearch>) => {
    setChosen([])
    void navigate({ search: { ...search, ...change } })
  }
  const all = Object.values(desk.counts).reduce((sum, n) => sum + n, 0)
  return (
    <>
      <section className="hardship-card">
        <div className="hardship-bar">
          <Input.Search
            aria-label="按姓名或档案编号查找"
            className="hardship-search"
            placeholder="姓名、拼音或档案编号"
            allowClear
            defaultValue={search.q ?? ''}
            onSearch={(q) => ask({ q: q.trim() || undefined })}
          />
          <Select<DeskSearch['stage'] | ''>
            aria-label="状态"
            style={{ width: 190 }}
            value={search.stage ?? ''}
            onChange={(value) => ask({ stage: value || undefined })}
            options={[
              { value: '', label: `全部状态（${all}）` },
              ...fileStates
                .filter((state) => desk.counts[state])
                .map((state) => ({
                  value: state,
                  label: `${fileStateWords[state]}（${desk.counts[state]}）`,
                })),
            ]}
          />
          {watches
            .filter((watch) => desk.watched[watch] || search.watch === watch)
            .map((watch) => (
              <Button
                key={watch}
                type={search.watch === watch ? 'primary' : 'default'}
                aria-pressed={search.watch === watch}
                onClick={() => ask({ watch: search.watch === watch ? undefined : watch })}
              >
                {`${watchWords[watch]}（${desk.watched[watch] ?? 0}）`}
              </Button>
            ))}
          {bulk && <BulkBar bulk={bulk} chosen={chosen} onDone={() => setChosen([])} />}
        </div>
        {desk.rows.length === 0 ? (
          <Blank why={all === 0 ? '还没有困难帮扶申请' : '没有符合条件的档案'} />
        ) : (
          <Files desk={desk} {...(bulk ? { chosen, onChosen: setChosen } : {})} />
        )}
        <p className="hardship-aside">
          {`您在本单位指定的分工：${desk.duties.map((duty) => dutyWords[duty]).join('、')}`}
          {desk.more && '；只列出最近 200 户，请用查找缩小范围'}
        </p>
      </section>
      {desk.isCentre && desk.duties.includes('check') && <InquiriesCard />}
    </>
  )
}

type FilesProps = { desk: FileList; chosen?: string[]; onChosen?: (ids: string[]) => void }

const Files = ({ desk, chosen, onChosen }: FilesProps) => (
  <Table<FileLine>
    size="small"
    rowKey="id"
    scroll={{ x: 'max-content' }}
    pagination={desk.rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
    dataSource={desk.rows}
    {...(chosen && onChosen
      ? {
          rowSelection: {
            selectedRowKeys: chosen,
            onChange: (keys: React.Key[]) => onChosen(keys.map(String)),
            getCheckboxProps: (row: FileLine) => ({
              disabled: row.state === 'noticed' && row.notice !== 'passed',
              'aria-label': `选择 ${row.name}`,
            }),
          },
        }
      : {})}
    columns={[
      {
        title: '姓名',
        render: (_, row) => (
          <Link to={paths.hardshipFile} params={{ id: row.id }}>
            {row.name}
          </Link>
        ),
      },
      { title: '单位', render: (_, row) => row.org.shortName },
      {
        title: '状态',
        render: (_, row) => (
          <>
            <Tag color={fileColors[row.state]}>{fileStateWords[row.state]}</Tag>{' '}
            {row.notice && row.notice !== 'open' && (
              <span className="hardship-aside">{noticeStateWords[row.notice]}</span>
            )}
          </>
        ),
      },
      { title: '档案编号', render: (_, row) => <span className="num">{row.no ?? '—'}</span> },
      { title: '申请', render: (_, row) => <span className="num">{row.appliedOn}</span> },
      {
        title: '应复核',
        render: (_, row) => <span className="num">{row.recheckBy ?? '—'}</span>,
      },
      { title: '帮扶次数', align: 'right', render: (_, row) => <span className="num">{row.aids}</span> },
    ]}
  />
)
