import { PrinterOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select, Tabs } from 'antd'
import { useState } from 'react'
import { figureSet } from '#figures/api.ts'
import { summaryPreview, type EditedPart, type SummaryPreview } from '#figures/summaryApi.ts'
import { useApi, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { figuresApi } from '../figures/addresses.ts'
import { FigurePanel } from '../figures/figurePanel.tsx'
import { readScope, yearsOffered, type Scope } from '../figures/scope.ts'
import { Blank, Loaded } from '../kit/states.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { summaryApi } from './addresses.ts'
import { FigureList } from './figureList.tsx'
import { readinessOf, type Readiness } from './paper.ts'
import { PartEditor } from './partEditor.tsx'
import { Sheet } from './sheet.tsx'
import { Snapshots } from './snapshots.tsx'
import './summary.css'
import { TextList } from './textList.tsx'

/** 年度工作总结: the year as one official page, every figure of it open to its records. */
export function SummaryPage() {
  const { today } = useMe()
  const search = useSearch({ from: paths.summary })
  const navigate = useNavigate({ from: paths.summary })
  const scope = readScope({ year: search.year, org: search.org }, today)
  const { org: _drilled, ...whole } = scope
  const query = useApi(summaryApi.preview(scope.year), summaryPreview, { keep: true })
  const go = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...change }, resetScroll: false })
  return (
    <>
      <PageHead
        title="年度工作总结"
        sub="随审核通过的记录变动；点任一数字，看它由哪些记录加成"
        extra={
          <>
            <Select
              aria-label="年份"
              value={scope.year}
              options={yearsOffered(today).map((value) => ({ value, label: `${value}年` }))}
              onChange={(year) => go({ year: String(year) })}
            />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              打印
            </Button>
          </>
        }
      />
      {query.error && toProblem(query.error).status === 403 ? (
        <Blank why="年度总结由市总工会汇总编写，您的岗位不查看全文；本单位的数字在“指标”里。">
          <Link to={paths.figures}>
            <Button type="primary">去看指标</Button>
          </Link>
        </Blank>
      ) : (
        <Loaded query={query} rows={16}>
          {(preview) => <Desk key={preview.year} preview={preview} whole={whole} />}
        </Loaded>
      )}
      <FigurePanel
        indicator={search.figure}
        scope={scope}
        onOrg={(org) => go({ org: org?.toString() })}
        onClose={() => go({ figure: undefined, org: undefined })}
      />
    </>
  )
}

/** The sheet and what stands beside it: its figures, the editors' texts, the frozen versions. */
function Desk({ preview, whole }: { preview: SummaryPreview; whole: Scope }) {
  const [hot, setHot] = useState<string | null>(null)
  const [editing, setEditing] = useState<EditedPart | null>(null)
  const set = useApi(figuresApi.set(whole), figureSet, { keep: true })
  const readiness = (indicator: string): Readiness => {
    const figure = set.data?.figures.find((one) => one.indicator === indicator)
    const run = runOf(preview, indicator)
    return readinessOf(run ?? 0, figure?.waiting ?? 0)
  }
  return (
    <div className="desk">
      <Sheet
        preview={preview}
        readiness={readiness}
        hot={hot}
        editing={editing}
        editor={
          editing && (
            <PartEditor key={editing} part={editing} preview={preview} onClose={() => setEditing(null)} />
          )
        }
        onEdit={setEditing}
      />
      <aside className="side" aria-label="总结的数字、文字和定稿">
        <Tabs
          size="small"
          items={[
            {
              key: 'figures',
              label: '数字',
              children: <FigureList blocks={preview.blocks} readiness={readiness} onHot={setHot} />,
            },
            { key: 'texts', label: '文字', children: <TextList preview={preview} onEdit={setEditing} /> },
            {
              key: 'snapshots',
              label: preview.snapshots.length > 0 ? `定稿 ${preview.snapshots.length}` : '定稿',
              children: <Snapshots preview={preview} />,
            },
          ]}
        />
      </aside>
    </div>
  )
}

function runOf(preview: SummaryPreview, indicator: string): number | undefined {
  for (const block of preview.blocks) {
    if (block.kind !== 'paragraph') continue
    for (const run of block.runs)
      if ('figure' in run && run.figure.indicator === indicator) return run.figure.value
  }
  return undefined
}
