// The service worker's part, imported by one line on the shop's own address: importScripts('https://…/worker.js').

/** What the server put into a notification. */
type Note = {
  readonly title: string
  readonly text: string
  readonly url: string
  readonly icon: string | null
  readonly image: string | null
  readonly tag: string
}

type Waiting = Event & { readonly waitUntil: (work: Promise<unknown>) => void }
type PushGot = Waiting & { readonly data: { readonly json: () => Note } | null }
type Clicked = Waiting & {
  readonly notification: { readonly data: unknown; readonly close: () => void }
}
type Worker = {
  readonly registration: {
    readonly showNotification: (title: string, options: object) => Promise<void>
  }
  readonly clients: { readonly openWindow: (url: string) => Promise<unknown> }
  readonly addEventListener: (name: string, hear: (event: never) => void) => void
}

const worker = self as unknown as Worker

worker.addEventListener('push', (event: PushGot) => {
  const note = event.data?.json()
  if (!note) return
  const { title, text, url, icon, image, tag } = note
  const options = {
    body: text,
    tag,
    data: url,
    ...(icon && { icon }),
    ...(image && { image }),
  }
  event.waitUntil(worker.registration.showNotification(title, options))
})

worker.addEventListener('notificationclick', (event: Clicked) => {
  event.notification.close()
  const { data } = event.notification
  if (typeof data === 'string' && /^https?:/.test(data)) {
    event.waitUntil(worker.clients.openWindow(data))
  }
})
