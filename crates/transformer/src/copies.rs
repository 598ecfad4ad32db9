//! The same release in many papers: near-duplicate texts by `MinHash`, the earliest leads.

use std::collections::BTreeMap;

use model::Article;
use polars::prelude::*;

use crate::TransformError;

/// Bins of a sketch, in bands of [`BAND`].
const BINS: usize = 48;
/// Bins that must agree for two texts to be compared: finds nearly all pairs that share 70 % of their word sequences.
const BAND: usize = 4;
/// Words in a sequence.
const SHINGLE: usize = 4;
/// Shorter texts have too few sequences to be told apart.
const FEWEST_WORDS: usize = 30;
/// Share of bins that agree in copies.
const SAME: f64 = 0.6;
/// Copies appear within some days; later ones are new texts from the same form, such as daily price reports.
const DAYS: i64 = 7;
const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// What is kept of a text to find its copies: the smallest hash of its word sequences in every bin.
#[derive(Clone, Debug)]
pub struct Sketch {
    bins: Option<Box<[u32; BINS]>>,
    published: Option<i64>,
}

impl Sketch {
    /// The sketch of an article's text.
    pub fn of(article: &Article) -> Self {
        Self::new(&article.text, article.published.map(|when| when.timestamp().as_microsecond()))
    }

    /// The sketch of a text with its time of publication in microseconds.
    pub fn new(text: &str, published: Option<i64>) -> Self {
        let words: Vec<u64> = text.split_whitespace().map(|word| hash(word.as_bytes())).collect();
        if words.len() < FEWEST_WORDS {
            return Self { bins: None, published };
        }
        let mut bins = Box::new([u32::MAX; BINS]);
        for sequence in words.windows(SHINGLE) {
            let mixed = sequence.iter().fold(0, |mixed, word| mix(mixed ^ word));
            let bin = &mut bins[(mixed >> 32) as usize % BINS];
            *bin = (*bin).min(mixed as u32);
        }
        Self { bins: Some(bins), published }
    }

    fn is_copy(&self, other: &Self) -> bool {
        let (Some(ours), Some(theirs)) = (&self.bins, &other.bins) else {
            return false;
        };
        let near = match (self.published, other.published) {
            (Some(a), Some(b)) => (a - b).abs() <= DAYS * MICROSECONDS_A_DAY,
            _ => true,
        };
        let agree = ours.iter().zip(theirs.iter()).filter(|(a, b)| a == b && **a != u32::MAX).count();
        let used = ours.iter().zip(theirs.iter()).filter(|(a, b)| **a != u32::MAX || **b != u32::MAX).count();
        near && agree as f64 >= SAME * used as f64
    }
}

/// Every copy with the article that leads it: columns `article` and `copy_of`.
pub fn leads(sketches: &BTreeMap<String, Sketch>) -> Result<DataFrame, TransformError> {
    let all: Vec<(&String, &Sketch)> = sketches.iter().collect();
    let mut groups = Groups::new(all.len());
    for pair in candidates(&all) {
        if all[pair.0].1.is_copy(all[pair.1].1) {
            groups.join(pair.0, pair.1);
        }
    }
    let mut lead: BTreeMap<usize, usize> = BTreeMap::new();
    let first = |at: usize| (all[at].1.published.unwrap_or(i64::MAX), all[at].0);
    for at in 0..all.len() {
        let best = lead.entry(groups.root(at)).or_insert(at);
        if first(at) < first(*best) {
            *best = at;
        }
    }
    let copies: Vec<(&str, &str)> = (0..all.len())
        .filter_map(|at| {
            let leads = lead[&groups.root(at)];
            (leads != at).then(|| (all[at].0.as_str(), all[leads].0.as_str()))
        })
        .collect();
    let articles = Column::new("article".into(), copies.iter().map(|copy| copy.0).collect::<Vec<_>>());
    let leads = Column::new("copy_of".into(), copies.iter().map(|copy| copy.1).collect::<Vec<_>>());
    DataFrame::new_infer_height(vec![articles, leads]).map_err(TransformError::frame("listing copies"))
}

/// Pairs that agree in a band. In a large group every text is compared with the first and with its neighbour, not with all.
fn candidates(all: &[(&String, &Sketch)]) -> Vec<(usize, usize)> {
    let mut bands: Vec<(usize, u64, usize)> = Vec::new();
    for (at, (_, sketch)) in all.iter().enumerate() {
        if let Some(bins) = &sketch.bins {
            let band_hash = |band: &[u32]| band.iter().fold(0, |mixed, bin| mix(mixed ^ u64::from(*bin)));
            bands.extend(bins.chunks(BAND).enumerate().map(|(number, band)| (number, band_hash(band), at)));
        }
    }
    bands.sort_unstable();
    let mut pairs = Vec::new();
    for group in bands.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (before, text) in group.windows(2).map(|two| (two[0].2, two[1].2)) {
            pairs.push((before, text));
            pairs.push((group[0].2, text));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Sets of texts that are joined pair by pair.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// FNV-1a: short, and the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finalizer of splitmix64.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: u64) -> String {
        (0..200).map(|n| format!("w{}", mix(seed * 1000 + n) % 500)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_edited_copy_is_found_and_the_earliest_leads() {
        let original = text(1);
        let edited = format!("Theo hãng tin: {}", original.replacen("w1", "x1", 2));
        let sketches = BTreeMap::from([
            ("late".to_owned(), Sketch::new(&edited, Some(2))),
            ("early".to_owned(), Sketch::new(&original, Some(1))),
            ("other".to_owned(), Sketch::new(&text(2), Some(1))),
        ]);
        let copies = leads(&sketches).unwrap();
        assert_eq!(copies.height(), 1);
        assert_eq!(copies.column("article").unwrap().str().unwrap().get(0), Some("late"));
        assert_eq!(copies.column("copy_of").unwrap().str().unwrap().get(0), Some("early"));
    }

    #[test]
    fn the_same_form_weeks_later_is_a_new_text() {
        let day = MICROSECONDS_A_DAY;
        let sketches =
            BTreeMap::from([("a".to_owned(), Sketch::new(&text(1), Some(day))), ("b".to_owned(), Sketch::new(&text(1), Some(30 * day)))]);
        assert_eq!(leads(&sketches).unwrap().height(), 0);
    }
}
