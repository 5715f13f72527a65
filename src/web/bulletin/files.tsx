import { PaperClipOutlined } from '@ant-design/icons'
import { Button, Upload } from 'antd'
import type { Dispatch, SetStateAction } from 'react'
import { v4 as uuid } from 'uuid'
import { bulletinFile, mostFiles, type Bulletin, type BulletinFile } from '#bulletin/api.ts'
import { acceptedEndings, acceptedText, sizeText } from '#record/evidence/rules.ts'
import { anything, call } from '../api/client.dom.ts'
import { useUploads } from '../record/useUploads.tsx'
import { bulletinApi } from './addresses.ts'

/** Documents of a notice, for whoever may read it. */
export function FileList({ id, files }: Pick<Bulletin, 'id' | 'files'>) {
  if (files.length === 0) return null
  return (
    <ul className="bulletin-files">
      {files.map((file) => (
        <li key={file.id}>
          <PaperClipOutlined />{' '}
          <a href={`/api${bulletinApi.file(id, file.id)}`} download={file.name}>
            {file.name}
          </a>{' '}
          <small className="num">{sizeText(file.bytes)}</small>
        </li>
      ))}
    </ul>
  )
}

type FilesInputProps = {
  files: readonly BulletinFile[]
  onChange: Dispatch<SetStateAction<BulletinFile[]>>
}

/** Documents to go with the notice: each is looked at when it is chosen, so that what is refused is known before publishing. */
export function FilesInput({ files, onChange }: FilesInputProps) {
  const uploads = useUploads(async (key, file) => {
    const brought = await call(bulletinApi.bring(key, file.name), bulletinFile, { method: 'PUT', file, key })
    onChange((old) => [...old, brought])
  })
  const drop = (file: BulletinFile): void => {
    onChange((old) => old.filter((one) => one.id !== file.id))
    // What stays behind goes by itself within a day.
    void call(bulletinApi.drop(file.id), anything, { method: 'DELETE', key: uuid() }).catch(() => undefined)
  }
  return (
    <div>
      <ul className="bulletin-files">
        {files.map((file) => (
          <li key={file.id}>
            <PaperClipOutlined /> {file.name} <small className="num">{sizeText(file.bytes)}</small>
            <Button size="small" type="link" aria-label={`移除 ${file.name}`} onClick={() => drop(file)}>
              移除
            </Button>
          </li>
        ))}
        {uploads.waiting.map((one) => (
          <li key={one.key}>
            <PaperClipOutlined /> {one.file.name}{' '}
            {one.error === null ? (
              <small role="status">正在上传…</small>
            ) : (
              <>
                <span role="alert">{one.error}</span>
                {one.again && (
                  <Button size="small" type="link" onClick={() => uploads.retry(one.key)}>
                    重试
                  </Button>
                )}
                <Button size="small" type="link" onClick={() => uploads.drop(one.key)}>
                  知道了
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {files.length < mostFiles && (
        <Upload
          multiple
          accept={acceptedEndings}
          showUploadList={false}
          customRequest={({ file }) => uploads.add(file as File)}
        >
          <Button icon={<PaperClipOutlined />}>添加附件</Button>
        </Upload>
      )}
      <p className="bulletin-hint">
        可以不附，最多 {mostFiles} 个。收{acceptedText}
      </p>
    </div>
  )
}
