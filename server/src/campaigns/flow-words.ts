import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import type { Flow } from './campaign.ts'
import { pathsOf, placesOf, stepsOf } from './flow-map.ts'
import { chainOf } from './steps/message.ts'
import type { Step } from './steps/table.ts'

/** A message of a flow that speaks of what nothing before it gives. */
export type WordProblem = {
  readonly code: 'event_without_trigger' | 'answer_without_webhook'
  readonly field: string
  readonly message: string
}

/**
 * What messages may name beside the person and the shop depends on the flow: `event.*` on its trigger, `answers[3].*` on a
 * webhook step before. (What is said of coupons is judged with each message: messages/coupon-words.ts.)
 */
export function wordProblems(flow: Flow): readonly WordProblem[] {
  const eventless = whyNoEvent[flow.trigger.kind]
  return stepsOf(flow).flatMap((step) => {
    const text = liquidOf(step)
    if (text === '') return []
    const field = `steps.${step.id}`
    const problems: WordProblem[] = []
    if (eventless !== undefined && /\bevent\s*[.[]/.test(text)) {
      const message = `The message speaks of event.*, but ${eventless} Only an event and the API bring one.`
      problems.push({ code: 'event_without_trigger', field, message })
    }
    const unknown = answersIn(text).find((id) => !isAnswered(flow, id, step.id))
    if (unknown !== undefined) {
      const message = `The message speaks of answers[${unknown}], but no webhook step ${unknown} comes before it.`
      problems.push({ code: 'answer_without_webhook', field, message })
    }
    return problems
  })
}

/** Why there is no event to speak of; triggers that are not named bring one. */
const whyNoEvent: { readonly [K in Flow['trigger']['kind']]?: string } = {
  schedule: 'a schedule lets people in without one.',
  anniversary: 'a returning date lets people in without one.',
  segment: 'entering or leaving a segment is none.',
}

/** Is there a webhook step of this id that can come before the step? */
function isAnswered(flow: Flow, webhook: number, step: number): boolean {
  const asked = placesOf(flow).get(webhook)?.step
  return asked?.kind === 'webhook' && reachedFrom(flow, webhook).has(step)
}

/** Steps that can follow, soon or late, after this one. */
function reachedFrom(flow: Flow, from: number): ReadonlySet<number> {
  const places = placesOf(flow)
  const reached = new Set<number>()
  const waiting = [from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const place = places.get(id)
    if (!place || place.step.kind === 'exit') continue
    const paths = pathsOf(place.step).map((path) => path[0]?.id ?? place.next?.id)
    const onward = place.step.kind === 'goto' ? [place.step.to] : [...paths, place.next?.id]
    for (const to of onward) {
      if (to === undefined || reached.has(to)) continue
      reached.add(to)
      waiting.push(to)
    }
  }
  return reached
}

/** Everything between Liquid's braces in what a step sends; '' where it sends nothing. */
function liquidOf(step: Step): string {
  if (step.kind !== 'message' && step.kind !== 'webhook') return ''
  const contents =
    step.kind === 'webhook' ? [step.content] : chainOf(step).map((one) => one.content)
  return tagsIn(contents as unknown as Json).join('\n')
}

function tagsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string')
    return [...value.matchAll(/\{\{[^{}]*\}\}|\{%[^%]*%\}/g)].map(([tag]) => tag)
  if (Array.isArray(value)) return value.flatMap((one) => tagsIn(one as Json))
  return isJsonObject(value) ? Object.values(value).flatMap(tagsIn) : []
}

/** How an answer is spoken of: `answers[3]`, `answers["3"]`, `answers.3`. */
const answerNamed = /\banswers\s*(?:\.\s*|\[\s*["']?)(\d+)/g

/** Ids of the webhook steps whose answers are spoken of. */
function answersIn(text: string): readonly number[] {
  return [...text.matchAll(answerNamed)].map(([, id]) => Number(id))
}

/** Those of the answers, by step, that a step may speak of; all where it speaks of them without naming one. */
export function spokenAnswers(
  step: Step,
  answers: { readonly [step: string]: Json } = {},
): JsonObject {
  if (Object.keys(answers).length === 0) return answers
  const text = liquidOf(step)
  if (/\banswers\b/.test(text.replaceAll(answerNamed, ''))) return answers
  const spoken = new Set(answersIn(text).map(String))
  return Object.fromEntries(Object.entries(answers).filter(([id]) => spoken.has(id)))
}
