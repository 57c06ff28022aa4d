import type { FileImports } from '../connect/files/file-imports.service.ts'
import { fileRoutes } from '../connect/files/files.routes.ts'
import { numberRoutes } from '../connect/numbers/numbers.routes.ts'
import type { NumbersRoom } from '../connect/numbers/numbers.service.ts'
import type { Route } from '../web/route.ts'

export type DroppedRoutesNeeds = {
  readonly dropped: { readonly files: FileImports; readonly numbers: NumbersRoom }
}

/** Files of any shop, and our numbers beside the shop's. */
export function droppedRoutes({ dropped }: DroppedRoutesNeeds): readonly Route[] {
  return [...fileRoutes(dropped), ...numberRoutes(dropped)]
}
