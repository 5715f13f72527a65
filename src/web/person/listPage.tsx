import '../record/list.css'
import './person.css'
import { PlusOutlined } from '@ant-design/icons'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Badge, Button, Flex, Grid, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { mostChosen } from '#export/api.ts'
import { personList, requestList, type PersonLine, type PersonList } from '#person/api.ts'
import { lacks, lackWords } from '#person/lacks.ts'
import { standingKinds } from '#person/form.ts'
import { workerGroups } from '#kit/workerGroups.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { ExportButton, type ExportChoice } from '../export/exportButton.tsx'
import { countText } from '../format.ts'
import { OrgTree } from '../org/orgTree.tsx'
import { KeyPager } from '../kit/keyPager.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { withQuery } from '../urlState.ts'
import { personApi, type MemberSearch } from './addresses.ts'
import { MemberDrawer } from './drawer.tsx'

const route = getRouteApi(paths.members)

/** 会员: the persons of her scope by name; numbers and phones are masked, the drawer tells more. */
export function MembersPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { post } = useMe()
  const wide = Grid.useBreakpoint().xl ?? true
  const [keys, setKeys] = useState<string[]>([])
  const withTree = isReviewing(post.org.tier)
  const { id, ...filter } = search
  const query = useApi(withQuery(personApi.list, { ...filter, after: keys.at(-1) }), personList, {
    keep: true,
  })
  // What was marked stays marked from page to page of one query, and no longer.
  const asked = JSON.stringify(filter)
  const [marks, setMarks] = useState<{ asked: string; ids: string[] }>({ asked, ids: [] })
  const chosen = marks.asked === asked ? marks.ids : []
  const waiting = useApi(personApi.open, requestList, { staleTime: 30_000 })
  const count = waiting.data?.filter((r) => r.mayNot === null).length ?? 0
  const ask = (change: Partial<MemberSearch>) => {
    setKeys([])
    void navigate({ search: { ...search, id: undefined, ...change } })
  }
  return (
    <div className={withTree && wide ? 'list-page with-tree' : 'list-page'}>
      {withTree && wide && (
        <aside className="list-tree" aria-label="单位">
          <OrgTree
            selected={Number(search.org ?? post.org.id)}
            onSelect={(org) => ask({ org: org === post.org.id ? undefined : String(org) })}
          />
        </aside>
      )}
      <div className="list-main">
        <PageHead
          title="会员"
          sub="女会员、女职工的实名登记；证件号码和手机号码加密保存，每次查看都记下来给她本人看"
          extra={
            <>
              <Link to={paths.memberMovement} search={{}}>
                <Button>变动和质量</Button>
              </Link>
              <Link to={paths.emergencies}>
                <Button>紧急查看台账</Button>
              </Link>
              <Link to={paths.memberRequests}>
                <Badge count={count} size="small">
                  <Button>会员事项</Button>
                </Badge>
              </Link>
              <ExportButton
                choices={exportsOf(
                  { ...filter, org: filter.org ?? String(post.org.id) },
                  Number(filter.org ?? post.org.id) === post.org.id,
                  query.data,
                  chosen,
                )}
              />
              <Link to={paths.imports} params={{ target: 'person' }} search={{}}>
                <Button>从表格导入</Button>
              </Link>
              <Link to={paths.memberForm} search={{}}>
                <Button type="primary" icon={<PlusOutlined />}>
                  登记
                </Button>
              </Link>
            </>
          }
        />
        <Filters search={search} onChange={ask} />
        <Loaded query={query} rows={12}>
          {(list) => (
            <section className="list-card">
              <MemberTable
                rows={list.rows}
                withOrg={withTree}
                openId={id}
                onOpen={(open) => void navigate({ search: { ...search, id: open } })}
                loading={query.isPlaceholderData}
                chosen={chosen}
                onChoose={(ids) => setMarks({ asked, ids })}
                empty={
                  <Nobody
                    filtered={Object.values(filter).some(Boolean)}
                    onReset={() => void navigate({ search: {} })}
                  />
                }
              />
              <Flex className="list-foot" justify="space-between" align="center" wrap gap={8}>
                <span className="num">
                  {countText(list.count, list.capped, '人')}
                  {chosen.length > 0 && `，已选 ${chosen.length} 人`}
                </span>
                <KeyPager keys={keys} onKeys={setKeys} next={query.isPlaceholderData ? null : list.next} />
              </Flex>
            </section>
          )}
        </Loaded>
      </div>
      <MemberDrawer id={id ?? null} onClose={() => void navigate({ search: { ...search, id: undefined } })} />
    </div>
  )
}

