import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CourseDetail, CourseDone, MyCourse, MyCourses, NewCourse } from '#course/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let events: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  events = eventsAt(stage)
})
afterAll(() => stage.close())

const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    await events.register(tx, 'worker', 'U1', 'U5')
    await work(tx)
  })
const body: NewCourse = {
  title: '示例劳动保护课',
  about: '',
  isPublic: false,
  pages: [
    { title: '第一节', body: '内容', video: '' },
    { title: '第二节', body: '', video: 'https://video.example.org/1' },
  ],
}
const make = (changes: Partial<NewCourse> = {}) =>
  stage.as('D1').post<CourseDone & Refusal>('/api/courses', { ...body, ...changes })
const read = async (id: string) => well(await stage.as('D1').get<CourseDetail>(`/api/courses/${id}`))
const step = async (id: string, act: string) =>
  stage
    .as('D1')
    .post<CourseDone & Refusal>(`/api/courses/${id}/steps`, { act, version: (await read(id)).version })
const put = async (changes: Partial<NewCourse> = {}) => {
  const { id } = well(await make(changes))
  well(await step(id, 'open'))
  return id
}
const finish = (who: string, id: string) =>
  stage.as(who).post<MyCourse & Refusal>(`/api/my/courses/${id}/done`)
const mine = async (who: string) => well(await stage.as(who).get<MyCourses>('/api/my/courses')).rows

describe('a course on line', () => {
  it('is refused at the field, mended as a draft by its unit alone, and fixed once it is open', () =>
    trial(async () => {
      const page = body.pages[0]!
      const faults: [Partial<NewCourse>, string][] = [
        [{ title: '' }, 'title'],
        [{ pages: [] }, 'pages'],
        [{ pages: [{ ...page, body: '' }] }, 'pages.0.body'],
        [{ pages: [page, { ...page, video: 'http://video.example.org/1' }] }, 'pages.1.video'],
      ]
      for (const [change, field] of faults)
        expect([change, (await make(change)).body.issues?.map((one) => one.field)]).toEqual([change, [field]])
      const { id } = well(await make())
      expect(await mine('worker')).toEqual([])
      const edit = (version: number, who = 'D1') =>
        stage.as(who).put<Refusal>(`/api/courses/${id}`, { ...body, title: '改过的课程', version })
      expect((await edit(1, 'D2')).status).toBe(404)
      expect((await edit(1)).status).toBe(200)
      expect((await edit(1)).status).toBe(409)
      well(await step(id, 'open'))
      expect((await edit(3)).status).toBe(409)
      expect((await mine('worker')).map(({ title, pageCount }) => [title, pageCount])).toEqual([
        ['改过的课程', 2],
      ])
    }))

  it('is read by anybody where it is for the whole city, else by the women of its units', () =>
    trial(async () => {
      const [own, open] = [await put(), await put({ isPublic: true })]
      const guest = stage.as(null)
      expect((await guest.get(`/api/open-courses/${open}`)).status).toBe(200)
      expect((await guest.get(`/api/open-courses/${own}`)).status).toBe(404)
      expect((await stage.as('U5').get(`/api/my/courses/${own}`)).status).toBe(404)
      expect((await finish('U5', own)).body.details?.['why']).toBe('outside')
      expect((await finish('D1', open)).body.details?.['why']).toBe('person')
    }))

  it('finished is one person-time however often she says so, counted once into the programme by name', () =>
    trial(async (tx) => {
      const id = await put()
      const first = well(await finish('worker', id)).doneAt
      expect(well(await finish('worker', id)).doneAt).toBe(first)
      well(await finish('U1', id))
      const noted = await rows(
        tx,
        sql`SELECT 1 FROM app.audit WHERE action = 'course.done' AND object = ${`course:${id}`}`,
      )
      expect(noted).toHaveLength(2)
      expect(await read(id)).toMatchObject({ persons: 2, women: 2 })
      const record = () =>
        stage
          .as('D1')
          .post<{ recordId: string; women: number } & Refusal>(`/api/courses/${id}/record`, { hours: 2 })
      expect((await record()).status).toBe(409)
      well(await step(id, 'end'))
      expect((await finish('U5', id)).body.details?.['why']).toBe('ended')
      const made = well(await record())
      const [kept] = await rows(
        tx,
        sql`SELECT t.women, t.carrier, t.hours, r.grade FROM app.training t JOIN app.record r ON r.district_id = t.district_id AND r.id = t.record_id WHERE r.id = ${made.recordId}::uuid`,
      )
      expect(kept).toEqual({ women: 2, carrier: '网上课程', hours: 2, grade: '实名' })
      expect((await record()).status).toBe(409)
      expect((await mine('worker'))[0]!.doneAt).toBe(first)
      // Taken back, it can be made again.
      well(
        await stage.as('D1').post<Refusal>(`/api/records/training/${made.recordId}/actions`, {
          action: 'withdraw',
          version: 1,
        }),
      )
      expect((await read(id)).recordId).toBeNull()
      expect(well(await record()).recordId).not.toBe(made.recordId)
    }))

  it('counts a woman once whose two registrations were merged, also after she is erased', () =>
    trial(async (tx) => {
      const id = await put()
      well(await finish('U1', id))
      well(await finish('worker', id))
      await sql`UPDATE app.person SET state = 'merged', merged_into = ${events.person('worker')}::uuid WHERE id = ${events.person('U1')}::uuid`.execute(
        tx,
      )
      const done = { persons: 1, women: 1 }
      expect(await read(id)).toMatchObject(done)
      expect((await mine('worker')).map((one) => one.doneAt !== null)).toEqual([true])
      await sql`SELECT app.forget_person(${events.person('worker')}::uuid)`.execute(tx)
      expect(await read(id)).toMatchObject(done)
    }))
})
