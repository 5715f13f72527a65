import { DownloadOutlined } from '@ant-design/icons'
import { Alert, App, Button, Card, Flex, Segmented, Tabs } from 'antd'
import { useState } from 'react'
import {
  commitDone,
  intakeDetail,
  intakeDone,
  rowList,
  undoDone,
  type IntakeDetail,
  type IntakeSheet,
} from '#intake/api.ts'
import { call } from '../api/client.dom.ts'
import { toProblem } from '../api/problem.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { KeyPager } from '../kit/keyPager.tsx'
import { Failure, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { withQuery } from '../urlState.ts'
import { Grid } from './grid.tsx'
import { MappingCard } from './mapping.tsx'
import { Invitations } from './invitations.tsx'
import type { IntakeSearch } from './search.ts'
import { countSentence, readyOf, shownStates, stateWords, totalOf } from './words.ts'

type CheckViewProps = {
  id: string
  search: IntakeSearch
  onSearch: (change: Partial<IntakeSearch>) => void
}

/** ③ what was found, mended in place; ④ written in. */
export function CheckView({ id, search, onSearch }: CheckViewProps) {
  const query = useApi(api.intake(id), intakeDetail)
  return (
    <Loaded query={query} rows={10}>
      {(page) => {
        const sheet = page.sheets.find((s) => s.key === search.sheet) ?? page.sheets[0]!
        return (
          <Flex vertical gap={12} className="intake">
            <Finish page={page} />
            {page.target === 'onboarding' && page.state === 'committed' && <Invitations id={id} />}
            {page.sheets.length > 1 && (
              <Tabs
                activeKey={sheet.key}
                onChange={(key) => onSearch({ sheet: key, only: undefined })}
                items={page.sheets.map((s) => ({ key: s.key, label: `${s.label}（${totalOf(s.counts)}）` }))}
              />
            )}
            <MappingCard key={sheet.key} page={page} sheet={sheet} />
            <RowsCard page={page} sheet={sheet} search={search} onSearch={onSearch} />
          </Flex>
        )
      }}
    </Loaded>
  )
}

/** The state of the whole and its acts. */
function Finish({ page }: { page: IntakeDetail }) {
  const { message, modal } = App.useApp()
  const { counts } = page
  const bringIn = useAct(
    (mode: 'right' | 'all', key) =>
      call(api.intakeCommit(page.id), commitDone, {
        method: 'POST',
        body: { version: page.version, mode },
        key,
      }),
    ({ made, left }) =>
      void message.success(left > 0 ? `已导入 ${made} 行，还有 ${left} 行没有导入` : `已导入 ${made} 行`),
  )
  const takeBack = useAct(
    (_: null, key) => call(api.intakeUndo(page.id), undoDone, { method: 'POST', key }),
    ({ undone, kept }) =>
      void message.info(
        kept > 0 ? `已撤销 ${undone} 行，${kept} 行导入后已有变动，保留` : `已撤销 ${undone} 行`,
      ),
  )
  const failed = bringIn.error ?? takeBack.error
  const ready = readyOf(counts)
  return (
    <Card size="small">
      <Flex justify="space-between" align="center" gap={12} wrap>
        <div>
          <b>{page.fileName}</b>
          <div className="page-sub">
            {countSentence(counts)}
            {page.state === 'undone' && '，这次导入已撤销'}
          </div>
          <div className="page-sub">
            {formatInstant(page.madeAt)} 上传，保留到 {formatInstant(page.keptUntil)}
            {page.leftAside.length > 0 && `；没有用到的工作表：${page.leftAside.join('、')}`}
          </div>
        </div>
        <Flex gap={8} wrap>
          <Button icon={<DownloadOutlined />} href={`/api${api.intakeMarked(page.id)}`}>
            下载标注后的表格
          </Button>
          {page.state === 'open' && counts.wrong > 0 && ready > 0 && (
            <Button loading={bringIn.busy} onClick={() => bringIn.run('right')}>
              只导入正确的 {ready} 行
            </Button>
          )}
          {page.state === 'open' && (
            <Button
              type="primary"
              loading={bringIn.busy}
              disabled={counts.wrong > 0 || ready === 0}
              onClick={() => bringIn.run('all')}
            >
              {ready === 0 ? '没有要导入的' : `全部导入（${ready} 行）`}
            </Button>
          )}
          {page.mayUndo && (
            <Button
              loading={takeBack.busy}
              onClick={() =>
                modal.confirm({
                  title: '撤销这次导入？',
                  content: '导入后没有变动过的都会撤回，变动过的保留。',
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
      {failed && (
        <div className="intake-failure">
          <Failure error={failed} />
        </div>
      )}
    </Card>
  )
}

type RowsCardProps = Omit<CheckViewProps, 'id'> & { page: IntakeDetail; sheet: IntakeSheet }

function RowsCard({ page, sheet, search, onSearch }: RowsCardProps) {
  const [keys, setKeys] = useState<string[]>([])
  const { message } = App.useApp()
  const { counts } = sheet
  const query = useApi(
    withQuery(api.intakeRows(page.id), { sheet: sheet.key, state: search.only, after: keys.at(-1) }),
    rowList,
    { keep: true },
  )
  const mend = useAct(
    (cell: { line: number; column: string; text: string }, key) =>
      call(api.intakeCells(page.id), intakeDone, {
        method: 'PUT',
        body: { version: page.version, cells: [{ sheet: sheet.key, ...cell }] },
        key,
      }),
    undefined,
    (error) => void message.error(toProblem(error).body.message),
  )
  return (
    <Card size="small">
      <Flex justify="space-between" align="center" gap={8} wrap className="intake-filter">
        <Segmented
          value={search.only ?? ''}
          onChange={(value) => {
            setKeys([])
            onSearch({ only: shownStates.find((s) => s === value) })
          }}
          options={[
            { label: `全部 ${totalOf(counts)}`, value: '' },
            ...shownStates
              .filter((s) => counts[s] > 0)
              .map((s) => ({ label: `${stateWords[s].label} ${counts[s]}`, value: s })),
          ]}
        />
        {page.state === 'open' && <span className="page-sub">点一下单元格就可以改，改完自动重新核对</span>}
      </Flex>
      {counts.wrong > 0 && page.state === 'open' && sheet.missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="intake-failure"
          title={`文件里没有找到“${sheet.missing.join('、')}”，请在“栏目对应”里指定，或补上这一列后重新上传`}
        />
      )}
      <Loaded query={query} rows={8}>
        {(data) => (
          <>
            <Grid
              sheet={sheet}
              rows={data.rows}
              editable={page.state === 'open'}
              busy={mend.busy || query.isPlaceholderData}
              onMend={(cell) => mend.run(cell)}
            />
            <KeyPager
              keys={keys}
              onKeys={setKeys}
              next={query.isPlaceholderData || data.next === null ? null : String(data.next)}
            />
          </>
        )}
      </Loaded>
    </Card>
  )
}
