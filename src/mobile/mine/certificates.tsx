import { myCertificates } from '#certificate/api.ts'
import { bounds, boundWords } from '#kit/bounds.ts'
import { useApi } from '../../web/api/hooks.tsx'
import { Read } from '../kit/parts.tsx'
import { elsewhere } from '../paths.ts'

const ended = { revoked: '已撤销', superseded: '已换发新证' } as const

/** 证书: of classes that she completed; each opens the page where anybody checks it. */
export function Certificates() {
  const query = useApi('/my/certificates', myCertificates, { keep: true })
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
                <a key={one.id} className="card" href={`${elsewhere.check}/${one.code}`}>
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
                </a>
              ))}
              {rows.length >= bounds.myCertificates.most && (
                <p className="soft small">{boundWords('myCertificates')}</p>
              )}
            </div>
          )
        }
      </Read>
    </section>
  )
}
