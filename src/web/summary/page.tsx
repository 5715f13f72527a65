import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Dropdown, Skeleton, Tabs, Tag } from 'antd'
import { lazy, Suspense, useCallback, useState } from 'react'
import { figureSet } from '#figures/api.ts'
import { isToCome, periodOf } from '#kit/period.ts'
import { summaryPreview, type SummaryPreview } from '#figures/summaryApi.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { figuresApi } from '../figures/addresses.ts'
import { FigurePanel } from '../figures/figurePanel.tsx'
import { Begun } from '../figures/begun.tsx'
import { readScope } from '../figures/scope.ts'
import { YearPick } from '../figures/yearPick.tsx'
import { Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { fileHref, summaryApi } from './addresses.ts'
import { Comments, RemarkDialog } from './comments.tsx'
import { ChipCard } from './editor/chipCard.tsx'
import { scopeOfChip } from './editor/chips.ts'
import type { Desk, Picked } from './editor/editor.tsx'
import { FigureList } from './figureList.tsx'
import { Material } from './material.tsx'
import { momentOf, readinessOf, stateWords, type Readiness } from './paper.ts'
import { ReadText, Sheet } from './sheet.tsx'
import { SignOff, Standing } from './signOff.tsx'
import { Snapshots } from './snapshots.tsx'
import './summary.css'
import { Versions } from './versions.tsx'

// The editor is large, and leaders only read.
const PaperEditor = lazy(async () => ({ default: (await import('./editor/editor.tsx')).PaperEditor }))

/** 年度工作总结 of the unit: written, remarked on and signed here, every figure open to its records. */
export function SummaryPage() {
  const { today } = useMe()
  const search = useSearch({ from: paths.summary })
  const navigate = useNavigate({ from: paths.summary })
  const { year } = readScope({ year: search.year }, today)
  const panel = readScope(
    { year: search.of ?? String(year), org: search.org, calendar: search.calendar, part: search.part },
    today,
  )
  const query = useApi(summaryApi.preview(year), summaryPreview, { keep: true })
  const [desk, setDesk] = useState<Desk | null>(null)
  const go = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...change }, resetScroll: false })
  const period = periodOf('year', year)
  const preview = query.data?.year === year && !isToCome(period, today) ? query.data : undefined
  return (
    <>
      <PageHead
        title="年度工作总结"
        sub={preview ? <Told preview={preview} /> : '正文自己写，数字随审核通过的记录变动'}
        extra={
          <>
            <YearPick year={year} onYear={(picked) => go({ year: String(picked) })} />
            {preview && <Files preview={preview} desk={desk} />}
            {preview && <SignOff preview={preview} desk={desk} />}
          </>
        }
      />
      <Begun period={period}>
        <Loaded query={query} rows={16}>
          {(data) => (
            <Work
              key={`${data.year} ${data.state}`}
              preview={data}
              desk={desk}
              onDesk={setDesk}
              onOpen={go}
            />
          )}
        </Loaded>
      </Begun>
      <FigurePanel
        indicator={search.figure}
        scope={panel}
        onOrg={(org) => go({ org: org?.toString() })}
        onClose={() =>
          go({ figure: undefined, org: undefined, calendar: undefined, of: undefined, part: undefined })
        }
      />
    </>
  )
}

function Told({ preview: { state, org, saved, figures } }: { preview: SummaryPreview }) {
  const { label, tone } = stateWords[state]
  return (
    <>
      <Tag color={tone}>{label}</Tag>
      {org.name} · {figures} 个数字 ·{' '}
      {saved ? `${saved.by} ${momentOf(saved.at)} 改过` : '按模板和现时数字自动起草，尚未改动'}
    </>
  )
}

/** Files of the text as it stands; what leaves the house is made from a snapshot. */
function Files({ preview: { year, hasPdf }, desk }: { preview: SummaryPreview; desk: Desk | null }) {
  const get = async (asked: Parameters<typeof fileHref>[1]) => {
    await desk?.flush()
    window.location.assign(fileHref({ year }, asked))
  }
  return (
    <Dropdown
      menu={{
        items: [
          { key: 'clean', label: 'Word 清样', onClick: () => void get({ mode: 'clean' }) },
          { key: 'review', label: 'Word 审阅版（逐数批注）', onClick: () => void get({ mode: 'review' }) },
          ...(hasPdf ? [{ key: 'pdf', label: 'PDF', onClick: () => void get({ as: 'pdf' }) }] : []),
          { key: 'print', icon: <PrinterOutlined />, label: '打印本页', onClick: () => window.print() },
        ],
      }}
    >
      <Button icon={<DownloadOutlined />}>导出现稿</Button>
    </Dropdown>
  )
}

