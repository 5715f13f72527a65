import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Card, Flex, Progress } from 'antd'
import { useState } from 'react'
import { readyOf } from '#intake/target.ts'
import { commitDone, undoDone, type CommitBody, type IntakeDetail } from '#intake/api.ts'
import { findProgramme } from '#programmes/index.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { BatchLink } from '../record/batch.tsx'
import { AskWords } from './askWords.tsx'
import { watchCommit, type Progress as Told } from './progress.dom.ts'
import { countSentence } from './words.ts'

type Wanted = Pick<CommitBody, 'mode' | 'as'>

/** The state of the whole and its acts. */
export function Finish({ page }: { page: IntakeDetail }) {
  const { message, modal } = App.useApp()
  const { counts, state } = page
  const [told, setTold] = useState<Told | null>(null)
  const [asking, setAsking] = useState<Wanted | null>(null)
  const bringIn = useAct(
    async (body: Omit<CommitBody, 'version'>, key) => {
      const stop = await watchCommit(page.id, setTold)
      try {
        const given = { ...body, version: page.version }
        return await call(api.intakeCommit(page.id), commitDone, { method: 'POST', body: given, key })
      } finally {
        stop()
        setTold(null)
      }
    },
    ({ made, left }, { as }) => {
      const done = as === 'draft' ? `已存为草稿 ${made} 行` : `已导入 ${made} 行`
      void message.success(left > 0 ? `${done}，还有 ${left} 行没有导入` : done)
    },
  )
  const takeBack = useAct(
    (_: null, key) => call(api.intakeUndo(page.id), undoDone, { method: 'POST', key }),
    ({ undone, kept, lines, advice }) =>
      kept === 0
        ? void message.success(`已撤销 ${undone} 行`)
        : void modal.info({
            title: `已撤销 ${undone} 行，保留 ${kept} 行`,
            content: `${page.stays}保留：第 ${lines.join('、')} 行${kept > lines.length ? '等' : ''}。${advice ?? ''}`,
            okText: '知道了',
          }),
  )
  const failed = bringIn.error ?? takeBack.error
  const ready = readyOf(counts)
  const isClean = counts.wrong + counts.double === 0
  const start = (wanted: Wanted): void => (page.asks.length > 0 ? setAsking(wanted) : bringIn.run(wanted))
  const unfinished = state === 'open' && ready > 0
  return (
    <Card size="small" className="intake-finish">
      <Flex justify="space-between" align="center" gap={12} wrap>
        <div>
          <b>{page.fileName}</b>
          <div className="page-sub">{countSentence(counts)}</div>
          <div className="page-sub">
            {formatInstant(page.madeAt)} 上传，保留到 {formatInstant(page.keptUntil)}
            {page.leftAside.length > 0 && `；没有用到的工作表：${page.leftAside.join('、')}`}
          </div>
          {state === 'open' && ready > 0 && (
            <div className="page-sub">
              导入后 24 小时内可以撤销：撤回{page.goesBack}；{page.stays}保留。
            </div>
          )}
        </div>
        <Flex gap={8} wrap>
          <Button icon={<DownloadOutlined />} href={`/api${api.intakeMarked(page.id)}`}>
            下载标注后的表格
          </Button>
          {unfinished && page.mayDraft && (
            <Button
              disabled={bringIn.busy}
              title="先不上报，到“待办—草稿”里逐条再看"
              onClick={() => start({ mode: isClean ? 'all' : 'right', as: 'draft' })}
            >
              存为草稿
            </Button>
          )}
          {unfinished && !isClean && (
            <Button loading={bringIn.busy} onClick={() => start({ mode: 'right' })}>
              只导入正确的 {ready} 行
            </Button>
          )}
          {state === 'open' && (
            <Button
              type="primary"
              loading={bringIn.busy}
              disabled={!isClean || ready === 0}
              title={isClean ? undefined : '改好有错和疑似重复的行以后可以全部导入'}
              onClick={() => start({ mode: 'all' })}
            >
              {ready === 0 ? '没有要导入的' : `全部导入（${ready} 行）`}
            </Button>
          )}
          {counts.done > 0 && findProgramme(page.target) && (
            <BatchLink programme={page.target} batch={page.id}>
              <Button>看导入的记录</Button>
            </BatchLink>
          )}
          {page.mayUndo && (
            <Button
              loading={takeBack.busy}
              onClick={() =>
                modal.confirm({
                  title: '撤销这次导入？',
                  content: `撤回${page.goesBack}；${page.stays}保留。`,
                  okText: '撤销导入',
                  cancelText: '取消',
                  onOk: () => takeBack.run(null),
                })
              }
            >
              撤销这次导入
            </Button>
          )}
        </Flex>
      </Flex>
      {bringIn.busy && told && told.total > 0 && (
        <Progress
          percent={Math.round((100 * told.done) / told.total)}
          format={() => `${told.done} / ${told.total} 行`}
          status="active"
        />
      )}
      {failed && (
        <div className="intake-failure">
          <Failure error={failed} />
        </div>
      )}
      {asking && (
        <AskWords
          asks={page.asks.filter((one) => one === 'reason' || asking.as !== 'draft')}
          ready={ready}
          onCancel={() => setAsking(null)}
          onDone={(words) => {
            setAsking(null)
            bringIn.run({ ...asking, ...words })
          }}
        />
      )}
    </Card>
  )
}
