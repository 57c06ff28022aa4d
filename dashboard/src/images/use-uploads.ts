import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { fieldOfFault } from '../../../server/src/images/faults.ts'
import { uploadBytesLimit } from '../../../server/src/images/image.ts'
import { ApiProblem } from '../api/client.ts'
import { type ImageAnswer, uploadImage } from '../api/images.ts'

export type Upload = {
  /** Tells uploads apart; files may have the same name. */
  readonly at: number
  readonly name: string
  readonly state: 'waiting' | 'sending' | 'done' | 'known' | 'failed'
  readonly error?: unknown
}

/** Sends files one after another; each says what became of it. What is under way stops when its page closes. */
export function useUploads(arrived: (image: ImageAnswer) => void) {
  const queries = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const stop = useRef(new AbortController())
  const last = useRef<Promise<void>>(Promise.resolve())
  const counted = useRef(0)
  useEffect(() => {
    const controller = new AbortController()
    stop.current = controller
    return () => controller.abort()
  }, [])
  const mark = (at: number, change: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.at === at ? { ...one, ...change } : one)))
  const send = async (file: File, at: number) => {
    const { signal } = stop.current
    if (signal.aborted) return
    mark(at, { state: 'sending' })
    try {
      if (file.size > uploadBytesLimit) throw tooLarge
      const { isNew, ...image } = await uploadImage(file, signal)
      mark(at, { state: isNew ? 'done' : 'known' })
      arrived(image)
      await queries.invalidateQueries({ queryKey: ['images'] })
    } catch (error) {
      if (!signal.aborted) mark(at, { state: 'failed', error })
    }
  }
  return {
    uploads,
    take: (files: readonly File[]) => {
      const added = files.map((file) => ({ file, at: counted.current++ }))
      setUploads((all) => [
        ...all.filter(({ state }) => state === 'waiting' || state === 'sending'),
        ...added.map(({ file, at }) => ({ at, name: file.name, state: 'waiting' as const })),
      ])
      for (const { file, at } of added) {
        last.current = last.current.then(() => send(file, at))
      }
    },
  }
}

// The server would close the door while it is still being sent, which nobody could tell from a lost connection.
const tooLarge = new ApiProblem({
  status: 413,
  code: 'too-large',
  title: '',
  detail: '',
  field: fieldOfFault('bytes'),
})
