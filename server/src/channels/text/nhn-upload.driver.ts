import { z } from 'zod'
import { bodyAs } from '../call-answer.ts'
import { type Handed, unhanded } from './handed-pictures.driver.ts'
import { NhnAnswer, type NhnClient, nhnWords } from './nhn-client.driver.ts'
import { nhnRefusal } from './nhn-codes.ts'

const Uploaded = NhnAnswer.extend({
  body: z.object({ data: z.object({ fileId: z.number().int() }) }).nullish(),
})

/** Hands a JPEG over: at most 300 KB, the name at most 45 characters and ending in jpg or jpeg (guide v3.0). */
export async function nhnUpload(client: NhnClient, bytes: Uint8Array): Promise<Handed> {
  const fileBody = Buffer.from(bytes).toString('base64')
  const body = { fileName: 'picture.jpg', createUser: 'danggol', fileBody }
  const result = await client.post('attachfile/binaryUpload', body)
  const answer = result.kind === 'answered' ? bodyAs(Uploaded, result.body) : undefined
  const id = answer?.body?.data.fileId
  if (id !== undefined) return { kind: 'handed', id: String(id) }
  const words = nhnWords(result)
  if (!answer || answer.header.isSuccessful) return unhanded(result, { words, now: client.now() })
  const refusal = nhnRefusal(answer.header.resultCode, answer.header.resultMessage ?? '')
  return refusal.kind === 'permanent' ? refusal : { kind: 'temporary', detail: words }
}
