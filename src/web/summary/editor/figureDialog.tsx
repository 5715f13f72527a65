import { Alert, Flex, Form, Modal, Segmented, Select, Spin } from 'antd'
import { useState } from 'react'
import { figureSet } from '#figures/api.ts'
import { type Chip } from '#figures/summary/draft.ts'
import { writtenAs } from '#figures/summary/render.ts'
import { stylesFor, type Style } from '#figures/written.ts'
import { hasPart, partsIn, periodOf, type Calendar } from '#kit/period.ts'
import type { OrgBrief } from '#org/api.ts'
import type { ChipInfo } from '#figures/summaryApi.ts'
import { useApi, useMe } from '../../api/hooks.tsx'
import { figuresApi } from '../../figures/addresses.ts'
import { chapters, findLine } from '../../figures/chapters.ts'
import { calendarLabels, offeredCalendars, yearsOffered } from '../../figures/scope.ts'
import { OrgPicker } from '../../kit/orgPicker.tsx'

const options = chapters.map(({ title, lines }) => ({
  label: title,
  options: lines.map(({ id, indicator }) => ({
    value: id,
    label: `${indicator.label}（${indicator.unit}）`,
  })),
}))
const styleWords: Record<Style, string> = {
  exact: '准确数',
  wan1: '万，一位小数',
  wan2: '万，两位小数',
  yu: '余',
}

type Of = { calendar: Calendar; year: number; part: number }
type FigureDialogProps = {
  year: number
  org: OrgBrief
  onInsert: (chip: Chip, info: ChipInfo) => void
  onClose: () => void
}

/** Chooses a figure: which indicator, of whom, of when, and how it is written; shows what will stand in the text. */
export function FigureDialog({ year, org, onInsert, onClose }: FigureDialogProps) {
  const { today } = useMe()
  const [indicator, setIndicator] = useState<string>()
  const [unit, setUnit] = useState<OrgBrief>(org)
  const [of, setOf] = useState<Of>({ calendar: 'year', year, part: 1 })
  const [style, setStyle] = useState<Style>()
  const line = indicator === undefined ? null : findLine(indicator)
  const scope = { org: unit.id, ...of, view: 'then' as const }
  const query = useApi(figuresApi.set(scope), figureSet, { enabled: line !== null, keep: true })
  const figure = query.data?.figures.find((one) => one.indicator === indicator)
  const isOwn = unit.id === org.id && of.calendar === 'year' && of.year === year
  const value =
    figure?.value === undefined || figure.value === null || line === null
      ? null
      : line.indicator.kind === 'money'
        ? figure.value / 100
        : figure.value
  const chosen = style ?? line?.indicator.style ?? 'exact'
  const insert = () => {
    if (!line || !indicator) return
    onInsert(
      {
        indicator,
        ...(unit.id === org.id ? {} : { org: unit.id }),
        ...(of.calendar === 'year' && of.year === year ? {} : of),
        ...(style === undefined || style === line.indicator.style ? {} : { style }),
      },
      {
        value,
        org: unit.id === org.id ? null : { code: unit.code, shortName: unit.shortName },
        frozen: null,
      },
    )
  }
  const parts = Array.from({ length: partsIn[of.calendar] }, (_, i) => i + 1)
  const years = [...new Set([...yearsOffered(today), year])].sort((a, b) => b - a)
  return (
    <Modal
      open
      title="插入数字"
      okText="插入"
      okButtonProps={{ disabled: line === null || query.isFetching }}
      onOk={insert}
      onCancel={onClose}
    >
      <Form layout="vertical" className="figure-form">
        <Form.Item label="指标">
          <Select
            aria-label="指标"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="输入名称查找"
            options={options}
            value={indicator}
            onChange={(id: string) => {
              setIndicator(id)
              setStyle(undefined)
            }}
          />
        </Form.Item>
        <Form.Item label="哪个单位">
          <OrgPicker label="哪个单位" value={[unit]} onChange={([picked]) => setUnit(picked ?? org)} />
        </Form.Item>
        <Form.Item label="哪个期间">
          <Flex gap={8} wrap>
            <Segmented
              aria-label="哪个期间"
              value={of.calendar}
              options={offeredCalendars.map((one) => ({ value: one, label: calendarLabels[one] }))}
              onChange={(calendar) => setOf({ calendar, year: of.year, part: 1 })}
            />
            <Select
              aria-label="年份"
              value={of.year}
              options={years.map((one) => ({ value: one, label: `${one}年` }))}
              onChange={(picked) => setOf({ ...of, year: picked })}
            />
            {parts.length > 1 && (
              <Select
                aria-label="第几"
                value={hasPart(of.calendar, of.part) ? of.part : 1}
                popupMatchSelectWidth={false}
                options={parts.map((one) => ({
                  value: one,
                  label: periodOf(of.calendar, of.year, one).label.replace(/^\d+年/, ''),
                }))}
                onChange={(part) => setOf({ ...of, part })}
              />
            )}
          </Flex>
        </Form.Item>
        {line && (
          <Form.Item label="写法">
            <Select
              aria-label="写法"
              value={chosen}
              options={stylesFor(line.indicator.unit).map((one) => ({
                value: one,
                label:
                  value === null
                    ? styleWords[one]
                    : `${styleWords[one]}：${writtenAs(value, line.indicator.unit, one)}`,
              }))}
              onChange={setStyle}
            />
          </Form.Item>
        )}
      </Form>
      {line && (
        <Spin spinning={query.isFetching}>
          <Alert
            type={value === null ? 'warning' : 'info'}
            title={
              value === null
                ? '这个数字人数过少或尚未发布，不能写入公文'
                : `${isOwn ? '' : `${unit.shortName}${periodOf(of.calendar, of.year, of.part).label}，`}写作“${writtenAs(value, line.indicator.unit, chosen)}”，准确值 ${value}${line.indicator.unit}`
            }
            description={`口径：${line.indicator.definition}`}
          />
        </Spin>
      )}
    </Modal>
  )
}
