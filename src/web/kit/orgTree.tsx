import { useQueryClient } from '@tanstack/react-query'
import { Input, Spin, Tree, type TreeDataNode } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { orgNode, tierLabels, type OrgBrief, type OrgNode } from '#org/api.ts'
import { call } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { api } from '../paths.ts'

const nodes = z.array(orgNode)

type OrgTreeProps = {
  root: OrgBrief
  selected: number
  onSelect: (org: OrgBrief) => void
}

/** Units below hers, loaded as they are opened; typing a name, initials or code lists units instead. */
export function OrgTree({ root, selected, onSelect }: OrgTreeProps) {
  const [typed, setTyped] = useState('')
  return (
    <div className="org-tree">
      <Input.Search
        allowClear
        placeholder="名称、拼音首字母"
        aria-label="查找单位"
        onSearch={(text) => setTyped(text.trim())}
        onChange={(event) => event.target.value === '' && setTyped('')}
      />
      {typed === '' ? (
        <Branches root={root} selected={selected} onSelect={onSelect} />
      ) : (
        <Hits q={typed} selected={selected} onSelect={onSelect} />
      )}
    </div>
  )
}

function Branches({ root, selected, onSelect }: OrgTreeProps) {
  const client = useQueryClient()
  const [below, setBelow] = useState<ReadonlyMap<number, OrgNode[]>>(new Map())
  const load = async (id: number): Promise<void> => {
    const path = api.orgChildren(id)
    const children = await client.fetchQuery({
      queryKey: [path],
      queryFn: () => call(path, nodes),
      staleTime: 600_000,
    })
    setBelow((old) => new Map([...old, [id, children]]))
  }
  const first = useApi(api.orgChildren(root.id), nodes, { staleTime: 600_000 })
  const known = new Map<number, OrgBrief>([[root.id, root]])
  const nodeOf = (org: OrgNode): TreeDataNode => {
    known.set(org.id, org)
    const children = below.get(org.id)
    return {
      key: org.id,
      title: (
        <span title={org.name}>
          {org.shortName}
          {org.line === 2 && <small className="is-viewed"> 会看</small>}
        </span>
      ),
      isLeaf: org.children === 0,
      ...(children ? { children: children.map(nodeOf) } : {}),
    }
  }
  const data: TreeDataNode[] = [
    { key: root.id, title: root.shortName, isLeaf: false, children: (first.data ?? []).map(nodeOf) },
  ]
  return (
    <Tree
      blockNode
      treeData={data}
      selectedKeys={[selected]}
      defaultExpandedKeys={[root.id]}
      loadData={({ key }) =>
        key === root.id || below.has(Number(key)) ? Promise.resolve() : load(Number(key))
      }
      onSelect={(_, { node }) => {
        const org = known.get(Number(node.key))
        if (org) onSelect(org)
      }}
    />
  )
}

function Hits({ q, selected, onSelect }: { q: string; selected: number; onSelect: (org: OrgBrief) => void }) {
  const { data } = useApi(api.orgSearch(q), nodes)
  if (!data) return <Spin size="small" className="org-wait" />
  if (data.length === 0) return <p className="org-none">没有找到，请换个词</p>
  return (
    <ul className="org-hits">
      {data.map((org) => (
        <li key={org.id}>
          <button type="button" aria-pressed={org.id === selected} onClick={() => onSelect(org)}>
            {org.name}
            <small>{org.path || tierLabels[org.tier]}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}
