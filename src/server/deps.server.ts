import type { AnchorFile } from '#audit/anchorFile.server.ts'
import type { Door } from '#crypto/door.server.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import type { Probe } from '#health/probe.server.ts'
import type { Hasher } from '#identity/hasher.server.ts'
import type { Oidc } from '#identity/oidcClient.server.ts'
import type { PasswordProfile } from '#identity/password.ts'
import type { Programme } from '#kit/programme.ts'
import type { WaysOut } from '#notify/open.server.ts'
import type { TargetOf } from '#intake/targets.server.ts'
import type { Sheets } from '#paper/sheet/port.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import { wholeTree, type Context, type Db, type Tx } from './database.server.ts'

/** Numbers of programmes and indicators, as migrations gave them. */
export type Catalogue = {
  programmeId(key: string): number
  programmeKey(id: number): string
  indicatorId(code: string): number
  /** What follows for a unit when accepted records of a programme change; few programmes have any. */
  readonly consequences: Readonly<Record<string, (tx: Tx, units: number[]) => void>>
}

/** What handlers work with; one object per server, passed down, never global. */
export type Deps = {
  db: Db
  crypto: CryptoProvider
  /** Proofs for transactions on the tables of identity. */
  door: Door
  /** Signed heads of the audit outside the database; null in tests that need none. */
  anchors: AnchorFile | null
  /** Evidence files beside the database; null in tests that need none. */
  files: FileStore | null
  /** Tables from and to other programs. */
  sheets: Sheets
  /** Ways to reach people outside, as the operator set them up. */
  waysOut: WaysOut
  /** What a workbook may become. */
  intakes: readonly TargetOf<Deps>[]
  catalogue: Catalogue
  programmes: readonly Programme[]
  findProgramme(key: string): Programme | null
  mode: 'demo' | 'live'
  hasher: Hasher
  /** Unified sign-in of another authority, where one is set up. */
  oidc: Oidc | null
  /** Rules for passwords, chosen when the installation was made. */
  passwordProfile: PasswordProfile
  /** Persons whom a cadre may take out alone in a day; more want a second person's word. */
  exportAlone: number
  /** Business date (demo: from 2020-04-16): dates and deadlines only; sessions and audit use the real clock. */
  today(): string
  publicUrl: string
  /** 备案号 of the installation, where one is set. */
  filing: string | null
  engine: { name: string; promise: string }
  /** What of the process itself tells how it is. */
  probe: Probe
  /** Asks for a fold soon. */
  nudge(): void
}

/** For the server's own transactions on the tables of identity. */
export const identityContext = ({ door }: Pick<Deps, 'door'>): Context => ({ ...wholeTree, door })

/** What a workbook may become, over these dependencies. */
export type Target = TargetOf<Deps>
