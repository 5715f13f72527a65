import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Descriptions, Popover, Tag } from 'antd'
import type { Line } from './chapters.ts'
import { kindLabels, styleLabels } from './format.ts'

type LineProps = { line: Line }

const tiers = { subdistrict: '街道（乡镇）', district: '区市县或产业工会', city: '市总工会' } as const

/** 口径 and everything else that decides what the figure means. */
export function DefinitionFacts({ line: { indicator, programme } }: LineProps) {
  const date = indicator.nature === 'stock' ? '期末当日仍有效的' : '事项日期落在本期内的'
  return (
    <Descriptions
      size="small"
      column={1}
      className="figure-facts"
      items={[
        { key: 'definition', label: '口径', children: indicator.definition },
        { key: 'unit', label: '单位', children: `${indicator.unit} · ${kindLabels[indicator.kind]}` },
        { key: 'nature', label: '计入', children: `${date}，由${tiers[programme.acceptedBy]}审核通过` },
        { key: 'source', label: '来源', children: `${programme.label} · 总结${programme.section}` },
        { key: 'style', label: '写法', children: styleLabels[indicator.style] },
        ...(indicator.notDeduplicated
          ? [{ key: 'mark', label: '未去重', children: '人数来自各单位填报的数，没有按名单去重' }]
          : []),
      ]}
    />
  )
}

/** The `?` beside a figure. */
export function DefinitionButton({ line }: LineProps) {
  return (
    <Popover
      trigger="click"
      title={line.indicator.label}
      content={<DefinitionFacts line={line} />}
      styles={{ root: { width: 360, maxWidth: 'calc(100vw - 24px)' } }}
    >
      <Button
        type="text"
        size="small"
        className="figure-help"
        icon={<QuestionCircleOutlined />}
        aria-label={`${line.indicator.label}的口径`}
      />
    </Popover>
  )
}

/** Marks a person count that comes from counts, not from names. */
export function NotDeduplicated({ line }: LineProps) {
  if (!line.indicator.notDeduplicated) return null
  return <Tag className="figure-mark">未去重</Tag>
}
