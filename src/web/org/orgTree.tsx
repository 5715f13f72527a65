import './tree.css'
import { useQueries } from '@tanstack/react-query'
import { Empty, Input, Spin, Tag, Tree } from 'antd'
import {
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ComponentRef,
  type ReactNode,
} from 'react'
import * as z from 'zod/mini'
import { orgDetail, orgNode, tierLabels, type OrgNode } from '#org/api.ts'
import { call } from '../api/client.dom.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { CommitteeTag } from './committeeTag.tsx'
import { idOf, keysTo, shows, treeOf, type Branch } from './tree.ts'
import { bounds, boundWords } from '#kit/bounds.ts'

const nodes = z.array(orgNode)

/** What stands above and below the tree on a desk screen. */
const AROUND_PX = 320

const legend = (['formed', 'overdue', 'missing', 'delegate'] as const).map((committee) => ({
  committee,
  womenMembers: 10,
}))

type OrgTreeProps = {
  selected: number
  onSelect: (id: number) => void
  /** Tells of each unit how its women's committee stands. */
  committees?: boolean
}

/** The units below one's own, read branch by branch; a search by name or pinyin takes its place. */
export function OrgTree({ selected, onSelect, committees = false }: OrgTreeProps) {
  const [words, setWords] = useState('')
  const asked = useDeferredValue(words.trim())
  return (
    <div className="org-tree">
      <Input.Search
        allowClear
        placeholder="名称、拼音首字母或代码"
        aria-label="查找单位"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {asked === '' ? (
        <Branches selected={selected} onSelect={onSelect} committees={committees} />
      ) : (
        <Found words={asked} selected={selected} onSelect={onSelect} />
      )}
    </div>
  )
}

function Branches({ selected, onSelect, committees }: OrgTreeProps) {
  const root = useMe().post.org
  const [open, setOpen] = useState<string[]>([String(root.id)])
  const shown = useApi(api.org(selected), orgDetail, { staleTime: 60_000 })
  const above = shown.data?.above
  const way = useMemo(() => (above ? keysTo(root.id, above) : []), [above, root.id])
  // A unit chosen elsewhere (search, address, card) opens the way down to it, once.
  const [opened, setOpened] = useState(way)
  if (opened !== way) {
    setOpened(way)
    setOpen([...new Set([...open, ...way])])
  }
  const ids = [...new Set(open.map(idOf))]
  const read = useQueries({
    queries: ids.map((id) => {
      const path = api.orgChildren(id)
      return { queryKey: [path], queryFn: () => call(path, nodes), staleTime: 60_000 }
    }),
    combine: (results) => ({
      byId: new Map(results.flatMap(({ data }, i): [number, OrgNode[]][] => (data ? [[ids[i]!, data]] : []))),
      error: results.find(({ error }) => error)?.error ?? null,
    }),
  })
  const chosen = selected === root.id ? String(root.id) : `${way.at(-1) ?? ''}/${selected}`
  const top = treeOf(root, read.byId)
  const isShown = shows(top, chosen)
  const tree = useRef<ComponentRef<typeof Tree>>(null)
  useEffect(() => {
    if (isShown) tree.current?.scrollTo({ key: chosen, align: 'auto' })
  }, [chosen, isShown])
  if (read.error) return <Failure error={read.error} />
  return (
    <>
      <Tree<Branch>
        blockNode
        height={Math.max(320, window.innerHeight - AROUND_PX)}
        ref={tree}
        treeData={[top]}
        fieldNames={{ title: 'name' }}
        expandedKeys={open}
        onExpand={(keys) => setOpen(keys.map(String))}
        selectedKeys={[chosen]}
        onSelect={(_, { node }) => onSelect(node.id)}
        titleRender={committees ? titleWithCommittee : (branch) => titleOf(branch)}
      />
      {committees && (
        <div className="org-legend">
          {legend.map((org) => (
            <CommitteeTag key={org.committee} org={org} />
          ))}
        </div>
      )}
    </>
  )
}

function titleOf({ name, node }: Branch, committee?: ReactNode) {
  return (
    <span className="org-branch" title={node?.name ?? name}>
      <span className="org-branch-name">{name}</span>
      {node?.tier === 'industry' && <Tag className="org-mark">{tierLabels.industry}</Tag>}
      {node?.line === 2 && <Tag className="org-mark is-view">会看</Tag>}
      {committee}
    </span>
  )
}

const titleWithCommittee = (branch: Branch) =>
  titleOf(branch, branch.node && <CommitteeTag org={branch.node} iconOnly />)

function Found({ words, selected, onSelect }: Omit<OrgTreeProps, 'committees'> & { words: string }) {
  const query = useApi(api.orgSearch(words), nodes, { keep: true })
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />
  if (!query.data) return <Spin className="org-wait" />
  if (query.data.length === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={`没有找到“${words}”，换个说法或拼音首字母试试`}
      />
    )
  return (
    <ul className="org-found" aria-label="找到的单位">
      {query.data.map((node) => (
        <li key={node.id}>
          <button
            type="button"
            className={node.id === selected ? 'is-here' : undefined}
            onClick={() => onSelect(node.id)}
          >
            <span>{node.name}</span>
            <small>
              {tierLabels[node.tier]} · {node.path || node.code}
            </small>
          </button>
        </li>
      ))}
      {query.data.length >= bounds.orgSearch.most && <li className="org-more">{boundWords('orgSearch')}</li>}
    </ul>
  )
}
