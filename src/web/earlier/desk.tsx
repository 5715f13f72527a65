import { App, Alert, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import type { EarlierGrid } from '#figures/earlier/api.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { chapters, findLine } from '../figures/chapters.ts'
import { Failure } from '../kit/states.tsx'
import { earlierApi } from './addresses.ts'
import { cellKey, spread, valueOf } from './cells.ts'
import { Grid } from './grid.tsx'
import { useDrafts, type Saving } from './useDrafts.tsx'

const savingWords: Readonly<Record<Saving['state'], string>> = {
  saved: '已自动保存',
  dirty: '正在填写…',
  saving: '正在保存…',
  failed: '没有保存上',
}

/** The table of one unit: typed or pasted, saved as drafts at once, submitted together with where the numbers come from. */
export function Desk({ grid, tier }: { grid: EarlierGrid; tier: string }) {
  const { message } = App.useApp()
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map())
  const [source, setSource] = useState('')
  const [pasteNote, setPasteNote] = useState<string | null>(null)
  const drafts = useDrafts(grid.org.id)
  const act = useAct(
    (body: { action: 'submit' | 'withdraw'; ids: string[] }, key) =>
      call(earlierApi.submission, anything, { method: 'POST', body, key }),
    (_, { action, ids }) => {
      setTyped(new Map())
      void message.success(action === 'submit' ? `已提交 ${ids.length} 个数，待另一位同志审核` : '已撤回')
    },
  )
  const mine = grid.cells.filter((c) => c.state === 'draft' || c.state === 'returned')
  const sent = grid.cells.filter((c) => c.state === 'submitted')
  const sourceless = mine.filter((c) => c.source === '').length
  const enter = (list: readonly { indicator: string; year: number; text: string }[]) => {
    setTyped((old) => new Map([...old, ...list.map((c) => [cellKey(c.indicator, c.year), c.text] as const)]))
    drafts.touch(
      list.flatMap(({ indicator, year, text }) => {
        const read = valueOf(text, findLine(indicator)!)
        return 'fault' in read ? [] : [{ indicator, year, value: read.value, source: source.trim() }]
      }),
    )
  }
  const paste = (text: string, at: { indicator: string; year: number }) => {
    const lines = chapters.flatMap((c) => c.lines).filter(({ id }) => !grid.withheld.includes(id))
    const { cells, lost } = spread(text, lines, grid.years, at)
    const taken = new Set([
      ...grid.beside.filter((b) => b.recorded !== null).map((b) => cellKey(b.indicator, b.year)),
      ...sent.map((c) => cellKey(c.indicator, c.year)),
    ])
    const free = cells.filter((c) => !taken.has(cellKey(c.indicator, c.year)))
    enter(free)
    const kept = cells.length - free.length
    setPasteNote(
      `已贴入 ${free.length} 个数` +
        (kept > 0 ? `；${kept} 格已有记录或正在审核，没有改动` : '') +
        (lost > 0 ? `；${lost} 个数在表中没有对应的指标或年份，没有贴入` : ''),
    )
  }
  /** What has no source yet gets the one that stands above. */
  const giveSource = () =>
    drafts.touch(
      mine
        .filter((c) => c.source === '')
        .map(({ indicator, year, value }) => ({ indicator, year, value, source: source.trim() })),
    )
  const submit = async () => {
    if (await drafts.flush()) act.run({ action: 'submit', ids: mine.map((c) => c.id) })
  }
  const { saving } = drafts
  return (
    <section className="earlier">
      <header className="earlier-head">
        <h2>
          {grid.org.name}
          <small>{tier}</small>
        </h2>
        {grid.mayEnter && (
          <Input
            className="earlier-source"
            prefix={<span className="earlier-label">出处</span>}
            aria-label="出处"
            maxLength={200}
            value={source}
            placeholder="先写这批数出自哪份文件、第几页，再填数"
            onChange={(event) => setSource(event.target.value)}
          />
        )}
      </header>
      {grid.mayEnter && (
        <p className="page-sub">
          可从 Excel 整块复制后贴进任一格；带指标名和年份表头的，自动对号。存量指标填年末数，金额填元。
        </p>
      )}
      {pasteNote && (
        <Alert type="info" showIcon closable={{ onClose: () => setPasteNote(null) }} title={pasteNote} />
      )}
      <Grid
        grid={grid}
        typed={typed}
        faults={drafts.faults}
        {...(grid.mayEnter
          ? {
              onType: (indicator: string, year: number, text: string) => enter([{ indicator, year, text }]),
              onPaste: paste,
            }
          : {})}
      />
      {act.error && <Failure error={act.error} retry={act.again} />}
      {saving.state === 'failed' && <Failure error={saving.error} retry={() => void drafts.flush()} />}
      {grid.mayEnter && (
        <Flex className="earlier-foot" gap={12} align="center" wrap>
          <Button
            type="primary"
            disabled={mine.length === 0 || sourceless > 0 || saving.state === 'failed'}
            loading={act.busy}
            onClick={() => void submit()}
          >
            提交审核{mine.length > 0 && `（${mine.length}）`}
          </Button>
          {sourceless > 0 && (
            <Button disabled={source.trim() === ''} onClick={giveSource}>
              给 {sourceless} 个没写出处的数补上出处
            </Button>
          )}
          {sent.length > 0 && (
            <Button onClick={() => act.run({ action: 'withdraw', ids: sent.map((c) => c.id) })}>
              撤回待审核的 {sent.length} 个
            </Button>
          )}
          <span className="page-sub" aria-live="polite">
            {mine.length > 0 || saving.state !== 'saved' ? savingWords[saving.state] : ''}
          </span>
        </Flex>
      )}
    </section>
  )
}
