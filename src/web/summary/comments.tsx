import { Button, Flex, Form, Input, Modal } from 'antd'
import * as z from 'zod/mini'
import { commented, type PaperComment, type SummaryPreview } from '#figures/summaryApi.ts'
import { call } from '../api/client.dom.ts'
import { useAct } from '../api/hooks.tsx'
import { Failure } from '../kit/states.tsx'
import { summaryApi } from './addresses.ts'
import { momentOf } from './paper.ts'
import { CutNote } from '../kit/cutNote.tsx'

const ok = z.strictObject({ ok: z.literal(true) })

type CommentsProps = { preview: SummaryPreview; onGo: (block: string) => void }

/** Remarks at their places: open ones first, resolved ones below. */
export function Comments({ preview, onGo }: CommentsProps) {
  const settle = useAct(({ id, isResolved }: { id: string; isResolved: boolean }, key) =>
    call(summaryApi.comment(id), ok, { method: 'POST', body: { isResolved }, key }),
  )
  const open = preview.comments.filter(({ resolvedAt }) => resolvedAt === null)
  const closed = preview.comments.filter(({ resolvedAt }) => resolvedAt !== null)
  const stands = new Set(preview.draft.blocks.map(({ id }) => id))
  const line = (one: PaperComment) => (
    <li key={one.id} className={one.resolvedAt ? 'is-settled' : undefined}>
      {one.quote && <blockquote>{one.quote}</blockquote>}
      <p>{one.body}</p>
      <small>
        {one.by} {momentOf(one.at)}
        {one.resolvedAt && `；${one.resolvedBy ?? ''} ${momentOf(one.resolvedAt)} 处理`}
      </small>
      <Flex gap={8}>
        {stands.has(one.block) ? (
          <Button size="small" onClick={() => onGo(one.block)}>
            到原处
          </Button>
        ) : (
          <small>这一段已删去</small>
        )}
        <Button
          size="small"
          loading={settle.busy}
          onClick={() => settle.run({ id: one.id, isResolved: one.resolvedAt === null })}
        >
          {one.resolvedAt ? '重新打开' : '已处理'}
        </Button>
      </Flex>
    </li>
  )
  return (
    <>
      {settle.error && <Failure error={settle.error} retry={settle.again} />}
      {preview.comments.length === 0 && (
        <p className="side-none">还没有批注。把光标放在要说的地方，点“批注”。</p>
      )}
      <ul className="side-comments">{[...open, ...closed].map(line)}</ul>
      <CutNote list="summaryComments" count={preview.comments.length} />
    </>
  )
}

type RemarkProps = { year: number; block: string; quote: string; onClose: () => void }

/** Writes a remark at a place. */
export function RemarkDialog({ year, block, quote, onClose }: RemarkProps) {
  const [form] = Form.useForm<{ body: string }>()
  const add = useAct(
    (body: string, key) =>
      call(summaryApi.comments, commented, { method: 'POST', body: { year, block, quote, body }, key }),
    onClose,
  )
  return (
    <Modal
      open
      title="批注"
      okText="写上"
      confirmLoading={add.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {quote && <blockquote className="remark-quote">{quote}</blockquote>}
      {add.error && <Failure error={add.error} retry={add.again} />}
      <Form form={form} onFinish={({ body }) => add.run(body.trim())}>
        <Form.Item
          name="body"
          rules={[{ required: true, whitespace: true, message: '请写下意见' }, { max: 500 }]}
        >
          <Input.TextArea
            autoFocus
            aria-label="意见"
            placeholder="写给起草人看的意见"
            autoSize={{ minRows: 3 }}
            maxLength={500}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
