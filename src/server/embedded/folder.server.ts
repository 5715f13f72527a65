import { constants, readFileSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, open, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Copies a folder of files and folders; everything is readable by its owner alone. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const names = (folders: boolean) =>
    entries
      .filter((entry) => entry.isDirectory() === folders)
      .map((entry) => relative(from, join(entry.parentPath, entry.name)))
  for (const name of names(true).sort()) await mkdir(join(to, name), { mode: 0o700 })
  await eachOf(names(false), async (name) => {
    await copyFile(join(from, name), join(to, name), constants.COPYFILE_FICLONE)
  })
}

/** Brings a folder, all in it and its own name to the disk. */
export async function syncFolder(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = (folders: boolean) =>
    entries
      .filter((entry) => entry.isDirectory() === folders)
      .map((entry) => join(entry.parentPath, entry.name))
  await eachOf(paths(false), syncFile)
  await eachOf([...paths(true), dir, join(dir, '..')], syncNames)
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Brings the names in a folder to the disk; Windows has no such call and keeps names by itself. */
export async function syncNames(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The part of emscripten's file system needed here. */
interface MemoryFiles {
  mkdirTree(path: string, mode?: number): void
  writeFile(path: string, data: Uint8Array): void
}

/** Copies a folder of the disk to `at` in an engine's memory. */
export function fillMemory(files: MemoryFiles, at: string, from: string): void {
  files.mkdirTree(at, 0o700)
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name)
    const path = `${at}/${relative(from, full).replaceAll('\\', '/')}`
    if (entry.isDirectory()) files.mkdirTree(path, 0o700)
    else {
      files.mkdirTree(path.slice(0, path.lastIndexOf('/')), 0o700)
      files.writeFile(path, readFileSync(full))
    }
  }
}

/** Four at a time, as many as Node's file threads. */
async function eachOf(items: readonly string[], work: (item: string) => Promise<void>): Promise<void> {
  const queue = [...items]
  const next = async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item)
  }
  await Promise.all([next(), next(), next(), next()])
}
