import { fork } from 'node:child_process'
import { join } from 'node:path'
import { Refusal } from '../lib/refusal.ts'
import { fieldOfFault, type ImageFault, imageFaults } from './faults.ts'
import type { Focus, Variant, VariantFile } from './image.ts'

export type PressAsked = {
  readonly bytes: Uint8Array
  readonly focus: Focus
  readonly only: readonly Variant[]
}

export type Pressed = {
  /** Of the picture as it came, turned as it is seen. */
  readonly width: number
  readonly height: number
  readonly isMoving: boolean
  readonly files: readonly VariantFile[]
}
export type PressAnswer =
  | ({ readonly kind: 'ok' } & Pressed)
  | { readonly kind: 'fault'; readonly fault: ImageFault }

/** A picture that takes longer than this on a busy machine is one that was made to. */
const pressMsLimit = 60_000
/** Pictures that may wait for their turn; a folder dropped at once stays below it, for each page sends one after another. */
const waitingLimit = 20

const script = join(import.meta.dirname, 'press-child.driver.ts')

/** Makes the files of pictures, one picture at a time in a process of its own. */
export function press(settings: { readonly msLimit?: number; readonly script?: string } = {}) {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  return async (asked: PressAsked): Promise<Pressed> => {
    if (waiting >= waitingLimit) {
      throw new Refusal('busy', 'Many pictures are being prepared. Try again in a moment.')
    }
    waiting++
    const mine = last.then(() => inChild(asked, settings))
    last = mine.catch(() => undefined)
    try {
      const answer = await mine
      if (answer.kind === 'fault') throw refusedAs(answer.fault)
      const { kind: _, ...made } = answer
      return made
    } finally {
      waiting--
    }
  }
}
export type Press = ReturnType<typeof press>

/** The refusal of a file, in English; the dashboard says it in its reader's language by the field. */
export function refusedAs(fault: ImageFault): Refusal {
  const code = fault === 'bytes' ? 'too-large' : fault === 'used' ? 'conflict' : 'invalid'
  return new Refusal(code, imageFaults[fault].en, fieldOfFault(fault))
}

function inChild(
  asked: PressAsked,
  settings: { readonly msLimit?: number; readonly script?: string },
): Promise<PressAnswer> {
  return new Promise((done) => {
    const child = fork(settings.script ?? script, [], {
      serialization: 'advanced',
      execArgv: [],
      // It needs nothing of ours: no keys, no addresses of engines.
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const end = (answer: PressAnswer) => {
      clearTimeout(alarm)
      child.kill('SIGKILL')
      done(answer)
    }
    const alarm = setTimeout(
      () => end({ kind: 'fault', fault: 'slow' }),
      settings.msLimit ?? pressMsLimit,
    )
    child.on('message', (answer: PressAnswer) => end(answer))
    // However it died: what could not be decoded is told as damaged.
    child.on('error', () => end({ kind: 'fault', fault: 'broken' }))
    child.on('exit', () => end({ kind: 'fault', fault: 'broken' }))
    child.send(asked, () => {})
  })
}
