import { lazy, Suspense, useState } from 'react'
import { myCertificates, type MyCertificates } from '#certificate/api.ts'
import { bounds, boundWords } from '#kit/bounds.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { Read } from '../kit/parts.tsx'
import { elsewhere } from '../paths.ts'
import { useSelf } from './useSelf.tsx'

// Apart, as what draws codes is of the ticket.
const CertificateSheet = lazy(() =>
  import('./certificateSheet.tsx').then((m) => ({ default: m.CertificateSheet })),
)

type One = MyCertificates['rows'][number]

const ended = { revoked: '已撤销', superseded: '已换发新证' } as const

/** 证书: of classes that she completed; each opens the page where anybody checks it, and is kept as a file or an image. */
export function Certificates() {
  const query = useApi('/my/certificates', myCertificates, { keep: true })
  const self = useSelf()
  const [shown, setShown] = useState<One | null>(null)
  return (
    <section>
      <div className="section-head">
        <h2>我的证书</h2>
      </div>
      <Read query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="soft">还没有证书；上完培训班，由工会发证以后在这里</p>
          ) : (
            <div className="cards">
              {rows.map((one) => (
                <Certificate key={one.id} one={one} onShow={() => setShown(one)} />
              ))}
              {rows.length >= bounds.myCertificates.most && (
                <p className="soft small">{boundWords('myCertificates')}</p>
              )}
            </div>
          )
        }
      </Read>
      {shown && self.kind === 'in' && (
        <Suspense>
          <CertificateSheet
            of={{
              ...shown,
              name: self.me.account.name,
              url: `${window.location.origin}${elsewhere.check}/${shown.code}`,
              isDemo: self.me.mode === 'demo',
            }}
            onClose={() => setShown(null)}
          />
        </Suspense>
      )}
    </section>
  )
}

function Certificate({ one, onShow }: { one: One; onShow: () => void }) {
  return (
    <div className="card">
      <span className="row">
        <h3>{one.title}</h3>
        {one.state === 'valid' ? (
          <span className="mark mark-good">有效</span>
        ) : (
          <span className="mark">{ended[one.state]}</span>
        )}
      </span>
      <p className="small">{one.words}</p>
      <p className="soft small num">{`${one.issuer} ${one.issuedOn} 发，编号 ${one.no}`}</p>
      <div className="acts">
        {one.state === 'valid' && (
          <a className="button" href={`/api/my/certificates/${one.id}/file`}>
            打开证书（PDF）
          </a>
        )}
        <a className="button" href={`${elsewhere.check}/${one.code}`}>
          核验
        </a>
        {one.state === 'valid' && (
          <button type="button" className="button" onClick={onShow}>
            存成图片
          </button>
        )}
      </div>
    </div>
  )
}
