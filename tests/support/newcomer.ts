import type { Locator } from 'playwright-core'

/** What a first submission costs somebody who never saw the system, by rules that are stated here. */
export type Cost = { clicks: number; fields: number; typed: number; read: number; seconds: number }

/** Seconds: a click with its aim, a character typed on a phone's or an office keyboard, a field found and decided, a character read. */
const rule = { click: 2, character: 0.4, field: 4, read: 60 / 300 }

/** Counts while it acts: she reads a page from its top to what she presses, and a form from its top to its end. */
export function newcomer() {
  const cost = { clicks: 0, fields: 0, typed: 0, read: 0 }
  const readUntil = async (target: Locator): Promise<void> => {
    cost.read += await target.evaluate((element) => {
      const range = document.createRange()
      range.setStart(document.body, 0)
      range.setEndAfter(element)
      return range.toString().replace(/\s/g, '').length
    })
  }
  const press = async (target: Locator): Promise<void> => {
    cost.clicks += 1
    await target.click()
  }
  return {
    /** Goes on by a link or button, having read so far. */
    go: async (target: Locator): Promise<void> => {
      await readUntil(target)
      await press(target)
    },
    read: readUntil,
    choose: async (target: Locator): Promise<void> => {
      cost.fields += 1
      await press(target)
    },
    type: async (target: Locator, text: string): Promise<void> => {
      cost.fields += 1
      cost.typed += Array.from(text).length
      cost.clicks += 1
      await target.fill(text)
      await target.press('Tab')
    },
    press,
    cost: (): Cost => ({
      ...cost,
      seconds: Math.round(
        cost.clicks * rule.click +
          cost.typed * rule.character +
          cost.fields * rule.field +
          cost.read * rule.read,
      ),
    }),
  }
}
