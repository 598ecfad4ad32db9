//! A trie over numbered words: filled node by node, then laid out flat, so that a text meets few cache lines of it.

use rustc_hash::FxHashMap;

use crate::mark::Mark;

/// Which letters of a spelling are capital: the first, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Capitals(u8);

impl Capitals {
    pub(super) fn new(first: bool, all: bool) -> Self {
        Self(u8::from(first) | u8::from(all) << 1)
    }

    /// Those that two have.
    pub(super) fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether it has those that another needs.
    #[inline]
    pub(super) fn has(self, needed: Self) -> bool {
        needed.0 & !self.0 == 0
    }
}

/// A meaning with the capital letters that its spelling needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Payload {
    pub(super) mark: Mark,
    pub(super) capitals: Capitals,
    /// What the mark can be taken for.
    pub(super) kinds: u16,
    /// The bit of the mark.
    pub(super) sign: u8,
}

/// A trie that still grows.
#[derive(Debug, Default)]
pub(super) struct Growing {
    /// What ends at each node, the first included.
    payloads: Vec<Vec<Payload>>,
    /// The node that a word leads to from another.
    edges: FxHashMap<(u32, u32), u32>,
}

impl Growing {
    pub(super) fn new() -> Self {
        Self { payloads: vec![Vec::new()], edges: FxHashMap::default() }
    }

    /// The node that a word leads to, made where there is none.
    pub(super) fn step(&mut self, node: u32, word: u32) -> u32 {
        let next = self.payloads.len() as u32;
        let target = *self.edges.entry((node, word)).or_insert(next);
        if target == next {
            self.payloads.push(Vec::new());
        }
        target
    }

    /// What ends at a node.
    pub(super) fn payloads(&mut self, node: u32) -> &mut Vec<Payload> {
        &mut self.payloads[node as usize]
    }
}

/// A node with the ends of what it has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// A bit for each word that goes on, by the end of its number: most words that stand behind a node lead nowhere.
    next: u64,
    /// What ends at it, and the edges that leave it.
    payloads: (u32, u32),
    edges: (u32, u32),
}

/// A node as it is kept: what it has lasts to where the next node's begins.
#[derive(Clone, Copy, Debug)]
struct Kept {
    next: u64,
    payloads: u32,
    edges: u32,
}

/// A trie whose nodes are numbered level by level, each node's children in the order of their words.
///
/// So the edges, in the order of the nodes that they leave, lead to the nodes in their order: edge 0 to node 1, and so on.
#[derive(Debug)]
pub(super) struct Trie {
    /// The nodes, and one behind them that ends the last.
    nodes: Vec<Kept>,
    /// The word of each edge.
    edges: Vec<u32>,
    payloads: Vec<Payload>,
    /// The nodes behind the first one, by word; 0 for none.
    roots: Vec<u32>,
}

impl Trie {
    /// Lays a trie out flat.
    pub(super) fn of(mut grown: Growing) -> Self {
        let mut children: Vec<Vec<(u32, u32)>> = vec![Vec::new(); grown.payloads.len()];
        for ((node, word), target) in grown.edges {
            children[node as usize].push((word, target));
        }
        children.iter_mut().for_each(|words| words.sort_unstable());
        let mut trie = Self { nodes: Vec::with_capacity(children.len() + 1), edges: Vec::new(), payloads: Vec::new(), roots: Vec::new() };
        let mut level = vec![0];
        while !level.is_empty() {
            for node in &level {
                let words = children[*node].iter().map(|(word, _)| *word);
                trie.nodes.push(trie.end(words.clone().fold(0, |bits, word| bits | bit(word))));
                trie.edges.extend(words);
                trie.payloads.append(&mut grown.payloads[*node]);
            }
            level = level.iter().flat_map(|node| &children[*node]).map(|(_, target)| *target as usize).collect();
        }
        trie.nodes.push(trie.end(0));
        trie.roots = vec![0; children[0].last().map_or(0, |(word, _)| *word as usize + 1)];
        for ((word, _), node) in children[0].iter().zip(1..) {
            trie.roots[*word as usize] = node;
        }
        trie
    }

    /// A node behind all that is there.
    fn end(&self, next: u64) -> Kept {
        Kept { next, payloads: self.payloads.len() as u32, edges: self.edges.len() as u32 }
    }

    /// The node behind the first one that a word leads to; an empty one where it leads to none.
    #[inline]
    pub(super) fn root(&self, word: u32) -> Node {
        self.roots.get(word as usize).filter(|node| **node != 0).map_or(Node::default(), |node| self.node(*node))
    }

    /// What ends at a node.
    #[inline]
    pub(super) fn payloads(&self, node: &Node) -> &[Payload] {
        &self.payloads[node.payloads.0 as usize..node.payloads.1 as usize]
    }

    /// The node that a word leads to.
    #[inline]
    pub(super) fn next(&self, node: &Node, word: u32) -> Option<Node> {
        if node.next & bit(word) == 0 {
            return None;
        }
        let edges = &self.edges[node.edges.0 as usize..node.edges.1 as usize];
        edges.binary_search(&word).ok().map(|at| self.node(node.edges.0 + at as u32 + 1))
    }

    #[inline]
    fn node(&self, number: u32) -> Node {
        let (this, next) = (&self.nodes[number as usize], &self.nodes[number as usize + 1]);
        Node { next: this.next, payloads: (this.payloads, next.payloads), edges: (this.edges, next.edges) }
    }
}

fn bit(word: u32) -> u64 {
    1 << (word % u64::BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_to_what_was_put_at_their_end() {
        let mut grown = Growing::new();
        let payload = |number| Payload { mark: Mark::Unit(number), capitals: Capitals::new(false, false), kinds: 0, sign: 0 };
        let spellings: [&[u32]; 6] = [&[7], &[7, 71], &[7, 3], &[2, 9, 4], &[2, 9], &[130, 2]];
        for (number, words) in (0..).zip(spellings) {
            let end = words.iter().fold(0, |node, word| grown.step(node, *word));
            grown.payloads(end).push(payload(number));
        }
        let trie = Trie::of(grown);
        let find = |words: &[u32]| {
            let (first, rest) = words.split_first()?;
            let end = rest.iter().try_fold(trie.root(*first), |place, word| trie.next(&place, *word))?;
            Some(trie.payloads(&end).iter().map(|payload| payload.mark).collect::<Vec<_>>())
        };
        for (number, words) in (0..).zip(spellings) {
            assert_eq!(find(words), Some(vec![Mark::Unit(number)]), "{words:?}");
        }
        assert_eq!(find(&[2]), Some(vec![]));
        // (67 ends in the same bits as 3, 135 as 7 and 71)
        assert_eq!(
            [find(&[7, 67]), find(&[7, 135]), find(&[9]), find(&[131]), find(&[0])],
            [None, None, Some(vec![]), Some(vec![]), Some(vec![])]
        );
    }
}
