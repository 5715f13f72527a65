import { timed, type Times } from './clock.ts'
import { must, openClient } from './http.ts'

/** The annual summary of the city over everything that there is: the text on screen, what the data offers, the Word file. */
export type PaperTimes = { preview: Times; material: Times; word: Times }

export async function measurePapers(port: number, token: string, runs: number): Promise<PaperTimes> {
  const city = openClient(port, token)
  const read = (path: string) => timed(runs, async () => must(await city.get(path)))
  return {
    preview: await read('/api/summary?year=2019'),
    material: await read('/api/summary/material?year=2019'),
    word: await timed(runs, () => city.file('/api/summary/file?year=2019')),
  }
}
