const qualities = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4] as const

/** A picture as a JPEG within so many bytes, its longer side at most so many pixels. Throws when it is none. */
export async function asJpeg(
  file: Blob,
  limits: { readonly bytes: number; readonly pixels: number },
): Promise<Blob> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, limits.pixels / Math.max(picture.width, picture.height))
  if (scale === 1 && file.type === 'image/jpeg' && file.size <= limits.bytes) return file
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser cannot draw')
  // What is transparent would become black.
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  for (const quality of qualities) {
    const jpeg = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/jpeg', quality)
    })
    if (jpeg && jpeg.size <= limits.bytes) return jpeg
  }
  throw new Error('the picture stays too large')
}