type WorkProps = {
  preview: SummaryPreview
  desk: Desk | null
  onDesk: (desk: Desk | null) => void
  onOpen: (change: Record<string, string | undefined>) => void
}

/** The text and what stands beside it: its figures, material, remarks, versions, frozen ones. */
function Work({ preview, desk, onDesk, onOpen }: WorkProps) {
  const { year } = preview
  const client = useQueryClient()
  const [hot, setHot] = useState<string | null>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [remark, setRemark] = useState<{ block: string; quote: string } | null>(null)
  const [tab, setTab] = useState('figures')
  const set = useApi(figuresApi.set({ calendar: 'year', year, part: 1, view: 'then' }), figureSet, {
    keep: true,
  })
  const readiness = (indicator: string, value: number): Readiness =>
    readinessOf(value, set.data?.figures.find((one) => one.indicator === indicator)?.waiting ?? 0)
  const mayRemark = preview.mayEdit || preview.acts.length > 0
  const onRemark = useCallback((block: string, quote: string) => setRemark({ block, quote }), [])
  const onSaved = useCallback(
    () => void client.invalidateQueries({ queryKey: [summaryApi.preview(year)] }),
    [client, year],
  )
  const onPick = useCallback((one: Picked | null) => {
    setPicked(one)
    if (one) setTab('figures')
  }, [])
  const goTo = (block: string) =>
    desk ? desk.goTo(block) : document.getElementById(`block-${block}`)?.scrollIntoView({ block: 'center' })
  const open = preview.comments.filter(({ resolvedAt }) => resolvedAt === null).length
  const values = { year, info: new Map(Object.entries(preview.chips)) }
  return (
    <>
      <Standing preview={preview} />
      <div className="desk">
        {preview.mayEdit ? (
          <Suspense fallback={<Skeleton active paragraph={{ rows: 16 }} />}>
            <PaperEditor
              preview={preview}
              onPick={onPick}
              onRemark={onRemark}
              onDesk={onDesk}
              onSaved={onSaved}
            />
          </Suspense>
        ) : (
          <Sheet preview={preview}>
            <ReadText
              preview={preview}
              readiness={readiness}
              hot={hot}
              onRemark={mayRemark ? onRemark : null}
            />
          </Sheet>
        )}
        <aside className="side" aria-label="总结的数字、素材、批注和版本">
          <Tabs
            size="small"
            activeKey={tab}
            onChange={setTab}
            items={[
              {
                key: 'figures',
                label: '数字',
                children: picked ? (
                  <ChipCard
                    key={`${picked.chip.indicator}${picked.chip.org ?? ''}`}
                    chip={picked.chip}
                    values={values}
                    onChange={picked.change}
                    onRemove={picked.remove}
                    onOpen={() => onOpen(panelOf(picked, year))}
                  />
                ) : (
                  <FigureList blocks={preview.blocks} readiness={readiness} onHot={setHot} />
                ),
              },
              {
                key: 'material',
                label: '素材',
                children: <Material year={year} draft={preview.draft} desk={desk} />,
              },
              {
                key: 'comments',
                label: open > 0 ? `批注 ${open}` : '批注',
                children: <Comments preview={preview} onGo={goTo} />,
              },
              { key: 'versions', label: '版本', children: <Versions preview={preview} desk={desk} /> },
              {
                key: 'snapshots',
                label: preview.snapshots.length > 0 ? `定稿 ${preview.snapshots.length}` : '定稿',
                children: <Snapshots preview={preview} />,
              },
            ]}
          />
        </aside>
      </div>
      {remark && <RemarkDialog year={year} {...remark} onClose={() => setRemark(null)} />}
    </>
  )
}

/** What the panel of a figure's records is asked for. */
function panelOf({ chip }: Picked, year: number): Record<string, string | undefined> {
  const scope = scopeOfChip(chip, year)
  return {
    figure: chip.indicator,
    org: scope.org?.toString(),
    calendar: scope.calendar,
    of: String(scope.year),
    part: String(scope.part),
  }
}
