import { type In, words } from '../app/language.ts'

export const sourceWords = words({
  direct: { ko: '직접 방문', en: 'Direct' },
  other: { ko: '그 밖', en: 'Others' },
})

/** What a channel is called: as the shop's links name it, but for visits that came from no link and those of many small channels. */
export const sourceName = (source: string, said: In<typeof sourceWords>): string =>
  source === '' ? said.other : source === 'direct' ? said.direct : source
