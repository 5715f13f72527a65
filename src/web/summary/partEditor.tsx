import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Input } from 'antd'
import { useEffect, useState } from 'react'
import type * as z from 'zod/mini'
import { savedText, type summaryText, type EditedPart, type SummaryPreview } from '#figures/summaryApi.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { toProblem } from '../api/problem.ts'
import { Failure } from '../kit/states.tsx'
import { summaryApi } from './addresses.ts'
import { partHints, partLabels } from './paper.ts'

type PartEditorProps = {
  part: EditedPart
  preview: SummaryPreview
  onClose: () => void
}

/**
 * One text of the editors, written where it stands. If somebody else saved meanwhile, both texts are shown and nothing
 * typed is lost: she takes theirs or saves hers over it.
 */
export function PartEditor({ part, preview, onClose }: PartEditorProps) {
  const stored = preview.texts[part] ?? { body: '', version: 0 }
  // The version she started from; a later one arriving by itself must not make her overwrite it unseen.
  const [start, setStart] = useState(stored)
  const [body, setBody] = useState(stored.body)
  const client = useQueryClient()
  const address = summaryApi.preview(preview.year)
  const [saved, setSaved] = useState(false)
  const save = useAct(
    (text: z.infer<typeof summaryText>, key) =>
      call(summaryApi.text, savedText, { method: 'PUT', body: text, key }),
    () => {
      // Closes on the new text, so that the old one does not flash up in between.
      setSaved(true)
      void client.refetchQueries({ queryKey: [address] }).finally(onClose)
    },
  )
  const conflict = save.error !== null && toProblem(save.error).status === 409
  useEffect(() => {
    if (conflict) void client.invalidateQueries({ queryKey: [address] })
  }, [conflict, client, address])
  const send = (version: number) => save.run({ year: preview.year, part, body: body.trim(), version })
  return (
    <div className="gw-editor">
      <Flex justify="space-between" align="baseline" wrap gap={8}>
        <b>{partLabels[part]}</b>
        <small>{partHints[part]}；一行一段</small>
      </Flex>
      {conflict && save.error && (
        <Alert
          type="warning"
          showIcon
          title={toProblem(save.error).message}
          description={
            <>
              <p>您写的都还在下面。对方保存的是：</p>
              <blockquote>
                {stored.version === start.version ? '正在取回……' : stored.body || '（空）'}
              </blockquote>
              <Flex gap={8} wrap>
                <Button
                  size="small"
                  onClick={() => {
                    setBody(stored.body)
                    setStart(stored)
                    save.reset()
                  }}
                >
                  改用对方的
                </Button>
                <Button
                  size="small"
                  type="primary"
                  disabled={stored.version === start.version}
                  loading={save.busy || saved}
                  onClick={() => send(stored.version)}
                >
                  用我的保存
                </Button>
              </Flex>
            </>
          }
        />
      )}
      <Input.TextArea
        aria-label={partLabels[part]}
        autoFocus
        autoSize={{ minRows: 4 }}
        maxLength={20_000}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') send(start.version)
          if (event.key === 'Escape' && body === start.body) onClose()
        }}
      />
      {save.error && !conflict && <Failure error={save.error} retry={save.again} />}
      <Flex gap={8} justify="flex-end" align="center">
        <small>{[...body].length} 字</small>
        <Button onClick={onClose}>取消</Button>
        <Button
          type="primary"
          loading={save.busy || saved}
          disabled={body.trim() === start.body.trim() || conflict}
          onClick={() => send(start.version)}
        >
          保存
        </Button>
      </Flex>
    </div>
  )
}
