/** Strongly connected components: sets of nodes in which every node can be driven to from every other. */

/**
 * Labels each node of a directed graph (arcs of node n are `to[offset[n] … offset[n + 1]]`) with its component.
 * Tarjan's algorithm with an explicit stack, because roads are deeper than the call stack.
 */
export function strongComponents(
  offset: Uint32Array,
  to: Uint32Array,
): { label: Int32Array; sizes: number[] } {
  const nodeCount = offset.length - 1;
  const label = new Int32Array(nodeCount).fill(-1);
  const sizes: number[] = [];
  const visit = new Int32Array(nodeCount).fill(-1);
  const low = new Int32Array(nodeCount);
  const nextArc = new Uint32Array(nodeCount);
  const pending: number[] = [];
  const path: number[] = [];
  let visits = 0;

  const enter = (node: number): void => {
    visit[node] = low[node] = visits++;
    nextArc[node] = offset[node]!;
    pending.push(node);
    path.push(node);
  };
  const close = (root: number): void => {
    let size = 0;
    for (let node = -1; node !== root; size++) {
      node = pending.pop()!;
      label[node] = sizes.length;
    }
    sizes.push(size);
  };

  for (let start = 0; start < nodeCount; start++) {
    if (visit[start] !== -1) continue;
    enter(start);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (nextArc[node]! < offset[node + 1]!) {
        const head = to[nextArc[node]!++]!;
        if (visit[head] === -1) enter(head);
        else if (label[head] === -1 && visit[head]! < low[node]!) low[node] = visit[head]!;
        continue;
      }
      path.pop();
      if (low[node] === visit[node]) close(node);
      const parent = path[path.length - 1];
      if (parent !== undefined && low[node]! < low[parent]!) low[parent] = low[node]!;
    }
  }
  return { label, sizes };
}
