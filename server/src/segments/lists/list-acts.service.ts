import { addListMembers, livingLists, removeListMembers } from './lists.store.ts'

/**
 * Puts people on a list and takes them off it inside the line's transaction. The caller emits `List Changed`, so that the
 * segments that ask for the list react.
 */
export function listActs() {
  return {
    add: addListMembers,
    remove: removeListMembers,
    /** Which of these lists there still are. */
    living: livingLists,
  }
}
export type ListActs = ReturnType<typeof listActs>
