/** The engine's worker on a disk that refuses to sync the WAL once a file named `refuse` lies beside the database. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'

const sync = fs.fdatasyncSync
fs.fdatasyncSync = (fd) => {
  if (fs.existsSync(join(workerData.folder, '..', 'refuse'))) throw new Error('EIO: i/o error, fdatasync')
  sync(fd)
}
syncBuiltinESMExports()

await import('#server/embedded/worker.server.ts')
