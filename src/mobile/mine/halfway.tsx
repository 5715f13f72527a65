import { keepBack } from '../../web/signIn/back.dom.ts'
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

/** In the place of what a phone or a password alone does not open; done there, she is back on this page. */
export const SecondStepFirst = () => (
  <div className="told" role="alert">
    <p>这里是您本人的事，要先完成第二步验证才能打开。还没有设置的，设置一次即可，以后登录都用它。</p>
    <a
      className="button button-main button-wide"
      style={{ marginTop: 8 }}
      href={elsewhere.my}
      onClick={() => keepBack(window.location.pathname)}
    >
      去完成第二步验证
    </a>
  </div>
)
