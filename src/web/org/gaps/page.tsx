import './gaps.css'
import { DownloadOutlined } from '@ant-design/icons'
import { getRouteApi, Link } from '@tanstack/react-router'
import { App, Button, Pagination, Tag } from 'antd'
import { useState } from 'react'
import {
  gapKinds,
  gaps,
  perPage,
  registerKinds,
  reminded,
  type Gaps,
  type RemindGaps,
} from '#org/gaps/api.ts'
import { listWords } from '#org/gaps/words.ts'
import { call } from '../../api/client.dom.ts'
import { useAct, useApi, useMe } from '../../api/hooks.tsx'
import { download } from '../../export/download.dom.ts'
import { OrgTrail } from '../../figures/orgTrail.tsx'
import { PageHead } from '../../kit/pageHead.tsx'
import { Failure, Loaded } from '../../kit/states.tsx'
import { paths } from '../../paths.ts'
import { withQuery } from '../../urlState.ts'
import { gapsApi, type GapSearch } from '../addresses.ts'
import { Rates } from './rates.tsx'
import { GapTable } from './table.tsx'

const route = getRouteApi(paths.orgGaps)

/** 覆盖盲区: both rates, what is missing in the organisation of women, the register of employers beside the unions, and the next act for each line. */
export function GapsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { tier } = useMe().post.org
  const go = (change: Partial<GapSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...change }, resetScroll: false })
  const query = useApi(withQuery(gapsApi.list, search), gaps, { keep: true })
  return (
    <>
      <PageHead
        title="覆盖盲区"
        sub={
          <OrgTrail
            org={search.org === undefined ? undefined : Number(search.org)}
            onOrg={(to) => go({ org: to?.toString() })}
          />
        }
        extra={
          <>
            {tier === 'city' && (
              <Link to={paths.imports} params={{ target: 'employer' }} search={{}}>
                <Button>导入登记册</Button>
              </Link>
            )}
            <Button
              icon={<DownloadOutlined />}
              onClick={() => download(`/api${withQuery(gapsApi.book, { org: search.org })}`)}
            >
              下载清单
            </Button>
          </>
        }
      />
      <Loaded query={query} rows={14}>
        {(data) => <Found key={`${data.org.id}.${data.kind}.${data.page}`} data={data} onGo={go} />}
      </Loaded>
    </>
  )
}

function Found({ data, onGo }: { data: Gaps; onGo: (change: Partial<GapSearch>) => void }) {
  const { message } = App.useApp()
  const own = useMe().post.org
  const [picked, setPicked] = useState<number[]>([])
  const act = useAct(
    (body: RemindGaps, key) => call(gapsApi.remind, reminded, { method: 'POST', body, key }),
    ({ told, already }) => {
      setPicked([])
      void message.success(
        `已催办 ${told} 个单位${already > 0 ? `；${already} 个今天已经催办过，没有重复发` : ''}`,
      )
    },
  )
  const gap = gapKinds.find((kind) => kind === data.kind)
  const remind = (orgs: number[]) => gap && act.run({ kind: gap, orgs })
  return (
    <div className="gaps">
      <Rates data={data} onGo={onGo} />
      <Kinds label="盲区类别" kinds={gapKinds} data={data} onGo={onGo} />
      <h2 className="gap-register">与用人单位登记册核对</h2>
      <Kinds label="登记册核对" kinds={registerKinds} data={data} onGo={onGo} />
      <section className="gap-card">
        <header>
          <div>
            <h2>
              {listWords[data.kind].label} <Tag className="num">{data.total}</Tag>
            </h2>
            <p>{listWords[data.kind].means}</p>
          </div>
          {gap && data.rows.some((row) => row.mayRemind) && (
            <Button
              type="primary"
              disabled={picked.length === 0}
              loading={act.busy}
              onClick={() => remind(picked)}
            >
              催办所选{picked.length > 0 && ` ${picked.length} 个`}
            </Button>
          )}
        </header>
        {act.error && <Failure error={act.error} retry={act.again} />}
        <GapTable
          data={data}
          own={own.id}
          picked={picked}
          onPick={setPicked}
          onRemind={(org) => remind([org])}
          busy={act.busy}
        />
        {data.total > perPage && (
          <Pagination
            className="gap-pages"
            size="small"
            current={data.page}
            pageSize={perPage}
            total={data.total}
            showSizeChanger={false}
            onChange={(page) => onGo({ kind: data.kind, page: String(page) })}
          />
        )}
      </section>
      <p className="gap-basis">依据：{data.basis}</p>
    </div>
  )
}

type KindsProps = {
  label: string
  kinds: readonly (keyof Gaps['counts'])[]
  data: Gaps
  onGo: (change: Partial<GapSearch>) => void
}

/** Lists to choose from, each with its length. */
function Kinds({ label, kinds, data, onGo }: KindsProps) {
  return (
    <nav className="gap-kinds" aria-label={label}>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-current={data.kind === kind}
          className={data.counts[kind] === 0 ? 'is-clear' : ''}
          onClick={() => onGo({ kind })}
        >
          {listWords[kind].label} <b className="num">{data.counts[kind]}</b>
        </button>
      ))}
    </nav>
  )
}
