import { useMemo, useState } from 'react'
import { host } from '../kit/host.dom.ts'
import { Sheet } from '../kit/parts.tsx'
import { drawCertificate, type Drawn } from './certificateImage.dom.ts'

const byHand = '请长按上面的图片，选“保存图片”。'

/** A certificate as an image: saved by the browser, or by a long press where the host hinders it. */
export function CertificateSheet({ of, onClose }: { of: Drawn; onClose: () => void }) {
  const canvas = useMemo(() => drawCertificate(of), [of])
  const [said, setSaid] = useState('')
  const save = () =>
    canvas.toBlob((image) => {
      if (!image) return setSaid(byHand)
      void host
        .saveImage(image, `${of.title}_${of.no}.png`)
        .then(({ kind }) => setSaid(kind === 'ok' ? '已交给手机保存。' : byHand))
    }, 'image/png')
  return (
    <Sheet title="证书图片" onClose={onClose}>
      <img
        src={canvas.toDataURL('image/png')}
        alt={`${of.title}，${of.name}，编号 ${of.no}，验证码 ${of.code}`}
        style={{ width: '100%', maxWidth: 360, display: 'block', margin: '0 auto' }}
      />
      <p role="status" className="small">
        {said}
      </p>
      <div className="acts">
        <button type="button" className="button" style={{ flex: 1 }} onClick={onClose}>
          关闭
        </button>
        <button type="button" className="button button-main" style={{ flex: 1 }} onClick={save}>
          保存到手机
        </button>
      </div>
    </Sheet>
  )
}
