import { fork } from 'node:child_process'
import { once } from 'node:events'

/** When the text of each mail began to arrive: recipient, and UTC ms with fractions. */
export type Came = readonly (readonly [to: string, at: number])[]

/** Starts a mail server in a process of its own. */
export async function startSmtpSink() {
  const child = fork(new URL(import.meta.resolve('./smtp-sink-child.ts')), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    port,
    /** What came since the last time. */
    take: async (): Promise<Came> => {
      const answer = once(child, 'message')
      child.send('take')
      const [{ came }] = (await answer) as [{ came: Came }]
      return came
    },
    stop: (): void => void child.disconnect(),
  }
}
export type SmtpSink = Awaited<ReturnType<typeof startSmtpSink>>