/** The whole query, or whom she marked of it. */
function exportsOf(
  filter: Omit<MemberSearch, 'id'>,
  mayFull: boolean,
  list: PersonList | undefined,
  chosen: string[],
): ExportChoice[] {
  const ask = { kind: 'persons' as const, filter }
  return [
    {
      key: 'query',
      label: list ? `当前查询（${countText(list.count, list.capped, '人')}）` : '当前查询',
      ask,
      mayFull,
    },
    {
      key: 'chosen',
      label: `选中的（${chosen.length} 人）`,
      ask: chosen.length > 0 ? { ...ask, ids: chosen } : null,
      why: '先在表格左侧勾选',
      mayFull,
    },
  ]
}

const options = (words: readonly string[]) => words.map((word) => ({ value: word, label: word }))

function Filters({
  search,
  onChange,
}: {
  search: MemberSearch
  onChange: (change: Partial<MemberSearch>) => void
}) {
  return (
    <section className="search-card member-filters" aria-label="筛选">
      <Input.Search
        allowClear
        className="member-name"
        placeholder="姓名、拼音或首字母"
        aria-label="姓名"
        defaultValue={search.q}
        onSearch={(q) => onChange({ q: q.trim() || undefined })}
      />
      <Select
        allowClear
        placeholder="全部类别"
        aria-label="类别"
        value={search.kind}
        options={options(standingKinds)}
        onChange={(kind?: MemberSearch['kind']) => onChange({ kind })}
      />
      <Select
        allowClear
        placeholder="全部群体"
        aria-label="群体"
        value={search.group}
        options={options(workerGroups)}
        onChange={(group?: string) => onChange({ group })}
      />
      <Select
        aria-label="在册情况"
        value={search.standing ?? 'current'}
        options={[
          { value: 'current', label: '在册' },
          { value: 'left', label: '已离开' },
        ]}
        onChange={(standing) => onChange({ standing: standing === 'left' ? 'left' : undefined })}
      />
      <Select
        allowClear
        placeholder="登记缺项"
        aria-label="登记缺项"
        value={search.lacks}
        options={lacks.map((value) => ({ value, label: lackWords[value] }))}
        onChange={(lack?: MemberSearch['lacks']) => onChange({ lacks: lack })}
      />
    </section>
  )
}

const years = (row: PersonLine) => (row.birthYear === null ? '—' : `${row.birthYear}年`)
const period = (row: PersonLine) => (row.untilOn === null ? row.fromOn : `${row.fromOn} 至 ${row.untilOn}`)

type MemberTableProps = {
  rows: PersonLine[]
  withOrg: boolean
  openId: string | undefined
  onOpen: (id: string) => void
  loading: boolean
  chosen: string[]
  onChoose: (ids: string[]) => void
  empty: React.ReactNode
}

function MemberTable(props: MemberTableProps) {
  const { rows, withOrg, openId, onOpen, loading, chosen, onChoose, empty } = props
  const wide = Grid.useBreakpoint().md ?? true
  const name = (row: PersonLine) => (
    <Button type="link" className="member-open" onClick={() => onOpen(row.id)}>
      {row.name}
    </Button>
  )
  return (
    <Table
      size="small"
      className="num"
      rowKey="id"
      loading={loading}
      pagination={false}
      dataSource={rows}
      rowSelection={{
        selectedRowKeys: chosen,
        preserveSelectedRowKeys: true,
        onChange: (keys) => onChoose((keys as string[]).slice(0, mostChosen)),
        columnWidth: 40,
      }}
      rowClassName={(row) => (row.id === openId ? 'is-open' : '')}
      locale={{ emptyText: empty }}
      scroll={wide && withOrg ? { x: 960 } : {}}
      columns={
        wide
          ? [
              { title: '姓名', width: 110, render: (_, row) => name(row) },
              { title: '性别', dataIndex: 'sex', width: 60 },
              { title: '出生', width: 80, render: (_, row) => years(row) },
              { title: '手机', width: 130, render: (_, row) => row.phone ?? '—' },
              ...(withOrg
                ? [
                    {
                      title: '所属单位',
                      ellipsis: true,
                      render: (_: unknown, row: PersonLine) => row.org.name,
                    },
                  ]
                : []),
              { title: '登记为', dataIndex: 'kind', width: 90 },
              { title: '群体', width: 110, render: (_, row) => row.group ?? '—' },
              { title: '起止', width: 190, render: (_, row) => period(row) },
            ]
          : [
              {
                title: '姓名',
                render: (_, row) => (
                  <>
                    {name(row)}
                    <span className="page-sub">{`${row.kind} · ${years(row)}`}</span>
                    <div className="page-sub">{`${row.phone ?? '没有手机号码'} · ${row.org.shortName}`}</div>
                  </>
                ),
              },
            ]
      }
    />
  )
}

function Nobody({ filtered, onReset }: { filtered: boolean; onReset: () => void }) {
  return filtered ? (
    <Blank why="没有符合条件的人，可以放宽条件再看">
      <Button onClick={onReset}>重置条件</Button>
    </Blank>
  ) : (
    <Blank why="还没有登记过会员">
      <Link to={paths.memberForm} search={{}}>
        <Button type="primary">登记第一位</Button>
      </Link>
    </Blank>
  )
}
