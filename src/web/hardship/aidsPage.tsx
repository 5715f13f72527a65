import './hardship.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { aidList, fileList, made, type Aid } from '#hardship/api.ts'
import { aidStates, aidStateWords, type AidState } from '#hardship/states.ts'
import { call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { paths } from '../paths.ts'
import { hardshipApi } from './addresses.ts'
import { AidTable } from './aidTable.tsx'
import { Batches } from './batches.tsx'
import { CondolenceModal } from './condolence.tsx'
import { useFailed } from '../kit/failed.ts'
import { yuan } from './yuan.ts'

const route = getRouteApi(paths.hardshipAids)

/** 帮扶台账: aids of the reader's unit or centre; who pays makes batches for the bank here. */
export function HardshipAidsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [chosen, setChosen] = useState<string[]>([])
  const [applying, setApplying] = useState(false)
  const query = useApi(hardshipApi.aidList({ state: search.aid }), aidList, { keep: true })
  const desk = useApi(hardshipApi.list({}), fileList, { staleTime: 60_000 })
  const pays = desk.data?.isCentre === true && desk.data.duties.includes('pay')
  const paying = pays && search.aid === 'approved'
  return (
    <>
      <PageHead
        title="帮扶台账"
        sub="登记、核对、审批、发放须是四个人；每类帮扶一户一个周期只发一次，已交银行或到账的不会重复发放"
        extra={
          <>
            {desk.data?.duties.includes('enter') && (
              <Button type="primary" onClick={() => setApplying(true)}>
                登记慰问金
              </Button>
            )}
            <Link to={paths.hardship}>
              <Button>困难档案</Button>
            </Link>
          </>
        }
      />
      <section className="hardship-card">
        <div className="hardship-bar">
          <Select<AidState | ''>
            aria-label="状态"
            style={{ width: 170 }}
            value={search.aid ?? ''}
            onChange={(state) => {
              setChosen([])
              void navigate({ search: { aid: state || undefined } })
            }}
            options={[
              { value: '', label: '全部状态' },
              ...aidStates.map((state) => ({ value: state, label: aidStateWords[state] })),
            ]}
          />
          {paying && (
            <BatchButton chosen={chosen} rows={query.data?.rows ?? []} onDone={() => setChosen([])} />
          )}
          {pays && !paying && <span className="hardship-aside">要发放的，先在左边选“待发放”</span>}
        </div>
        <Loaded query={query}>
          {({ rows, more }) =>
            rows.length === 0 ? (
              <Blank why={search.aid ? '没有这个状态的帮扶' : '还没有登记过帮扶：在档案里点“登记帮扶”'} />
            ) : (
              <>
                <AidTable rows={rows} {...(paying ? { chosen, onChosen: setChosen } : {})} />
                {more && <p className="hardship-aside">只列出最近 200 笔，请按状态查看</p>}
              </>
            )
          }
        </Loaded>
      </section>
      {pays && <Batches />}
      {applying && <CondolenceModal onClose={() => setApplying(false)} />}
    </>
  )
}

type BatchButtonProps = { chosen: readonly string[]; rows: readonly Aid[]; onDone: () => void }

function BatchButton({ chosen, rows, onDone }: BatchButtonProps) {
  const { message } = App.useApp()
  const failed = useFailed()
  const act = useAct(
    (ids: readonly string[], key) => call(hardshipApi.batches, made, { method: 'POST', key, body: { ids } }),
    ({ count }) => {
      onDone()
      void message.success(`已编成一批 ${count} 笔，请在下方下载银行代发名单`)
    },
    failed,
  )
  const sum = rows.filter((one) => chosen.includes(one.id)).reduce((total, one) => total + one.amount, 0)
  return (
    <Button type="primary" disabled={chosen.length === 0} loading={act.busy} onClick={() => act.run(chosen)}>
      {chosen.length > 0 ? `编一批发放（${chosen.length} 笔，${yuan(sum)} 元）` : '勾选后编一批发放'}
    </Button>
  )
}
