import './evidence.css'
import {
  DeleteOutlined,
  FileExcelOutlined,
  FilePdfOutlined,
  FileWordOutlined,
  PlusOutlined,
} from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Image, Popconfirm, Upload } from 'antd'
import { useState } from 'react'
import type { Programme } from '#kit/programme.ts'
import type { Evidence } from '#record/evidence/api.ts'
import { evidenceList } from '#record/evidence/api.ts'
import { acceptedEndings, acceptedText, isImage, mostFiles, sizeText } from '#record/evidence/rules.ts'
import { useApi } from '../api/hooks.tsx'
import { formatInstant } from '../format.ts'
import { Blank, Failure, Loaded } from '../kit/states.tsx'
import { api } from '../paths.ts'
import { NotReady, putFile, removeFile, useUploads } from './useUploads.tsx'

type EvidenceBoxProps = {
  programme: Programme
  /** Of a record, or of an own draft. */
  id: string
  /** Before the first upload of a draft: puts it on the server. Absent where it is there already. */
  prepare?: () => Promise<boolean>
}

/** 佐证材料 of a record or draft: what is there, and for the owner a place to add to it. */
export function EvidenceBox({ programme, id, prepare }: EvidenceBoxProps) {
  const [prepared, setPrepared] = useState(false)
  const ready = prepared || prepare === undefined
  const query = useApi(api.evidence(programme.key, id), evidenceList, { enabled: ready })
  const client = useQueryClient()
  const uploads = useUploads(async (key, file) => {
    if (prepare && !(await prepare())) throw new NotReady('草稿还没有保存到服务器，请稍候重试')
    setPrepared(true)
    await putFile(programme.key, id, key, file)
    await client.invalidateQueries({ queryKey: [api.evidence(programme.key, id)] })
  })
  const remove = useMutation({
    mutationFn: (file: string) => removeFile(programme.key, id, file),
    onSuccess: () => query.refetch(),
  })
  const box = (files: readonly Evidence[], mayAdd: boolean, mayRemove: boolean) => (
    <div className="evidence">
      {files.length === 0 && !mayAdd && <Blank why="没有附佐证材料" />}
      <Image.PreviewGroup>
        <ul>
          {files
            .filter((file) => file.removed === null)
            .map((file) => (
              <li key={file.id}>
                <FileTile file={file} address={`/api${api.evidenceFile(programme.key, id, file.id)}`} />
                {mayRemove && (
                  <Popconfirm
                    title="移除这份材料？"
                    okText="移除"
                    cancelText="取消"
                    onConfirm={() => remove.mutateAsync(file.id).catch(() => undefined)}
                  >
                    <Button
                      size="small"
                      type="text"
                      className="evidence-remove"
                      icon={<DeleteOutlined />}
                      aria-label={`移除 ${file.name}`}
                    />
                  </Popconfirm>
                )}
              </li>
            ))}
          {mayAdd && files.filter((f) => f.removed === null).length < mostFiles && (
            <li className="evidence-add">
              <Upload.Dragger
                multiple
                accept={acceptedEndings}
                showUploadList={false}
                customRequest={({ file }) => uploads.add(file as File)}
              >
                <PlusOutlined />
                添加照片或文件
              </Upload.Dragger>
            </li>
          )}
          {uploads.waiting.map((one) => (
            <li key={one.key} className={one.error ? 'is-failed' : 'is-busy'}>
              <div className="evidence-doc">
                <b>{one.file.name}</b>
                {one.error ? (
                  <span role="alert">{one.error}</span>
                ) : (
                  <span role="status">正在上传 {sizeText(one.file.size)}…</span>
                )}
                {one.error && (
                  <span className="evidence-acts">
                    {one.again && (
                      <Button size="small" onClick={() => uploads.retry(one.key)}>
                        重试
                      </Button>
                    )}
                    <Button size="small" type="text" onClick={() => uploads.drop(one.key)}>
                      知道了
                    </Button>
                  </span>
                )}
              </div>
            </li>
          ))}
        </ul>
      </Image.PreviewGroup>
      {remove.error && <Failure error={remove.error} title="没有移除成功" />}
      {files
        .filter((file) => file.removed !== null)
        .map((file) => (
          <p key={file.id} className="evidence-gone">
            <s>{file.name}</s> 已由{file.removed!.person}于{' '}
            <span className="num">{formatInstant(file.removed!.at)}</span> 移除
          </p>
        ))}
      {mayAdd && <p className="evidence-hint">可以不附。收{acceptedText}；照片里的拍摄地点会自动去掉。</p>}
    </div>
  )
  if (!ready) return box([], true, false)
  return <Loaded query={query}>{(list) => box(list.files, list.mayAdd, list.mayRemove)}</Loaded>
}

const icons = { pdf: <FilePdfOutlined />, docx: <FileWordOutlined />, xlsx: <FileExcelOutlined /> }

function FileTile({ file, address }: { file: Evidence; address: string }) {
  const title = `${file.name}\n${sizeText(file.bytes)} · ${file.org} ${file.person} · ${formatInstant(file.at)}`
  if (isImage(file.type))
    return (
      <Image
        width="100%"
        src={`${address}/preview`}
        alt={file.name}
        title={title}
        preview={{ src: address, cover: '看大图' }}
      />
    )
  const ending = file.name.split('.').at(-1) as keyof typeof icons
  return (
    <a className="evidence-doc" href={address} title={title} download={file.name}>
      {icons[ending]}
      <b>{file.name}</b>
      <span>{sizeText(file.bytes)} · 点按下载</span>
    </a>
  )
}
