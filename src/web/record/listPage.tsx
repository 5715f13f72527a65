import './list.css'
import { ImportOutlined, MenuFoldOutlined, MenuUnfoldOutlined, PlusOutlined } from '@ant-design/icons'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { isMaskedOut } from '#export/masks.ts'
import type { Programme } from '#kit/programme.ts'
import { orgDetail, type OrgBrief } from '#org/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { recordList, recordSums, type RecordFilter, type RecordList } from '#record/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { ExportButton, type ExportChoice } from '../export/exportButton.tsx'
import { countText } from '../format.ts'
import { useHotkeys } from '../kit/hotkeys.tsx'
import { NotFound } from '../kit/notFound.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { usePreference } from '../kit/preference.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import type { ListSearch } from '../search.ts'
import { OrgTree } from '../org/orgTree.tsx'
import { api, paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import { withQuery } from '../urlState.ts'
import { BatchNote } from './batch.tsx'
import { RecordDrawer } from './drawer.tsx'
import { filterOf, isFiltered, queryOf, refiltered } from './listQuery.ts'
import { ListSearchCard } from './listSearch.tsx'
import { ListTable } from './listTable.tsx'

const route = getRouteApi(paths.records)

/** Below this width in px the tree would push columns out; it stays a press away. */
const wideEnough = 1200

/** The records of a programme in her scope: units at the left, filters above, the drawer over it. */
export function ListPage() {
  const { programme: key } = route.useParams()
  const programme = findProgramme(key)
  return programme ? <ProgrammeList key={key} programme={programme} /> : <NotFound />
}

function ProgrammeList({ programme }: { programme: Programme }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { post, today } = useMe()
  const withTree = isReviewing(post.org.tier)
  const [treeOpen, setTreeOpen] = usePreference('tree', window.innerWidth >= wideEnough)
  const input = useRef<InputRef>(null)
  const mayEnter = post.role === 'cadre'

  const go = (next: ListSearch, replace = false): void => void navigate({ search: next, replace })
  const query = useApi(withQuery(api.records(programme.key), queryOf(search, post.org.id)), recordList, {
    keep: true,
  })
  const sums = useApi(
    withQuery(`${api.records(programme.key)}/sums`, filterOf(queryOf(search, post.org.id))),
    recordSums,
  )
  const ids = query.data?.rows.map((row) => row.id) ?? []
  const open = (id: string | undefined, replace: boolean): void => go({ ...search, id }, replace)
  const add = (): void => void navigate({ to: paths.form, params: { programme: programme.key }, search: {} })
  useHotkeys({ '/': () => input.current?.focus(), n: mayEnter ? add : undefined })

  const filter = filterOf(queryOf(search, post.org.id))
  // What was chosen on another page or under another query is not seen here, so it is chosen no more.
  const page = JSON.stringify(queryOf(search, post.org.id))
  const [marked, setMarked] = useState<{ page: string; ids: string[] }>({ page, ids: [] })
  const chosen = marked.page === page ? marked.ids : []

  const reset = (): void => go({ org: search.org, size: search.size })
  return (
    <div className={withTree && treeOpen ? 'list-page with-tree' : 'list-page'}>
      {withTree && treeOpen && (
        <aside className="list-tree" aria-label="单位">
          <OrgTree
            selected={Number(search.org ?? post.org.id)}
            onSelect={(id) => go(refiltered(search, { org: id === post.org.id ? undefined : String(id) }))}
          />
        </aside>
      )}
      <div className="list-main">
        <PageHead title={programme.label} sub={<Scope own={post.org} chosen={search.org} />} />
        <ListSearchCard
          {...{ programme, search, today }}
          inputRef={input}
          onChange={(change) => go(refiltered(search, change))}
          onReset={reset}
        />
        {search.batch && (
          <BatchNote
            file={query.data?.batch?.file}
            onClear={() => go(refiltered(search, { batch: undefined }))}
          />
        )}
        <Loaded query={query} rows={12}>
          {(list) => (
            <ListTable
              programme={programme}
              list={list}
              sums={sums.data?.sums ?? null}
              withOrg={withTree}
              openId={search.id}
              busy={query.isFetching}
              size={search.size ?? '20'}
              left={
                <>
                  {withTree && (
                    <Button
                      className="tree-toggle"
                      icon={treeOpen ? <MenuFoldOutlined /> : <MenuUnfoldOutlined />}
                      aria-label={treeOpen ? '收起单位树' : '展开单位树'}
                      onClick={() => setTreeOpen(!treeOpen)}
                    />
                  )}
                  {mayEnter && (
                    <Button type="primary" icon={<PlusOutlined />} title="N" onClick={add}>
                      新增
                    </Button>
                  )}
                  {mayEnter && (
                    <Link to={paths.imports} params={{ target: programme.key }} search={{}}>
                      <Button icon={<ImportOutlined />}>导入</Button>
                    </Link>
                  )}
                  {list.rows.length > 0 && (
                    <ExportButton
                      choices={exportsOf(
                        programme,
                        post.role === 'cadre' && isMaskedOut(programme),
                        filter,
                        list,
                        chosen,
                      )}
                    />
                  )}
                  {chosen.length > 0 && <span className="page-sub num">已选 {chosen.length} 条</span>}
                </>
              }
              empty={<NoRows search={search} programme={programme} mayEnter={mayEnter} onReset={reset} />}
              chosen={chosen}
              onChoose={(marks) => setMarked({ page, ids: marks })}
              onReload={() => void Promise.all([query.refetch(), sums.refetch()])}
              onPage={(change) => go({ ...search, id: undefined, page: undefined, ...change })}
            />
          )}
        </Loaded>
      </div>
      <RecordDrawer
        programme={programme.key}
        id={search.id ?? null}
        neighbours={ids}
        onGo={(id) => open(id, true)}
        onClose={() => open(undefined, false)}
      />
    </div>
  )
}

/** This page, the whole query, what is marked. */
function exportsOf(
  programme: Programme,
  mayFull: boolean,
  filter: RecordFilter,
  list: RecordList,
  chosen: string[],
): ExportChoice[] {
  const ask = (ids?: string[]) => ({
    kind: 'records' as const,
    programme: programme.key,
    filter,
    ...(ids ? { ids } : {}),
  })
  return [
    {
      key: 'page',
      label: `当前页（${list.rows.length} 条）`,
      ask: ask(list.rows.map((row) => row.id)),
      mayFull,
    },
    { key: 'query', label: `当前查询（${countText(list.count, list.capped)}）`, ask: ask(), mayFull },
    {
      key: 'chosen',
      label: `选中的（${chosen.length} 条）`,
      ask: chosen.length > 0 ? ask(chosen) : null,
      why: '先在表格左侧勾选',
      mayFull,
    },
  ]
}

/** Whose records these are. */
function Scope({ own, chosen }: { own: OrgBrief; chosen: string | undefined }) {
  const id = Number(chosen ?? own.id)
  const { data } = useApi(api.org(id), orgDetail, { enabled: id !== own.id, staleTime: 600_000 })
  const org = id === own.id ? own : data
  if (!org) return null
  return isReviewing(org.tier) ? `${org.name}及所属单位` : org.name
}

type NoRowsProps = { search: ListSearch; programme: Programme; mayEnter: boolean; onReset: () => void }

function NoRows({ search, programme, mayEnter, onReset }: NoRowsProps) {
  if (isFiltered(search)) {
    return (
      <Blank why="没有符合条件的记录，可以放宽条件再看">
        <Button onClick={onReset}>重置条件</Button>
      </Blank>
    )
  }
  return (
    <Blank why={`还没有填报过${programme.label}`}>
      {mayEnter && (
        <Link to={paths.form} params={{ programme: programme.key }} search={{}}>
          <Button type="primary">填第一条</Button>
        </Link>
      )}
    </Blank>
  )
}
