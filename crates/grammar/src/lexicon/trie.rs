//! A trie over numbered words: filled node by node, then laid out so that a text meets few cache lines of it.

use std::ops::Range;

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

/// A node. It holds what most steps ask for, so that a step costs one look into far memory.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// A bit for each word that goes on, by the end of its number: most words that stand behind a node lead nowhere.
    next: u64,
    number: u32,
    /// The meanings that end at it: the first, and where the others are; most have no other.
    first: Option<Payload>,
    others: Others,
}

/// A stretch of [`Trie::others`]: where it begins, above how many it holds.
#[derive(Clone, Copy, Debug, Default)]
struct Others(u32);

impl Others {
    const COUNT: u32 = 10;

    fn new(from: usize, count: usize) -> Self {
        // (a table that outgrows this must not be cut short in silence)
        assert!(count < 1 << Self::COUNT && from < 1 << (u32::BITS - Self::COUNT), "too many meanings for one spelling");
        Self((from as u32) << Self::COUNT | count as u32)
    }

    fn range(self) -> Range<usize> {
        let from = (self.0 >> Self::COUNT) as usize;
        from..from + (self.0 & ((1 << Self::COUNT) - 1)) as usize
    }
}

/// A trie that grows no more.
#[derive(Debug)]
pub(super) struct Trie {
    /// The nodes behind the first one, by word; empty ones for words that begin nothing.
    roots: Vec<Node>,
    /// All others, by the number of the node before and the word.
    inner: FxHashMap<(u32, u32), Node>,
    others: Vec<Payload>,
}

impl Trie {
    pub(super) fn of(grown: Growing) -> Self {
        let Growing { payloads, edges } = grown;
        let mut others = Vec::new();
        let node = |(number, meanings): (u32, Vec<Payload>)| {
            let rest = meanings.get(1..).unwrap_or_default();
            let node = Node { next: 0, number, first: meanings.first().copied(), others: Others::new(others.len(), rest.len()) };
            others.extend_from_slice(rest);
            node
        };
        let mut nodes: Vec<Node> = (0..).zip(payloads).map(node).collect();
        let edges: Vec<_> = edges.into_iter().collect();
        for ((from, word), _) in &edges {
            nodes[*from as usize].next |= bit(*word);
        }
        let (first, inner): (Vec<_>, Vec<_>) = edges.into_iter().partition(|((from, _), _)| *from == 0);
        let mut roots = vec![Node::default(); first.iter().map(|((_, word), _)| *word as usize + 1).max().unwrap_or(0)];
        for ((_, word), node) in first {
            roots[word as usize] = nodes[node as usize];
        }
        let inner = inner.into_iter().map(|(edge, node)| (edge, nodes[node as usize])).collect();
        Self { roots, inner, others }
    }

    /// The node behind the first one that a word leads to; an empty one where it leads to none.
    #[inline]
    pub(super) fn root(&self, word: u32) -> Node {
        self.roots.get(word as usize).copied().unwrap_or_default()
    }

    /// What ends at a node.
    #[inline]
    pub(super) fn payloads<'n>(&'n self, node: &'n Node) -> impl Iterator<Item = &'n Payload> {
        node.first.iter().chain(&self.others[node.others.range()])
    }

    /// The node that a word leads to.
    #[inline]
    pub(super) fn next(&self, node: &Node, word: u32) -> Option<&Node> {
        if node.next & bit(word) == 0 { None } else { self.inner.get(&(node.number, word)) }
    }
}

fn bit(word: u32) -> u64 {
    1 << (word % u64::BITS)
}

const _: () = assert!(size_of::<Node>() == 24);

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
            let end = rest.iter().try_fold(trie.root(*first), |node, word| trie.next(&node, *word).copied())?;
            Some(trie.payloads(&end).map(|payload| payload.mark).collect::<Vec<_>>())
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
