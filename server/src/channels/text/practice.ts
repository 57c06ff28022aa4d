/** The id of a picture that was uploaded while there was no provider: it is known by its content. */
export function practicePicture(hash: string): string {
  return `practice-${hash.slice(0, 24)}`
}

/** Whether no provider knows the picture of this id. */
export function isPracticePicture(id: string): boolean {
  return id.startsWith('practice-')
}
