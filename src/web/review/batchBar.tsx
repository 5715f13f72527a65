import { Alert, Button, Checkbox, Flex, Modal } from 'antd'
import type { Card } from '#record/api.ts'
import { acceptMany, verdicts, type Verdicts } from '#record/decisionApi.ts'
import { useState } from 'react'
import type * as z from 'zod/mini'
import { call } from '../api/client.dom.ts'
import { useAct, useMe } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { batchLimit, chosenOf, mustOpenOf, notInBatch } from './batch.ts'

type BatchBarProps = {
  cards: readonly Card[]
  chosen: ReadonlySet<string>
  onChosen: (chosen: ReadonlySet<string>) => void
  mustOpen: readonly string[]
  onMustOpen: (ids: readonly string[]) => void
  opened: ReadonlySet<string>
  onGo: (id: string) => void
}

type Batch = z.infer<typeof acceptMany>

/** Passes many at once, after the few that the server names have been looked at; one verdict for each. */
export function BatchBar({ cards, chosen, onChosen, mustOpen, onMustOpen, opened, onGo }: BatchBarProps) {
  const [result, setResult] = useState<Verdicts | null>(null)
  const { tier } = useMe().post.org
  const batch = chosenOf(cards, chosen, tier)
  const able = cards.filter((card) => notInBatch(card, tier) === null).slice(0, batchLimit)
  const toOpen = mustOpen.filter((id) => !opened.has(id))
  const act = useAct(
    (body: Batch, key) => call(api.acceptMany, verdicts, { method: 'POST', body, key }),
    (answer) => {
      setResult(answer)
      onChosen(new Set())
      onMustOpen([])
    },
    (error) => onMustOpen(mustOpenOf(toProblem(error).body.details)),
  )
  const run = (): void => act.run({ items: batch.map(({ id, version }) => ({ id, version })) })
  const asked = mustOpen.length > 0
  if (able.length === 0 && !result) return null
  return (
    <div className="batch-bar">
      <Flex justify="space-between" align="center" gap={8}>
        <Checkbox
          checked={able.length > 0 && batch.length === able.length}
          indeterminate={batch.length > 0 && batch.length < able.length}
          disabled={able.length === 0}
          onChange={(event) => onChosen(new Set(event.target.checked ? able.map((card) => card.id) : []))}
        >
          {batch.length > 0 ? `已选 ${batch.length} 件` : '选择可批量的'}
        </Checkbox>
        <Button
          size="small"
          type="primary"
          disabled={batch.length === 0 || toOpen.length > 0}
          loading={act.busy}
          onClick={run}
        >
          批量通过
        </Button>
      </Flex>
      {asked && (
        <Alert
          type="warning"
          title={
            toOpen.length > 0
              ? `先打开看过系统抽出的 ${mustOpen.length} 件，还有 ${toOpen.length} 件`
              : `抽出的 ${mustOpen.length} 件都看过了，可以批量通过`
          }
          description={
            toOpen.length > 0 && (
              <Button size="small" onClick={() => toOpen[0] && onGo(toOpen[0])}>
                看下一件
              </Button>
            )
          }
        />
      )}
      {act.error && !asked && <Failure error={act.error} retry={run} />}
      {result && <VerdictModal cards={cards} result={result} onClose={() => setResult(null)} />}
    </div>
  )
}

type VerdictModalProps = { cards: readonly Card[]; result: Verdicts; onClose: () => void }

function VerdictModal({ cards, result, onClose }: VerdictModalProps) {
  const titles = new Map(cards.map((card) => [card.id, card.title]))
  const refused = result.verdicts.filter((verdict) => !verdict.ok)
  return (
    <Modal
      open
      title={`已通过 ${result.accepted} 件`}
      footer={<Button onClick={onClose}>知道了</Button>}
      onCancel={onClose}
    >
      {refused.length > 0 ? (
        <>
          <p>{refused.length} 件没有通过：</p>
          <ul className="verdicts">
            {refused.map((verdict) => (
              <li key={verdict.id}>
                {titles.get(verdict.id) ?? verdict.id}：{verdict.message}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>所选的都已审核通过，数字已计入各级指标。</p>
      )}
    </Modal>
  )
}
