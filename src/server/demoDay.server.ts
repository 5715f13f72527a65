import { isDay } from '#kit/day.ts'
import { askTurn } from '#notify/jobs.server.ts'
import { exit } from './arguments.server.ts'
import { openYears } from './boot.server.ts'
import type { Deps } from './deps.server.ts'
import type { CommandIo } from './embedded/control.server.ts'

/**
 * `today DAY`: the business day of a running demo, until it stops. What a morning does is done at once: years are opened,
 * what is due is looked at. A live installation has the real day and no other.
 * @returns exit code
 */
export async function moveDay(
  deps: Deps,
  day: string | undefined,
  io: Pick<CommandIo, 'out' | 'err'>,
): Promise<number> {
  if (deps.mode !== 'demo') {
    io.err('这是正式环境，业务日期就是当天，不能改动\n')
    return exit.usage
  }
  if (day === undefined || !isDay(day)) {
    io.err('用法：npx jinguo today 2020-04-24（仅演示）\n')
    return exit.usage
  }
  deps.today = () => day
  await openYears(deps.db, day)
  await askTurn(deps)
  deps.nudge()
  io.out(`业务日期 ${day}，到演示停止为止\n`)
  return exit.clean
}
