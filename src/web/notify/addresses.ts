import { withQuery } from '../urlState.ts'

export const messageApi = {
  list: (after: string | undefined) => withQuery('/messages', { after }),
  unread: '/messages/unread',
  read: '/messages/read',
} as const
