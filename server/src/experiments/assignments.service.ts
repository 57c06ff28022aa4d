import { insertAssignments, mergeAssignments, readAssignments } from './assignments.store.ts'

/** Who plays which arm of which experiment, once it was recorded. */
export function assignments() {
  return {
    read: readAssignments,
    record: insertAssignments,
    merge: mergeAssignments,
  }
}
export type Assignments = ReturnType<typeof assignments>
