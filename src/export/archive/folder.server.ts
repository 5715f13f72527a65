import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sha256Of } from '#crypto/provider.server.ts'

/** A folder that is being filled: what stands in it at the end is whole, with the digest of each file. */
export type ArchiveFolder = {
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Takes over a file that `write` makes at a path. */
  take(name: string, write: (path: string) => Promise<unknown>): Promise<void>
  files: readonly { name: string; bytes: number; digest: string }[]
  /** Gives the folder its name; before, it stands beside under another. */
  finish(): Promise<void>
  drop(): Promise<void>
}

/** @throws Error in Chinese where something stands there already, or nothing can be written */
export async function openFolder(path: string): Promise<ArchiveFolder> {
  if (existsSync(path) && (await readdir(path)).length > 0)
    throw new Error(`${path} 里已有文件，请换一个空的或新的文件夹`)
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  await mkdir(part, { mode: 0o700 }).catch((cause: unknown) => {
    throw new Error(`无法写入 ${path}，请检查上级文件夹是否存在、是否有权限`, { cause })
  })
  const files: { name: string; bytes: number; digest: string }[] = []
  const place = async (name: string): Promise<string> => {
    const at = join(part, name)
    await mkdir(dirname(at), { recursive: true, mode: 0o700 })
    return at
  }
  const take: ArchiveFolder['take'] = async (name, write) => {
    const at = await place(name)
    await write(at)
    files.push({ name, bytes: (await stat(at)).size, digest: await sha256Of(createReadStream(at)) })
  }
  return {
    files,
    take,
    put: (name, bytes) =>
      take(name, async (at) => {
        const file = await open(at, 'wx', 0o600)
        await file.writeFile(bytes)
        await file.sync()
        await file.close()
      }),
    finish: async () => {
      await rm(path, { recursive: true, force: true })
      await rename(part, path)
    },
    drop: () => rm(part, { recursive: true, force: true }),
  }
}
