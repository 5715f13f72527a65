import './silo.css'
import { PageHead } from '../kit/pageHead.tsx'
import { TellForm } from './tellForm.tsx'

/** 说件事 from the pages of whoever is signed in: without a name, or signed, as she likes. */
export function MyTellPage() {
  return (
    <>
      <PageHead
        title="说件事"
        sub="法律援助、侵害投诉、心理咨询；可以不署名。无论署不署名，您的单位都看不到：指派前由负责人和受理员看，指派后由承办人一人看，紧急的负责人也看"
      />
      <section className="silo-card silo-narrow">
        <TellForm maySign />
      </section>
    </>
  )
}
