import { api } from './client.ts'

/** What the path of the page after joining holds: as the shop said (null: as usual), as usual, and what counts; empty: no such page. */
export type JoinPage = {
  readonly joined: string | null
  readonly usual: string
  readonly holds: string
}

const path = '/api/settings/join-page'

export const getJoinPage = (signal?: AbortSignal) => api.get<JoinPage>(path, {}, signal)
export const putJoinPage = (joined: string | null, seen: JoinPage) =>
  api.put<JoinPage>(path, { joined }, seen)
