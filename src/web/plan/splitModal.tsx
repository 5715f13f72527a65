import { App, Button, Checkbox, Input, Modal, Radio, Table } from 'antd'
import { useState } from 'react'
import {
  splitProposal,
  splitRules,
  type PlanItem,
  type SplitProposal,
  type SplitRule,
} from '#figures/plan/api.ts'
import { stepOf, sumWords } from '#figures/plan/rules.ts'
import { ruleWords } from '#figures/plan/words.ts'
import { anything, call } from '../api/client.dom.ts'
import { useAct, useApi } from '../api/hooks.tsx'
import { findLine, type Line } from '../figures/chapters.ts'
import { formatValue } from '../figures/format.ts'
import { Failure, Loaded } from '../kit/states.tsx'
import { readNumber } from '../record/read.ts'
import { planApi } from './addresses.ts'

type SplitModalProps = { item: PlanItem; onClose: () => void }

/** Breaks a task down to the units below: a rule proposes, she decides, the sum stands beside the target. */
export function SplitModal({ item, onClose }: SplitModalProps) {
  const [rule, setRule] = useState<SplitRule>(item.target ? 'lastYear' : 'byHand')
  const query = useApi(planApi.proposal(item.id, rule), splitProposal)
  const line = findLine(item.target?.indicator ?? '')
  return (
    <Modal open width={720} title="分解到下级" footer={null} onCancel={onClose} destroyOnHidden>
      <p>
        “{item.task}”
        {item.target &&
          line &&
          `，目标 ${formatValue(item.target.value, line.indicator.kind)} ${line.indicator.unit}`}
      </p>
      {item.target && (
        <Radio.Group
          aria-label="分解办法"
          value={rule}
          onChange={(event) => setRule(event.target.value as SplitRule)}
          options={splitRules.map((value) => ({ value, label: ruleWords[value].label }))}
        />
      )}
      {item.target && <p className="page-sub">{ruleWords[rule].hint}</p>}
      <Loaded query={query}>
        {(proposal) => <Shares key={rule} proposal={proposal} item={item} line={line} onClose={onClose} />}
      </Loaded>
    </Modal>
  )
}

type SharesProps = { proposal: SplitProposal; item: PlanItem; line: Line | null; onClose: () => void }
type Share = { isAsked: boolean; amount: string }

/** What the rule proposes, to begin with; by hand what each has now. A unit without a share is not asked. */
function firstShares({ rule, rows, target }: SplitProposal, factor: number): Record<number, Share> {
  const some = rows.some((row) => row.has)
  return Object.fromEntries(
    rows.map(({ org, proposed, current, has }) => {
      const value = rule === 'byHand' ? current : proposed
      const isAsked = rule === 'byHand' ? has || !some : has || value !== 0 || target === null
      return [org.id, { isAsked, amount: value ? String(value / factor) : '' }]
    }),
  )
}

function Shares({ proposal, item, line, onClose }: SharesProps) {
  const { message } = App.useApp()
  const factor = line ? stepOf(line.indicator) : 1
  const [shares, setShares] = useState(() => firstShares(proposal, factor))
  const share = (org: number): Share => shares[org] ?? { isAsked: false, amount: '' }
  const change = (org: number, to: Partial<Share>) =>
    setShares((old) => ({ ...old, [org]: { ...share(org), ...to } }))
  const valueOf = (org: number): number | null => {
    const { amount } = share(org)
    return amount.trim() === '' ? null : Math.round(Number(readNumber(amount)) * factor)
  }
  const asked = proposal.rows.filter(({ org }) => share(org.id).isAsked)
  const values = asked.map(({ org }) => valueOf(org.id))
  const isFaulty = values.some((value) => value !== null && !(value > 0))
  const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const split = useAct(
    (_: null, key) =>
      call(planApi.split(item.id), anything, {
        method: 'POST',
        key,
        body: {
          version: item.version,
          shares: asked.map(({ org }) => ({ org: org.id, target: line ? valueOf(org.id) : null })),
        },
      }),
    () => {
      onClose()
      void message.success('已写入下级单位的计划')
    },
  )
  const kind = line?.indicator.kind ?? 'thing'
  const withTarget = values.filter((value) => value !== null).length
  const words = sumWords(proposal.target, sum, withTarget)
  const noBase = proposal.rule !== 'byHand' && proposal.rows.every((row) => row.proposed === null)
  return (
    <>
      {noBase && item.target && (
        <p className="form-warning">各单位都没有可作依据的数，请换一种办法或手工分。</p>
      )}
      <Table
        size="small"
        pagination={false}
        rowKey={(row) => row.org.id}
        dataSource={proposal.rows}
        scroll={{ y: 360 }}
        columns={[
          {
            title: '单位',
            render: (_, { org, has }) =>
              has ? (
                <>
                  {org.shortName} <small className="page-sub">已领</small>
                </>
              ) : (
                <Checkbox
                  checked={share(org.id).isAsked}
                  onChange={(event) => change(org.id, { isAsked: event.target.checked })}
                >
                  {org.shortName}
                </Checkbox>
              ),
          },
          ...(proposal.rule === 'byHand' || !line
            ? []
            : [
                {
                  title: proposal.rule === 'headCount' ? '女会员（人）' : `上年（${line.indicator.unit}）`,
                  align: 'right' as const,
                  render: (_: unknown, { base }: SplitProposal['rows'][number]) => (
                    <span className="num">
                      {formatValue(base, proposal.rule === 'headCount' ? 'person' : kind)}
                    </span>
                  ),
                },
              ]),
          ...(line
            ? [
                {
                  title: `分到（${line.indicator.unit}）`,
                  width: 170,
                  render: (_: unknown, { org }: SplitProposal['rows'][number]) => (
                    <Input
                      aria-label={`${org.shortName}的目标`}
                      className="num"
                      inputMode="numeric"
                      placeholder="只领任务"
                      disabled={!share(org.id).isAsked}
                      status={valueOf(org.id) !== null && !(valueOf(org.id)! > 0) ? 'error' : ''}
                      value={share(org.id).amount}
                      onChange={(event) => change(org.id, { amount: event.target.value })}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      {line && (
        <div className="plan-sum num" role="status">
          合计 {formatValue(sum, kind)} {line.indicator.unit}
          {proposal.target !== null && `，目标 ${formatValue(proposal.target, kind)}`}
          {words && `；${words}`}
          {withTarget < asked.length && withTarget > 0 && `；${asked.length - withTarget} 个单位只领任务`}
        </div>
      )}
      {Boolean(split.error) && <Failure error={split.error} retry={split.again} />}
      <Button
        type="primary"
        loading={split.busy}
        disabled={asked.length === 0 || isFaulty}
        onClick={() => split.run(null)}
      >
        {isFaulty ? '红框里的数要大于 0，或者留空' : `分给 ${asked.length} 个单位`}
      </Button>
    </>
  )
}
