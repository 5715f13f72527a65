import type { AidState, FileState } from '#hardship/states.ts'

export const fileColors: Readonly<Record<FileState, string>> = {
  applied: 'blue',
  returned: 'gold',
  checked: 'blue',
  visited: 'purple',
  inquired: 'purple',
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
  sent: 'gold',
  paid: 'green',
  refused: 'default',
}
