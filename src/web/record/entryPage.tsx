import './entry.css'
import { PlusOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { Programme } from '#kit/programme.ts'
import { useMe } from '../api/hooks.tsx'
import { PageHead } from '../kit/pageHead.tsx'
import { paths } from '../paths.ts'
import { useRules } from '../rules/useRules.tsx'
import { sections } from '../sections.ts'

/** 填报: every programme by section, one click from its form. */
export function EntryPage() {
  return (
    <>
      <PageHead title="填报" sub="做了什么填什么，填一次即可；上级要的报表由系统从这些记录里取。" />
      <section className="entry-card">
        <ProgrammeGrid />
      </section>
    </>
  )
}

/** The programmes by section as cards with 填一条 and 看记录. */
export function ProgrammeGrid() {
  return (
    <div className="programme-grid">
      {sections.map((section) => (
        <section key={section.key} className="programme-section">
          <h2>{section.name}</h2>
          <ul>
            {section.programmes.map((programme) => (
              <ProgrammeLine key={programme.key} programme={programme} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** Where a field takes one of today's words and there is none, nothing is entered for today; what was stays to be read. */
function ProgrammeLine({ programme }: { programme: Programme }) {
  const params = { programme: programme.key }
  const { today } = useMe()
  const rules = useRules(programme)
  const isClosed = Object.keys(programme.fields).some(
    (name) => programme.offers(name, rules, { endsOn: today })?.length === 0,
  )
  return (
    <li>
      {isClosed ? (
        <span className="programme-closed">
          {programme.label} <small>目前没有开展</small>
        </span>
      ) : (
        <Link to={paths.form} params={params} search={{}} className="programme-new">
          <PlusOutlined /> {programme.label}
        </Link>
      )}
      <Link to={paths.records} params={params} search={{}} className="programme-list" title="看记录">
        <UnorderedListOutlined /> 记录
      </Link>
    </li>
  )
}
