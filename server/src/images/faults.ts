/** Why a file cannot come into the library, in the words of whoever brought it. */
export const imageFaults = {
  svg: {
    ko: 'SVG는 안에 스크립트를 담을 수 있어서 받지 않아요. PNG로 저장해서 다시 올려 주세요.',
    en: 'SVG can carry scripts, so it is not taken. Save it as PNG and upload that.',
  },
  kind: {
    ko: '그림이 아니거나 읽을 수 없는 형식이에요. JPG, PNG, WebP, GIF로 다시 올려 주세요.',
    en: 'This is no picture that can be read. Upload a JPG, PNG, WebP or GIF.',
  },
  heic: {
    ko: '아이폰 사진 형식(HEIC)은 아직 읽지 못해요. JPG로 저장해서 다시 올려 주세요.',
    en: 'iPhone photos (HEIC) cannot be read yet. Save it as JPG and upload that.',
  },
  bytes: {
    ko: '10MB보다 큰 파일이에요. 줄여서 다시 올려 주세요.',
    en: 'The file is larger than 10 MB. Make it smaller and upload it again.',
  },
  pixels: {
    ko: '4,000만 화소보다 큰 그림이에요. 가로세로를 줄여서 다시 올려 주세요.',
    en: 'The picture has more than 40 megapixels. Make it smaller and upload it again.',
  },
  broken: {
    ko: '파일이 깨졌거나 끝까지 올라오지 않았어요. 원본을 열어 다시 저장한 뒤 올려 주세요.',
    en: 'The file is damaged or did not arrive whole. Open the original, save it again and upload that.',
  },
  slow: {
    ko: '이 그림은 다시 그리는 데 너무 오래 걸려요. 가로세로를 줄여서 다시 올려 주세요.',
    en: 'This picture takes too long to prepare. Make it smaller and upload it again.',
  },
  full: {
    ko: '이미지 보관함이 가득 찼어요. 쓰지 않는 그림을 지운 뒤 다시 올려 주세요.',
    en: 'The image library is full. Delete pictures that are not in use, then upload again.',
  },
  wordless: {
    ko: '그림 설명이 없어요. 그림이 안 보이는 고객에게 읽어 줄 말을 적어 주세요.',
    en: 'The picture has no words. Write what is read to people who cannot see it.',
  },
  used: {
    ko: '쓰고 있는 그림이라 지울 수 없어요. 먼저 쓰이는 곳에서 다른 그림으로 바꿔 주세요.',
    en: 'The picture is in use and cannot be deleted. Put another one in its places first.',
  },
  small: {
    ko: '카카오에는 가로 500px 이상인 그림이 필요해요. 더 큰 그림을 골라 주세요.',
    en: 'Kakao needs pictures at least 500 pixels wide. Choose a larger one.',
  },
} as const

export type ImageFault = keyof typeof imageFaults

/** The name a fault has in a refusal's `field`: `image.svg`. */
export function fieldOfFault(fault: ImageFault): string {
  return `image.${fault}`
}

/** The fault a refusal's `field` names; undefined for any other field. */
export function faultInField(field: string | undefined): ImageFault | undefined {
  const name = field?.startsWith('image.') ? field.slice('image.'.length) : undefined
  return name !== undefined && name in imageFaults ? (name as ImageFault) : undefined
}
