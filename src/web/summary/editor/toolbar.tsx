import { CommentOutlined, NumberOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import type { Editor } from '@tiptap/core'
import { Button, Select, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { momentOf } from '../paper.ts'
import type { Saving } from './autosave.tsx'

type ToolbarProps = {
  /** Null until the text stands: the bar keeps its place meanwhile. */
  editor: Editor | null
  saving: Saving
  onFigure: () => void
  onRemark: () => void
  onRetry: () => void
}

const kinds = [
  { value: '0', label: '正文' },
  { value: '1', label: '一、标题' },
  { value: '2', label: '（一）标题' },
  { value: '3', label: '1. 标题' },
]

/** What can be done to the text, and whether it is saved. */
export function Toolbar({ editor, saving, onFigure, onRemark, onRetry }: ToolbarProps) {
  const [, look] = useState(0)
  useEffect(() => {
    if (!editor) return
    const again = () => look((n) => n + 1)
    editor.on('selectionUpdate', again)
    editor.on('update', again)
    return () => {
      editor.off('selectionUpdate', again)
      editor.off('update', again)
    }
  }, [editor])
  const level = editor?.isActive('heading') ? String(editor.getAttributes('heading')['level']) : '0'
  const isText = editor !== null && level === '0'
  const setKind = (value: string) =>
    value === '0'
      ? editor?.chain().focus().setNode('paragraph').run()
      : editor
          ?.chain()
          .focus()
          .setNode('heading', { level: Number(value) })
          .run()
  return (
    <div className="paper-bar" role="toolbar" aria-label="编辑">
      <Select
        size="small"
        aria-label="段落样式"
        disabled={!editor}
        value={level}
        options={kinds}
        onChange={setKind}
        popupMatchSelectWidth={false}
      />
      <Tooltip title="选中段首几个字，设为楷体小标题">
        <Button
          size="small"
          type={editor?.isActive('lead') ? 'primary' : 'default'}
          disabled={!isText}
          onClick={() => editor?.chain().focus().toggleMark('lead').run()}
        >
          段首小标题
        </Button>
      </Tooltip>
      <Button size="small" type="primary" icon={<NumberOutlined />} disabled={!isText} onClick={onFigure}>
        插入数字
      </Button>
      <Button size="small" icon={<CommentOutlined />} disabled={!editor} onClick={onRemark}>
        批注
      </Button>
      <Button
        size="small"
        icon={<UndoOutlined />}
        aria-label="撤销"
        disabled={!editor?.can().undo()}
        onClick={() => editor?.chain().focus().undo().run()}
      />
      <Button
        size="small"
        icon={<RedoOutlined />}
        aria-label="重做"
        disabled={!editor?.can().redo()}
        onClick={() => editor?.chain().focus().redo().run()}
      />
      <span className="paper-saving" role="status">
        <SavingWords saving={saving} onRetry={onRetry} />
      </span>
    </div>
  )
}

function SavingWords({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  switch (saving.state) {
    case 'saved':
      return saving.at ? `${momentOf(saving.at)} 已保存` : '改动自动保存'
    case 'dirty':
    case 'saving':
      return '正在保存……'
    case 'conflict':
      return <span className="is-missing">未保存：他人已改</span>
    case 'failed':
      return (
        <>
          <span className="is-missing">没有保存上</span>{' '}
          <Button size="small" type="link" onClick={onRetry}>
            再试
          </Button>
        </>
      )
  }
}
