import { readPicturePath } from '../images/address.ts'
import { imageFaults } from '../images/faults.ts'
import type { Problem } from './compose.ts'
import type { Block } from './content.ts'
import type { MessageContent } from './message-content.ts'

/** Pictures of the library that stand in a mail without words: whoever cannot see them would hear nothing. */
export function wordlessPictures(content: MessageContent): readonly Problem[] {
  if (content.channel !== 'email' || content.body.kind !== 'blocks') return []
  return content.body.blocks.flatMap((block, at) => wordless(block, `body.blocks.${at}`))
}

function wordless(block: Block, at: string): readonly Problem[] {
  if (block.kind === 'columns') {
    return (['left', 'right'] as const).flatMap((side) =>
      block[side].flatMap((one, place) => wordless(one, `${at}.${side}.${place}`)),
    )
  }
  const isPicture = block.kind === 'image' && readPicturePath(block.url) !== undefined
  if (!isPicture || block.alt.trim() !== '') return []
  return [{ code: 'picture_wordless', ...imageFaults.wordless, field: `${at}.alt` }]
}
