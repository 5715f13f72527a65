import { ApartmentOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Drawer, Grid } from 'antd'
import { useState } from 'react'
import { orgDetail } from '#org/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Loaded } from '../kit/states.tsx'
import { api, paths } from '../paths.ts'
import { isReviewing } from '../shell/menu.ts'
import './org.css'
import { OrgCard } from './orgCard.tsx'
import { OrgTree } from './orgTree.tsx'

/** 组织: the tree at the left, the chosen unit at the right; on a phone the tree slides in. */
export function OrgsPage() {
  const { org: own, role } = useMe().post
  const search = useSearch({ from: paths.orgs })
  const navigate = useNavigate({ from: paths.orgs })
  const wide = Grid.useBreakpoint().lg ?? true
  const [choosing, setChoosing] = useState(false)
  const selected = search.id === undefined ? own.id : Number(search.id)
  const query = useApi(api.org(selected), orgDetail, { keep: true, staleTime: 60_000 })
  const choose = (id: number) => {
    setChoosing(false)
    void navigate({ search: id === own.id ? {} : { id: String(id) } })
  }
  const tree = <OrgTree committees selected={selected} onSelect={choose} />
  return (
    <>
      <PageHead
        title="组织"
        sub="隶属关系按月记日期；数字按事项发生时的隶属统计，权限按今天的隶属"
        extra={
          <>
            {!wide && (
              <Button icon={<ApartmentOutlined />} onClick={() => setChoosing(true)}>
                选单位
              </Button>
            )}
            {role === 'cadre' && (
              <Link to={paths.orgGaps} search={selected === own.id ? {} : { org: String(selected) }}>
                <Button>覆盖盲区</Button>
              </Link>
            )}
            {role === 'cadre' && isReviewing(own.tier) && (
              <Link to={paths.orgChanges}>
                <Button>组织变更</Button>
              </Link>
            )}
          </>
        }
      />
      <div className="org-page">
        {wide && <aside aria-label="组织树">{tree}</aside>}
        <Loaded query={query} rows={10}>
          {(org) => <OrgCard key={org.id} org={org} onOrg={choose} />}
        </Loaded>
      </div>
      {!wide && (
        <Drawer
          open={choosing}
          onClose={() => setChoosing(false)}
          placement="left"
          title="选单位"
          size="min(340px, 92vw)"
        >
          {tree}
        </Drawer>
      )}
    </>
  )
}
