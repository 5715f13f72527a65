import { elsewhere } from '../paths.ts'

/** Signed in, and something is still to be done that the workbench asks for: a second factor, a new password. */
export const Halfway = () => (
  <section className="card">
    <p>还差一步：您的账号还要完成第二步验证或更换密码，请到工作台完成。</p>
    <div className="acts">
      <a className="button button-main button-wide" href={elsewhere.workbench}>
        去完成
      </a>
    </div>
  </section>
)
