import type { Hono } from 'hono'
import type { Config } from '../config.ts'
import { loop } from '../jobs/loop.service.ts'
import { minuteMs } from '../lib/duration.ts'
import type { Certificates } from '../running/certificate/certificate.service.ts'
import { believeOnly, listen, stopListening } from './listen.ts'
import type { Log } from './log.ts'
import { listenPlainly, listenSecurely } from './secure.ts'

/** It is looked whether a certificate is to be renewed when it falls due, and after so long at the latest. */
const everyMs = 5 * minuteMs
const everywhere = '0.0.0.0'

/** Opens what the settings say: the plain port, and with a domain HTTPS and port 80 beside it. */
export async function openDoors(
  app: Hono,
  needs: {
    readonly config: Config
    readonly certificates: Certificates | undefined
    readonly log: Pick<Log, 'say' | 'failed'>
    readonly lookMs?: number
  },
) {
  const { config, certificates } = needs
  const plain = await listen(app, config)
  believeOnly(plain, config.trustedProxies)
  const secure = certificates && (await secureDoors(app, { ...needs, certificates }))
  return {
    /** Takes no new requests and waits a while for those under way. */
    close: async (graceMs: number): Promise<void> => {
      await Promise.all([stopListening(plain, graceMs), secure?.close(graceMs)])
    },
  }
}

async function secureDoors(
  app: Hono,
  needs: {
    readonly config: Config
    readonly certificates: Certificates
    readonly log: Pick<Log, 'say' | 'failed'>
    readonly lookMs?: number
  },
) {
  const { config, certificates, log } = needs
  const { secure } = config
  if (!secure) return undefined
  const at = (port: number) => ({ port, host: everywhere })
  const { domain, httpsPort } = secure
  const questions = await listenPlainly(at(secure.httpPort), {
    domain,
    httpsPort,
    answerTo: certificates.answerTo,
  })
  let server: Awaited<ReturnType<typeof listenSecurely>> | undefined
  let closed = false
  const serveNewest = async () => {
    const secured = certificates.current()
    if (!secured || closed) return
    if (server) return void server.renew(secured)
    server = await listenSecurely(app, at(httpsPort), secured)
    believeOnly(server, config.trustedProxies)
  }
  await serveNewest()
  const renewing = loop({
    turn: async () => {
      const came = await certificates.turn()
      if (came === 'renewed') await serveNewest()
      const why = certificates.state().problem ?? ''
      if (!server) log.say('warn', `No certificate yet: ${why}`)
      else if (came === 'failed') log.say('warn', `The certificate was not renewed: ${why}`)
      return false
    },
    idleMs: () => certificates.restMs(needs.lookMs ?? everyMs),
    onError: (error) => log.failed(error, 'certificates'),
  })
  renewing.start()
  return {
    close: async (graceMs: number): Promise<void> => {
      closed = true
      // An order under way may take minutes; what it would have brought is ordered anew.
      void renewing.stop()
      questions.close()
      if (server) await stopListening(server, graceMs)
    },
  }
}
