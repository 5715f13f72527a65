import type { ReactNode } from 'react'

type SidewaysProps = { label: string; children: ReactNode }

/** Holds a table wider than a phone in which nothing takes the keyboard: then what scrolls takes it itself. */
export function Sideways({ label, children }: SidewaysProps) {
  return (
    <div className="sideways" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
