import '../person/person.css'
import './conformity.css'
import { conformityRules } from '#conformity/rules.ts'
import { useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'

/** 合规说明: each rule on digital burden, what is built for it, and the test that would fail otherwise. */
export function ConformityPage() {
  const { filing } = useMe()
  return (
    <article className="privacy-page">
      <PageHead
        title="合规说明"
        sub="对照国办函〔2026〕12号关于防治“指尖上的形式主义”的要求，逐条说明本系统怎么做"
      />
      <p>
        写明“检查”的，有一项自动检查随程序的测试一起运行，做不到就通不过；没有的写“有待验收”，由运行单位人工核对。要求的表述是我们的概括，以原文为准。文件约束党政机关和群团组织；面向女职工的页面参照执行，公众账号和工作群不在其列。
      </p>
      <ul className="conformity">
        {conformityRules.map(({ key, rule, ours, how, proof }) => (
          <li key={key}>
            <h2>{rule}</h2>
            <p>{ours}</p>
            <p className="conformity-proof">
              {how}
              {proof ? (
                <>
                  {' '}
                  · 检查：<code>{proof.file}</code> <span lang="en">“{proof.title}”</span>
                </>
              ) : (
                ' · 没有自动检查'
              )}
            </p>
          </li>
        ))}
      </ul>
      <h2>备案</h2>
      <p>{filing ? `备案号：${filing}` : '还没有填写备案号；由运行单位在设置里填写。'}</p>
    </article>
  )
}
