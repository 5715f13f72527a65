import './certificate.css'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { App, Button, Card, Input, Select } from 'antd'
import { useState } from 'react'
import { ledger, mostAtOnce, mostWaited, type Certificate } from '#certificate/api.ts'
import { exportLine, type ExportLine } from '#export/api.ts'
import { call, callFile } from '../api/client.dom.ts'
import { useAct, useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { exportApi } from '../export/addresses.ts'
import { MakingDialog } from '../export/exportDialog.tsx'
import { yearsOffered } from '../figures/scope.ts'
import { formatCount } from '../format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import { paths } from '../paths.ts'
import { certificateApi } from './addresses.ts'
import { EndModal, type Ending } from './endModal.tsx'
import { IssueDrawer } from './issueDrawer.tsx'
import { LedgerTable } from './ledgerTable.tsx'

const route = getRouteApi(paths.certificates)
const allYears = ''

/** 证书台账: what the unit certified, and what became of it. */
export function CertificatesPage() {
  const { today } = useMe()
  const { message } = App.useApp()
  const navigate = route.useNavigate()
  const { year = allYears, q = '' } = route.useSearch()
  const [keys, setKeys] = useState<string[]>([])
  const [chosen, setChosen] = useState<string[]>([])
  const [issuing, setIssuing] = useState(false)
  const [ending, setEnding] = useState<Ending | null>(null)
  const query = useApi(
    certificateApi.ledger({ year: year || undefined, q: q || undefined, after: keys.at(-1) }),
    ledger,
    { keep: true },
  )
  const print = useMutation({
    mutationFn: async (list: readonly string[]) => {
      const file = await callFile(certificateApi.pdf, { method: 'POST', body: { ids: list } })
      save(list.length === 1 ? '证书.pdf' : `证书${list.length}份.pdf`, file)
    },
    onError: (error) => void message.error(toProblem(error).message),
  })
  const [making, setMaking] = useState<ExportLine | null>(null)
  const order = useAct(
    (ids: string[], key) =>
      call(exportApi.list, exportLine, {
        method: 'POST',
        key,
        body: { ask: { kind: 'certificates', ids }, format: 'pdf' },
      }),
    setMaking,
  )
  const take = (ids: string[]) => (ids.length > mostWaited ? order.run(ids) : print.mutate(ids))
  const look = (to: { year?: string; q?: string }) => {
    setKeys([])
    const search = { year: to.year ?? year, q: to.q ?? q }
    void navigate({ search: { year: search.year || undefined, q: search.q || undefined } })
  }
  const filters = (
    <>
      <Select
        aria-label="发证年份"
        value={year}
        popupMatchSelectWidth={false}
        options={[
          { value: allYears, label: '全部年份' },
          ...yearsOffered(today).map((y) => ({ value: String(y), label: `${y}年发` })),
        ]}
        onChange={(to: string) => look({ year: to })}
      />
      <Input.Search
        className="certificate-search"
        aria-label="姓名、名称或编号"
        placeholder="姓名、名称或编号"
        allowClear
        defaultValue={q}
        maxLength={40}
        onSearch={(to) => look({ q: to.trim() })}
      />
      {query.data?.mayIssue && (
        <Button type="primary" onClick={() => setIssuing(true)}>
          发证
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageHead
        title="证书台账"
        sub="由审核通过的记录发证；持证人扫码或凭验证码就能核验，不用登录"
        extra={filters}
      />
      <Loaded query={query}>
        {({ rows, count, next }) =>
          count === 0 ? (
            <Card>
              <Blank why={q || year ? '没有符合条件的证书' : '本单位还没有发过证书，点右上角“发证”开始'} />
            </Card>
          ) : (
            <Card size="small">
              <div className="certificate-bar">
                <span>
                  共 <b className="num">{formatCount(count)}</b> 份
                </span>
                <Button
                  size="small"
                  disabled={chosen.length === 0 || chosen.length > mostAtOnce}
                  loading={print.isPending || order.busy}
                  onClick={() => take(chosen)}
                >
                  下载所选{chosen.length > 0 ? `（${chosen.length} 份）` : ''}
                </Button>
              </div>
              {order.error && <Failure error={order.error} />}
              <LedgerTable
                rows={rows}
                chosen={chosen}
                onChosen={setChosen}
                onPrint={(row: Certificate) => print.mutate([row.id])}
                onEnd={query.data?.mayIssue ? setEnding : null}
              />
              <KeyPager keys={keys} onKeys={setKeys} next={next} />
            </Card>
          )
        }
      </Loaded>
      {issuing && (
        <IssueDrawer
          onClose={() => setIssuing(false)}
          onDone={({ ids, first, last }) => {
            setIssuing(false)
            setKeys([])
            setChosen(ids)
            const numbers = first === last ? first : `${first} 至 ${last}`
            void message.success(`已发 ${ids.length} 份，编号 ${numbers}；点“下载所选”取 PDF`)
          }}
        />
      )}
      {making && (
        <MakingDialog title="证书 PDF" first={making} onClose={() => (setMaking(null), order.reset())} />
      )}
      {ending && (
        <EndModal
          ending={ending}
          onClose={() => setEnding(null)}
          onDone={() => {
            setChosen([])
            setEnding(null)
          }}
        />
      )}
    </>
  )
}
