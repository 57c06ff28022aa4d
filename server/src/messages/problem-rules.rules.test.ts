import { expect, test } from 'vitest'
import { law, named } from './law.ts'
import type { MessageContent } from './message-content.ts'
import { withRules } from './problem-rules.ts'

const text: MessageContent = { channel: 'sms', text: '안녕', subject: '' }
const mail: MessageContent = {
  channel: 'email',
  subject: '안녕',
  preheader: '',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text: '안녕' }] },
}
const said = { ko: '', en: '', field: 'text' }

test.each([
  ['label_imitated', text, law.label],
  ['sender_missing', mail, law.sender],
  ['opt_out_missing', mail, law.sender],
  ['opt_out_missing', text, law.freeRefusal],
  ['looks_like_advertising', text, law.informational],
] as const)('what is refused in the editor for %s names its rule', (code, content, rule) => {
  expect(withRules([{ ...said, code }], content)).toMatchObject([{ code, rule: named(rule) }])
})

test('a slip of the pen breaks no law', () => {
  expect(withRules([{ ...said, code: 'template_wrong' }], text)[0]).not.toHaveProperty('rule')
})
