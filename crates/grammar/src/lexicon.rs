//! All spellings of all tables in one automaton over words.
//!
//! A trie whose edges are words (not letters), so that a match always begins and ends with a word.
//! Words are numbered once; a text's words are looked up once, and every later step works on numbers.
//! Which table gives which meaning stands in `lexicon/tables.rs`.

mod spellings;
mod tables;
mod trie;

use knowledge::{Kind, Knowledge, UnitKind};
use rustc_hash::FxHashSet;

use self::spellings::{Spellings, Words};
use self::trie::{Capitals, Node, Trie};
use crate::fold::Folding;
use crate::mark::{Mark, Particle, Signs};
use crate::token::Token;

/// So many words are looked up together.
const AHEAD: usize = 32;

/// The automaton.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: Words,
    trie: Trie,
    patterns: Vec<Pattern>,
    /// The words that are codes of currencies and stand glued before a number (`USD1,23`).
    currencies: FxHashSet<u32>,
}

/// A name whose words stand apart.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The indicator's number; none for a subject outside the vocabulary.
    pub(crate) indicator: Option<u16>,
    pub(crate) kind: Kind,
    /// How many parts it has.
    pub(crate) parts: u8,
    /// The unit codes that it goes with; any if empty.
    pub(crate) units: Vec<String>,
}

/// A meaning found in a text, over tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) mark: Mark,
}

/// All meanings in a text, by their first token, longest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    first: Vec<u32>,
    /// What the meanings of each token can be taken for.
    kinds: Vec<u16>,
    /// Which marks they are.
    signs: Vec<Signs>,
}

impl Hits {
    /// Forgets all meanings; those of so many tokens are to come.
    fn clear(&mut self, tokens: usize) {
        self.all.clear();
        self.first.clear();
        self.kinds.clear();
        self.signs.clear();
        // (a token has two or three)
        self.all.reserve_exact(3 * tokens);
        self.first.reserve_exact(tokens + 1);
        self.kinds.reserve_exact(tokens);
        self.signs.reserve_exact(tokens);
    }

    /// The meanings that begin at a token, longest first.
    pub(crate) fn at(&self, token: usize) -> &[Hit] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(&from), Some(&to)) => &self.all[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Makes room for the meanings of so many tokens.
    pub(crate) fn reserve(&mut self, tokens: usize) {
        self.all.reserve(2 * tokens);
        self.first.reserve(tokens + 1);
        self.kinds.reserve(tokens);
        self.signs.reserve(tokens);
    }

    /// Whether a small word stands at a token.
    #[inline]
    pub(crate) fn says(&self, token: usize, particle: Particle) -> bool {
        self.is(token, Mark::Particle(particle))
    }

    /// Whether one of the meanings that begin at a token is a mark.
    #[inline]
    pub(crate) fn is(&self, token: usize, mark: Mark) -> bool {
        self.may_be(token, mark) && (mark.is_whole() || self.longest(token, mark).is_some())
    }

    /// Whether a mark of that kind begins at a token, whatever it carries.
    #[inline]
    pub(crate) fn may_be(&self, token: usize, mark: Mark) -> bool {
        self.signs.get(token).is_some_and(|signs| signs.has(mark.sign()))
    }

    /// Whether a word of time begins at a token.
    #[inline]
    pub(crate) fn begins_time(&self, token: usize) -> bool {
        self.signs.get(token).is_some_and(|signs| signs.has_time())
    }

    /// Where the longest meaning that begins at a token and is a mark ends.
    #[inline]
    pub(crate) fn end_of(&self, token: usize, mark: Mark) -> Option<usize> {
        if self.may_be(token, mark) { self.longest(token, mark) } else { None }
    }

    fn longest(&self, token: usize, mark: Mark) -> Option<usize> {
        self.at(token).iter().find(|hit| hit.mark == mark).map(|hit| hit.end as usize)
    }

    /// Where the longest such meaning ends that goes no further than a limit.
    #[inline]
    pub(crate) fn end_within(&self, token: usize, limit: usize, mark: Mark) -> Option<usize> {
        let longest = || self.at(token).iter().find(|hit| hit.mark == mark && hit.end as usize <= limit).map(|hit| hit.end as usize);
        if self.may_be(token, mark) { longest() } else { None }
    }

    /// Whether a mark stands over tokens `start..end`.
    #[inline]
    pub(crate) fn spans(&self, (start, end): (usize, usize), mark: Mark) -> bool {
        self.may_be(start, mark) && self.at(start).iter().any(|hit| hit.mark == mark && hit.end as usize == end)
    }

    /// The first token of a range at which a meaning begins that can be taken for one of some kinds.
    pub(crate) fn next(&self, (from, to): (usize, usize), kinds: u16) -> Option<usize> {
        self.kinds.get(from..to)?.iter().position(|found| found & kinds != 0).map(|behind| from + behind)
    }

    /// The longest meaning at a token, whose mark is of the kind of `like`, that a test accepts, with what the test made of it.
    #[inline]
    pub(crate) fn pick_like<T>(&self, token: usize, like: Mark, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        if self.may_be(token, like) { self.pick(token, test) } else { None }
    }

    /// Whether a meaning that begins at a token can be taken for one of some kinds.
    pub(crate) fn has(&self, token: usize, kinds: u16) -> bool {
        self.kinds.get(token).is_some_and(|found| found & kinds != 0)
    }

    /// The longest meaning at a token that a test accepts, with what the test made of it.
    pub(crate) fn pick<T>(&self, token: usize, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        self.at(token).iter().find_map(|hit| test(hit.mark).map(|value| (value, hit.end as usize)))
    }
}

