import { Link } from '@tanstack/react-router'
import { paths } from '../paths.ts'

/** The way to a contract's record. */
export function ContractLink({ id, children }: { id: string; children: string }) {
  return (
    <Link className="link in-text" to={paths.records} params={{ programme: 'contract' }} search={{ id }}>
      {children}
    </Link>
  )
}
