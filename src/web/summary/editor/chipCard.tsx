import { DeleteOutlined, ProfileOutlined } from '@ant-design/icons'
import { Button, Flex, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { trace } from '#figures/api.ts'
import type { Chip } from '#figures/summary/draft.ts'
import { writtenAs } from '#figures/summary/render.ts'
import { stylesFor } from '#figures/written.ts'
import { useApi } from '../../api/hooks.tsx'
import { figuresApi } from '../../figures/addresses.ts'
import { findLine } from '../../figures/chapters.ts'
import { GradeShares } from '../../figures/gradeShares.tsx'
import { Loaded } from '../../kit/states.tsx'
import { exact, movement } from '../paper.ts'
import { infoOf, placeOf, scopeOfChip, type ChipValues } from './chips.ts'

type ChipCardProps = {
  chip: Chip
  values: ChipValues
  onChange: (chip: Chip) => void
  onRemove: () => void
  onOpen: () => void
}

/** The figure under the cursor: value, 口径, evidence, what moved since the last snapshot; its style and its correction. */
export function ChipCard({ chip, values, onChange, onRemove, onOpen }: ChipCardProps) {
  const line = findLine(chip.indicator)
  const info = infoOf(values, chip)
  const [correcting, setCorrecting] = useState(false)
  const scope = scopeOfChip(chip, values.year)
  const traced = useApi(figuresApi.trace(scope, chip.indicator), trace, {
    enabled: line !== null && info?.value !== null,
  })
  if (!line) return <p className="side-none">这个指标已不存在，请删去这个数字。</p>
  const { label, unit, style, definition, kind } = line.indicator
  const value = info?.value ?? null
  const place = placeOf(chip, values)
  const set = ({ style: picked, ...rest }: Chip) =>
    onChange(picked === undefined || picked === style ? rest : { ...rest, style: picked })
  return (
    <div className="chip-card">
      <Flex justify="space-between" align="baseline" gap={8}>
        <b>{label}</b>
        {place && <small>{place}</small>}
      </Flex>
      <p className="chip-value num">
        {value === null ? '不公开' : exact(value)}
        <small>{value === null ? '' : unit}</small>
      </p>
      <dl>
        <dt>口径</dt>
        <dd>{definition}</dd>
        <dt>上次快照</dt>
        <dd>
          {info?.frozen === null || info?.frozen === undefined
            ? '没有这个数字'
            : value === null
              ? exact(info.frozen)
              : info.frozen === value
                ? `${exact(value)}，没有变动`
                : movement(info.frozen, value)}
        </dd>
        <dt>证据等级</dt>
        <dd>
          <Loaded query={traced} rows={1}>
            {(data) =>
              data.withheld ? '记录不在可见范围内' : <GradeShares grades={data.grades} kind={kind} />
            }
          </Loaded>
        </dd>
        <dt>写法</dt>
        <dd>
          <Select
            size="small"
            aria-label="写法"
            value={chip.style ?? style}
            popupMatchSelectWidth={false}
            options={stylesFor(unit).map((one) => ({
              value: one,
              label: value === null ? one : writtenAs(value, unit, one),
            }))}
            onChange={(picked) => set({ ...chip, style: picked })}
          />
        </dd>
      </dl>
      {chip.correction && !correcting && (
        <p className="chip-corrected">
          人工更正为“{chip.correction.written}”：{chip.correction.reason}
          {chip.correction.by && `（${chip.correction.by}）`}
        </p>
      )}
      {correcting ? (
        <CorrectionForm
          chip={chip}
          onDone={(next) => {
            setCorrecting(false)
            onChange(next)
          }}
          onCancel={() => setCorrecting(false)}
        />
      ) : (
        <Flex gap={8} wrap>
          <Button size="small" icon={<ProfileOutlined />} onClick={onOpen}>
            看记录
          </Button>
          <Button size="small" onClick={() => setCorrecting(true)}>
            {chip.correction ? '改更正' : '人工更正'}
          </Button>
          {chip.correction && (
            <Button
              size="small"
              onClick={() => {
                const { correction: _dropped, ...rest } = chip
                onChange(rest)
              }}
            >
              取消更正
            </Button>
          )}
          <Button size="small" danger icon={<DeleteOutlined />} onClick={onRemove}>
            删去
          </Button>
        </Flex>
      )}
    </div>
  )
}

type CorrectionFormProps = { chip: Chip; onDone: (chip: Chip) => void; onCancel: () => void }

/** What is printed instead: it stands in the text marked as such, with author and reason in the appendix. */
function CorrectionForm({ chip, onDone, onCancel }: CorrectionFormProps) {
  return (
    <Form
      layout="vertical"
      size="small"
      initialValues={{ written: chip.correction?.written ?? '', reason: chip.correction?.reason ?? '' }}
      onFinish={({ written, reason }: { written: string; reason: string }) =>
        onDone({ ...chip, correction: { written: written.trim(), reason: reason.trim() } })
      }
    >
      <p className="side-none">
        数字优先从记录更正。确需手改的，文中会标注“人工更正”，附件列明更正人和理由。
      </p>
      <Form.Item
        name="written"
        label="文中写作（连单位）"
        rules={[{ required: true, whitespace: true, max: 40, message: '请填写，不超过 40 字，如 490期' }]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item
        name="reason"
        label="理由"
        rules={[{ required: true, whitespace: true, max: 200, message: '请写明理由，不超过 200 字' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
      </Form.Item>
      <Flex gap={8} justify="flex-end">
        <Button onClick={onCancel}>取消</Button>
        <Button type="primary" htmlType="submit">
          更正
        </Button>
      </Flex>
    </Form>
  )
}
