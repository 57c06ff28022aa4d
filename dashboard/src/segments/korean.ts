/** How a clause goes on: 했고, 했거나, 한, 한 고객. */
export type Form = 'and' | 'or' | 'being' | 'end'

const endings = {
  did: { and: '했고', or: '했거나', being: '한' },
  didNot: { and: '하지 않았고', or: '하지 않았거나', being: '하지 않은' },
  is: { and: '이고', or: '이거나', being: '인' },
  isNot: { and: '아니고', or: '아니거나', being: '아닌' },
  exists: { and: '있고', or: '있거나', being: '있는' },
  lacks: { and: '없고', or: '없거나', being: '없는' },
  passed: { and: '지났고', or: '지났거나', being: '지난' },
  contains: { and: '포함하고', or: '포함하거나', being: '포함하는' },
  starts: { and: '시작하고', or: '시작하거나', being: '시작하는' },
  returns: { and: '돌아오고', or: '돌아오거나', being: '돌아오는' },
  fits: { and: '해당하고', or: '해당하거나', being: '해당하는' },
  fitsNot: { and: '해당하지 않고', or: '해당하지 않거나', being: '해당하지 않는' },
  belongs: { and: '속하고', or: '속하거나', being: '속한' },
} as const

/** What a clause says of the customer. */
export type Verb = keyof typeof endings

/** `했고` for `did` when another clause follows. */
export function ending(verb: Verb, form: Form): string {
  return form === 'end' ? `${endings[verb].being} 고객` : endings[verb][form]
}

/** The particle that fits the word's last syllable: `을` after 주문, `를` after 조회. Both when it is not Hangul. */
export function particle(word: string, pair: '을/를' | '이/가' | '와/과' | '로/으로'): string {
  const [open = '', closed = ''] = pairs[pair]
  const code = (word.replace(/[\s'")’”]+$/, '').at(-1) ?? '').charCodeAt(0)
  if (code >= 0x30 && code <= 0x39)
    return '013678'.includes(String.fromCharCode(code)) ? closed : open
  if (code < 0xac00 || code > 0xd7a3) return `${closed}(${open})`
  const final = (code - 0xac00) % 28
  // 로 also follows ㄹ.
  if (pair === '로/으로' && final === 8) return open
  return final === 0 ? open : closed
}
const pairs = {
  '을/를': ['를', '을'],
  '이/가': ['가', '이'],
  '와/과': ['와', '과'],
  '로/으로': ['로', '으로'],
} as const
