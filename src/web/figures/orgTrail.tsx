import { Breadcrumb } from 'antd'
import { orgDetail } from '#org/api.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { api } from '../paths.ts'

type OrgTrailProps = { org: number | undefined; onOrg: (org: number | undefined) => void }

/** Where the figures stand in the tree; every unit above, down from one's own, leads back. */
export function OrgTrail({ org, onOrg }: OrgTrailProps) {
  const own = useMe().post.org
  const { data } = useApi(api.org(org ?? own.id), orgDetail, { keep: true, staleTime: 60_000 })
  const above = data?.above ?? []
  const start = above.findIndex((unit) => unit.id === own.id)
  const shown = start < 0 ? [] : above.slice(start)
  return (
    <Breadcrumb
      className="org-trail"
      separator="›"
      items={[
        ...shown.map((unit) => ({
          key: unit.id,
          title: (
            <button
              type="button"
              className="link"
              onClick={() => onOrg(unit.id === own.id ? undefined : unit.id)}
            >
              {unit.shortName || unit.name}
            </button>
          ),
        })),
        { key: 'here', title: data?.name ?? own.name },
      ]}
    />
  )
}
