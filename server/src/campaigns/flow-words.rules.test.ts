import { expect, test } from 'vitest'
import { parseTemplate, renderTemplate } from '../messages/template.ts'
import { Flow } from './campaign.ts'
import { spokenAnswers, wordProblems } from './flow-words.ts'
import { Step } from './steps/table.ts'

const message = (id: number, text: string) => ({
  kind: 'message',
  id,
  content: { channel: 'sms', text },
})
const webhook = (id: number) => ({
  kind: 'webhook',
  id,
  content: { channel: 'webhook', url: 'https://shop.example/a' },
})
const codes = (steps: readonly object[], trigger: object = { kind: 'event', event: 'A' }) =>
  wordProblems(
    Flow.parse({ trigger, steps, goal: { event: 'Order Completed', windowHours: 1 } }),
  ).map(({ code, field }) => `${field} ${code}`)

test('a message may speak of the event only where one lets people in', () => {
  const steps = [message(1, '찾으신 {{ event.query | default: "상품" }}')]
  expect(codes(steps)).toEqual([])
  expect(codes(steps, { kind: 'api' })).toEqual([])
  const schedule = { kind: 'schedule', schedule: { kind: 'once', at: '2026-12-24T10:00' } }
  for (const trigger of [schedule, { kind: 'anniversary', trait: 'birthday' }])
    expect(codes(steps, trigger)).toEqual(['steps.1 event_without_trigger'])
  expect(codes(steps, { kind: 'segment', segment: 3 })).toEqual(['steps.1 event_without_trigger'])
  expect(codes([message(1, '이 event.는 그냥 글이에요')], schedule)).toEqual([])
})

test('a message may speak of an answer only behind the webhook that asks for it', () => {
  const text = message(2, '{% if answers[1].stock > 0 %}재고 {{ answers["1"].stock }}개{% endif %}')
  expect(codes([webhook(1), text])).toEqual([])
  expect(codes([text, webhook(1)])).toEqual(['steps.2 answer_without_webhook'])
  expect(codes([message(1, '.'), text])).toEqual(['steps.2 answer_without_webhook'])
  const wait = { kind: 'wait', id: 3, minutes: 60 }
  expect(codes([text, wait, webhook(1), { kind: 'goto', id: 4, to: 2 }])).toEqual([])
})

test('an answer is written by the number of its step, in every way that is understood here', () => {
  const scope = { answers: { 3: { stock: 4 } } }
  for (const path of ['answers[3].stock', 'answers["3"].stock', 'answers.3.stock']) {
    const parsed = parseTemplate(`{{ ${path} }}`, 'text')
    if (parsed.kind !== 'ok') throw new Error(path)
    const globals = { zone: 'Asia/Seoul', now: 0 }
    expect(renderTemplate(parsed.template, scope, globals)).toEqual({ kind: 'ok', text: '4' })
  }
})

test('a message carries the answers that it speaks of, not all of them', () => {
  const answers = { '3': { stock: 2 }, '4': { long: 'x'.repeat(8_000) } }
  const spoken = (text: string) => spokenAnswers(Step.parse(message(2, text)), answers)
  expect(spoken('{{ answers[3].stock }}')).toEqual({ '3': { stock: 2 } })
  expect(spoken('hello')).toEqual({})
  expect(spoken('{% assign all = answers %}')).toEqual(answers)
})
