import type { AidState, FileState } from '#hardship/states.ts'

export const fileColors: Readonly<Record<FileState, string>> = {
  applied: 'blue',
  returned: 'orange',
  checked: 'blue',
  visited: 'purple',
  inquired: 'gold',
  verified: 'purple',
  noticed: 'red',
  open: 'green',
  closed: 'default',
  refused: 'default',
  withdrawn: 'default',
}
export const aidColors: Readonly<Record<AidState, string>> = {
  asked: 'blue',
  checked: 'purple',
  approved: 'gold',
  sent: 'orange',
  paid: 'green',
  refused: 'default',
}