impl Lexicon {
    pub(crate) fn new(known: &Knowledge) -> Self {
        let Spellings { words, trie, patterns } = Spellings::of(known);
        let mut lexicon = Self { words, trie: Trie::of(trie), patterns, currencies: FxHashSet::default() };
        lexicon.currencies = lexicon.currency_codes(known);
        lexicon
    }

    fn currency_codes(&self, known: &Knowledge) -> FxHashSet<u32> {
        let money = known.units.units.iter().filter(|unit| unit.kind == UnitKind::Money).flat_map(|unit| &unit.says);
        let mut key = Vec::new();
        let codes = money.filter(|says| says.len() <= 3 && says.len() >= 2 && says.starts_with(|c: char| c.is_ascii_uppercase()));
        codes.map(|says| self.word(&says.chars().collect::<Vec<_>>(), &mut key)).collect()
    }

    /// Where the code of a currency ends that is glued to a number (`USD1,23`), if a word begins with one.
    pub(crate) fn currency_end(&self, word: &[char], key: &mut Vec<char>) -> Option<usize> {
        let letters = word.iter().take(4).position(char::is_ascii_digit).filter(|at| (2..=3).contains(at))?;
        let id = self.word(&word[..letters], key);
        (id != 0 && word[0].is_ascii_uppercase() && self.currencies.contains(&id)).then_some(letters)
    }

    /// The names whose words stand apart.
    pub(crate) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// What the alphabet knows of each letter.
    pub(crate) fn letters(&self) -> &Folding {
        self.words.letters()
    }

    /// The number of a word; 0 if no spelling has it.
    pub(crate) fn word(&self, word: &[char], key: &mut Vec<char>) -> u32 {
        self.words.number(word, key)
    }

    /// Finds every meaning in a text, into buffers that are cleared first.
    pub(crate) fn scan(&self, tokens: &[Token], found: &mut Hits) {
        found.clear(tokens.len());
        let mut compound = (0, 0);
        let mut roots = [Node::default(); AHEAD];
        for start in 0..tokens.len() {
            if start % AHEAD == 0 {
                self.look_ahead(&tokens[start..], &mut roots);
            }
            let from = found.all.len();
            found.first.push(from as u32);
            let (mut kinds, mut signs) = self.scan_from(tokens, start, roots[start % AHEAD], &mut found.all);
            if signs.has(Mark::Compound.sign()) {
                let widest = found.all[from..].iter().rfind(|hit| hit.mark == Mark::Compound && !is_inside(hit, compound));
                compound = widest.map_or(compound, |hit| (hit.start, hit.end));
            }
            if start < compound.1 as usize {
                // (`Ngân hàng Bắc Á` is a bank all the same)
                keep_from(&mut found.all, from, |hit| !is_inside(hit, compound) || matches!(hit.mark, Mark::Narrowing(_)));
                kinds = found.all[from..].iter().fold(0, |kinds, hit| kinds | hit.mark.kinds());
                signs = Signs::default();
                found.all[from..].iter().for_each(|hit| signs.add(hit.mark.sign()));
            }
            found.all[from..].reverse();
            found.kinds.push(kinds);
            found.signs.push(signs);
        }
        found.first.push(found.all.len() as u32);
    }

    /// Looks up where the next words lead. The lexicon is larger than the processor's near memory: so it waits for many words at once.
    fn look_ahead(&self, tokens: &[Token], roots: &mut [Node; AHEAD]) {
        for (root, token) in roots.iter_mut().zip(tokens) {
            *root = self.trie.root(token.key);
        }
    }

    /// Finds what begins at a token, whose word leads to `node`, and says what it can be taken for and which marks it is.
    fn scan_from(&self, tokens: &[Token], start: usize, mut node: Node, hits: &mut Vec<Hit>) -> (u16, Signs) {
        let (mut kinds, mut signs) = (0, Signs::default());
        let mut end = start + 1;
        loop {
            let (first, last) = (&tokens[start], &tokens[end - 1]);
            let capitals = Capitals::new(first.capital, first.upper && last.upper);
            for payload in self.trie.payloads(&node) {
                if capitals.has(payload.capitals) {
                    kinds |= payload.kinds;
                    signs.add(payload.sign);
                    hits.push(Hit { start: start as u32, end: end as u32, mark: payload.mark });
                }
            }
            match self.follow(tokens, &node, &mut end) {
                Some(next) => node = *next,
                None => return (kinds, signs),
            }
        }
    }

    /// Where the next word leads to from a node.
    fn follow(&self, tokens: &[Token], node: &Node, at: &mut usize) -> Option<&Node> {
        loop {
            // A dash inside a name is a matter of taste; a line break ends every name.
            let token = tokens.get(*at).filter(|token| !token.line)?;
            *at += 1;
            if token.is('-') {
                continue;
            }
            return self.trie.next(node, token.key);
        }
    }
}

/// Whether a meaning stands inside a compound.
fn is_inside(hit: &Hit, (first, end): (u32, u32)) -> bool {
    hit.end < end || (hit.end == end && hit.start > first)
}

/// Keeps the hits from a place on that a test accepts.
fn keep_from(hits: &mut Vec<Hit>, from: usize, keep: impl Fn(&Hit) -> bool) {
    let mut to = from;
    for at in from..hits.len() {
        if keep(&hits[at]) {
            hits[to] = hits[at];
            to += 1;
        }
    }
    hits.truncate(to);
}
