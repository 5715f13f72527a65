import { useMutation } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { answered, batches, type Batch } from '#hardship/api.ts'
import { lineStateWords, type LineState } from '#hardship/states.ts'
import { callFile } from '../api/client.dom.ts'
import { useApi } from '../api/hooks.tsx'
import { Sideways } from '../kit/sideways.tsx'
import { Blank, Loaded } from '../kit/states.tsx'
import { save } from '../my/save.dom.ts'
import { hardshipApi } from './addresses.ts'
import { AnswerUpload } from '../kit/answerUpload.tsx'
import { useFailed } from '../kit/failed.ts'
import { yuan } from './yuan.ts'
import { CutNote } from '../kit/cutNote.tsx'

const colors: Readonly<Record<LineState, string>> = { waiting: 'gold', paid: 'green', failed: 'red' }

/** 发放批次: the list for the bank out, its answer in, line by line. */
export function Batches() {
  const query = useApi(hardshipApi.batches, batches)
  return (
    <section className="hardship-card">
      <h2>发放批次</h2>
      <p className="hardship-text hardship-aside">
        下载代发名单交银行，填好“结果”后原表导入回单。重复导入不会重复发放；失败的会回到“待发放”，重新编批时换新编码并注明顶替哪一笔。
      </p>
      <Loaded query={query} rows={2}>
        {(list) =>
          list.length === 0 ? (
            <Blank why="还没有编过批次" />
          ) : (
            list.map((batch) => <BatchView key={batch.id} batch={batch} />)
          )
        }
      </Loaded>
      <CutNote list="hardshipBatches" count={query.data?.length} />
    </section>
  )
}

function BatchView({ batch: b }: { batch: Batch }) {
  const failed = useFailed()
  const download = useMutation({
    mutationFn: async () =>
      save(`帮扶资金发放_${b.no}.xlsx`, await callFile(hardshipApi.batchFile(b.id), { method: 'POST' })),
    onError: failed,
  })
  const waits = b.lines.some((line) => line.state === 'waiting')
  return (
    <>
      <div className="hardship-head" style={{ marginTop: 14 }}>
        <h3 style={{ margin: 0 }} className="num">
          {`${b.no}　${b.kind}帮扶 · ${b.fund}资金 · ${b.count} 笔 ${yuan(b.amount)} 元`}
        </h3>
        {waits && (
          <div className="hardship-bar" style={{ margin: 0 }}>
            <Button
              aria-label={`下载代发名单 ${b.no}`}
              loading={download.isPending}
              onClick={() => download.mutate()}
            >
              下载代发名单
            </Button>
            <AnswerUpload
              label="导入回单"
              path={hardshipApi.batch(b.id)}
              schema={answered}
              told={(a) => `到账 ${a.taken}，失败 ${a.failed}`}
            />
          </div>
        )}
      </div>
      <Sideways label={`批次 ${b.no}`}>
        <table className="plain-table">
          <thead>
            <tr>
              <th>编码</th>
              <th>姓名</th>
              <th>单位</th>
              <th>金额（元）</th>
              <th>结果</th>
            </tr>
          </thead>
          <tbody>
            {b.lines.map((line) => (
              <tr key={line.code}>
                <td className="num">
                  {line.code}
                  {line.replaces && <div className="hardship-aside">{`顶替 ${line.replaces}`}</div>}
                </td>
                <td>{line.name}</td>
                <td>{line.unit}</td>
                <td className="num">{yuan(line.amount)}</td>
                <td>
                  <Tag color={colors[line.state]}>{lineStateWords[line.state]}</Tag>{' '}
                  {line.answeredOn && <span className="hardship-aside num">{line.answeredOn}</span>}
                  {line.fault && <div className="hardship-due">{line.fault}</div>}
                  {line.replacedBy && <div className="hardship-aside num">{`已改发 ${line.replacedBy}`}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </>
  )
}
