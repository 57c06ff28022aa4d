import { Button, Chip, Group, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type ImageAnswer, listImages } from '../api/images.ts'
import { useWords, words } from '../app/language.ts'
import { Bones, Failure, Tag } from '../design/states.tsx'
import style from './images.module.css'

const text = words({
  find: { ko: '이름, 설명, 태그로 찾기', en: 'Find by name, words or tag' },
  tags: { ko: '태그', en: 'Tags' },
  more: { ko: '더 보기', en: 'Show more' },
  nothing: {
    ko: '맞는 그림이 없어요. 다른 말로 찾아보세요.',
    en: 'No picture matches. Try other words.',
  },
  wordless: { ko: '설명 없음', en: 'No words' },
  moving: { ko: '움직여요', en: 'moves' },
  list: { ko: '보관한 그림', en: 'Pictures' },
})

/** Pictures by word and tag, page by page. */
export function useImages(asked: {
  readonly word: string
  readonly tag: string
  readonly deleted: boolean
}) {
  const [word] = useDebouncedValue(asked.word.trim(), 200)
  const { tag, deleted } = asked
  return useInfiniteQuery({
    queryKey: ['images', 'list', word, tag, deleted],
    queryFn: ({ pageParam, signal }) =>
      listImages({ word, tag, deleted, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

type Props = {
  readonly deleted?: boolean
  /** The one that is open or chosen. */
  readonly chosen: number | undefined
  readonly choose: (image: ImageAnswer) => void
  /** Shown where there is no picture at all. */
  readonly empty: ReactNode
}

/** The library as a wall of pictures, each a button. */
export function ImageGrid({ deleted = false, chosen, choose, empty }: Props) {
  const said = useWords(text)
  const [word, setWord] = useState('')
  const [tag, setTag] = useState('')
  const list = useImages({ word, tag, deleted })
  if (list.error) return <Failure error={list.error} retry={() => list.refetch()} />
  const images = list.data?.pages.flatMap(({ items }) => items) ?? []
  const tags = list.data?.pages[0]?.tags ?? []
  const isAsking = word !== '' || tag !== ''
  if (list.isSuccess && images.length === 0 && !isAsking) return empty
  return (
    <div className={style.library}>
      <div className={style.filters}>
        <TextInput
          aria-label={said.find}
          placeholder={said.find}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        {tags.length > 0 && (
          <fieldset className={style.tags} aria-label={said.tags}>
            <Group gap={6}>
              {tags.slice(0, 12).map((one) => (
                <Chip
                  key={one}
                  size="xs"
                  checked={tag === one}
                  onChange={(is) => setTag(is ? one : '')}
                >
                  {one}
                </Chip>
              ))}
            </Group>
          </fieldset>
        )}
      </div>
      {list.isPending ? (
        <Bones lines={4} height={64} />
      ) : images.length === 0 ? (
        <p className={style.note}>{said.nothing}</p>
      ) : (
        <ul className={style.grid} aria-label={said.list}>
          {images.map((image) => (
            <li key={image.id}>
              <Tile image={image} isChosen={image.id === chosen} choose={choose} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {said.more}
        </Button>
      )}
    </div>
  )
}

type TileProps = {
  readonly image: ImageAnswer
  readonly isChosen: boolean
  readonly choose: (image: ImageAnswer) => void
}

function Tile({ image, isChosen, choose }: TileProps) {
  const said = useWords(text)
  const { name, alt, files, focus, moving } = image
  return (
    <button
      type="button"
      className={`${style.tile} ${isChosen ? style.chosen : ''}`}
      aria-pressed={isChosen}
      onClick={() => choose(image)}
    >
      <img
        src={files.small?.path}
        alt={alt}
        loading="lazy"
        style={{ objectPosition: `${focus.x * 100}% ${focus.y * 100}%` }}
      />
      <span className={style.tileName}>{name}</span>
      {alt === '' && <Tag meaning="attention">{said.wordless}</Tag>}
      {moving && <Tag>{said.moving}</Tag>}
    </button>
  )
}
