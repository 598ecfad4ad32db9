//! The same release in many papers: near-duplicate texts by `MinHash`, the earliest leads. The forms of one article at
//! several addresses count as copies too.

use std::collections::BTreeMap;

use model::Article;
use polars::prelude::*;
use rayon::prelude::*;

use crate::TransformError;
use crate::variants::{self, Address};

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
/// Share of a text's word sequences that a fuller form of it has.
const HELD: f64 = 0.5;
/// Copies appear within some days; later ones are new texts from the same form, such as daily price reports.
const DAYS: i64 = 7;
const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// What is kept of a text to find its copies: the smallest hash of its word sequences in every bin.
#[derive(Clone, Debug)]
pub struct Sketch {
    bins: Option<Box<[u32; BINS]>>,
    /// When it was published, in microseconds.
    pub published: Option<i64>,
    /// Where the article stands.
    pub address: Option<Address>,
    /// Words of the text.
    pub words: u32,
}

impl Sketch {
    /// The sketch of an article's text.
    pub fn of(article: &Article) -> Self {
        Self::new(&article.text, article.published.map(|when| when.timestamp().as_microsecond()), Address::of(article))
    }

    /// The sketch of a text with its time of publication in microseconds and its address.
    pub fn new(text: &str, published: Option<i64>, address: Option<Address>) -> Self {
        let words: Vec<u64> = text.split_whitespace().map(|word| hash(word.as_bytes())).collect();
        let sketch = Self { bins: None, published, address, words: words.len() as u32 };
        if words.len() < SHINGLE {
            return sketch;
        }
        let mut bins = Box::new([u32::MAX; BINS]);
        for sequence in words.windows(SHINGLE) {
            let mixed = sequence.iter().fold(0, |mixed, word| mix(mixed ^ word));
            let bin = &mut bins[(mixed >> 32) as usize % BINS];
            *bin = (*bin).min(mixed as u32);
        }
        Self { bins: Some(bins), ..sketch }
    }

    /// Whether this text has most of what another says, which may be much shorter.
    pub fn holds(&self, other: &Self) -> bool {
        let Some(alike) = self.resemblance(other) else { return false };
        // Of two sets, what they share is the part of their union that the resemblance says.
        let shared = alike / (1.0 + alike) * f64::from(self.words + other.words);
        shared >= HELD * f64::from(other.words)
    }

    /// The bins, where the text is long enough to be told from others of its kind.
    fn telling(&self) -> Option<&[u32; BINS]> {
        self.bins.as_deref().filter(|_| self.words as usize >= FEWEST_WORDS)
    }

    /// The share of bins that agree: of the word sequences of two texts those that are in both.
    fn resemblance(&self, other: &Self) -> Option<f64> {
        let (ours, theirs) = (self.bins.as_deref()?, other.bins.as_deref()?);
        let agree = ours.iter().zip(theirs).filter(|(a, b)| a == b && **a != u32::MAX).count();
        let used = ours.iter().zip(theirs).filter(|(a, b)| **a != u32::MAX || **b != u32::MAX).count();
        Some(agree as f64 / used.max(1) as f64)
    }

    fn is_copy(&self, other: &Self) -> bool {
        if self.telling().is_none() || other.telling().is_none() {
            return false;
        }
        let near = match (self.published, other.published) {
            (Some(a), Some(b)) => (a - b).abs() <= DAYS * MICROSECONDS_A_DAY,
            _ => true,
        };
        near && self.resemblance(other).is_some_and(|alike| alike >= SAME)
    }
}

/// Every copy with the article that leads it, and how it is known: columns `article`, `copy_of` and `copy_by`.
///
/// An article's further forms never lead: their time may be the day alone, which is earlier than the page's hour.
pub fn leads(sketches: &BTreeMap<String, Sketch>) -> Result<DataFrame, TransformError> {
    let all: Vec<(&String, &Sketch)> = sketches.iter().collect();
    let mut groups = Groups::new(all.len());
    for pair in candidates(&all) {
        if all[pair.0].1.is_copy(all[pair.1].1) {
            groups.join(pair.0, pair.1);
        }
    }
    let forms = variants::forms(&all);
    for (form, page) in &forms {
        groups.join(*form, *page);
    }
    let mut lead: BTreeMap<usize, usize> = BTreeMap::new();
    let first = |at: usize| (forms.contains_key(&at), all[at].1.published.unwrap_or(i64::MAX), all[at].0);
    for at in 0..all.len() {
        let best = lead.entry(groups.root(at)).or_insert(at);
        if first(at) < first(*best) {
            *best = at;
        }
    }
    let copies: Vec<[&str; 3]> = (0..all.len())
        .filter_map(|at| {
            let leads = lead[&groups.root(at)];
            let by = if forms.contains_key(&at) { "address" } else { "text" };
            (leads != at).then(|| [all[at].0.as_str(), all[leads].0.as_str(), by])
        })
        .collect();
    let column = |(at, name): (usize, &str)| Column::new(name.into(), copies.iter().map(|copy| copy[at]).collect::<Vec<_>>());
    let columns = ["article", "copy_of", "copy_by"].into_iter().enumerate().map(column).collect();
    DataFrame::new_infer_height(columns).map_err(TransformError::frame("listing copies"))
}

/// Pairs that agree in a band. In a large group every text is compared with the first and with its neighbour, not with all.
fn candidates(all: &[(&String, &Sketch)]) -> Vec<(usize, usize)> {
    let bands = all.par_iter().enumerate().filter_map(|(at, (_, sketch))| Some((at, sketch.telling()?)));
    let mut bands: Vec<(u64, u32)> = bands.flat_map_iter(|(at, bins)| bands_of(bins).map(move |band| (band, at as u32))).collect();
    bands.par_sort_unstable();
    let mut pairs = Vec::new();
    for group in bands.chunk_by(|a, b| a.0 == b.0) {
        for (before, text) in group.windows(2).map(|two| (two[0].1, two[1].1)) {
            pairs.push((before as usize, text as usize));
            pairs.push((group[0].1 as usize, text as usize));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// A hash for each band of a sketch, which tells the place of the band too.
fn bands_of(bins: &[u32; BINS]) -> impl Iterator<Item = u64> {
    bins.chunks(BAND).zip(1..).map(|(band, place)| band.iter().fold(place, |mixed, bin| mix(mixed ^ u64::from(*bin))))
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
pub fn hash(bytes: &[u8]) -> u64 {
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
            ("late".to_owned(), Sketch::new(&edited, Some(2), None)),
            ("early".to_owned(), Sketch::new(&original, Some(1), None)),
            ("other".to_owned(), Sketch::new(&text(2), Some(1), None)),
        ]);
        let copies = leads(&sketches).unwrap();
        assert_eq!(copies.height(), 1);
        assert_eq!(copies.column("article").unwrap().str().unwrap().get(0), Some("late"));
        assert_eq!(copies.column("copy_of").unwrap().str().unwrap().get(0), Some("early"));
    }

    #[test]
    fn the_same_form_weeks_later_is_a_new_text() {
        let day = MICROSECONDS_A_DAY;
        let sketches = BTreeMap::from([
            ("a".to_owned(), Sketch::new(&text(1), Some(day), None)),
            ("b".to_owned(), Sketch::new(&text(1), Some(30 * day), None)),
        ]);
        assert_eq!(leads(&sketches).unwrap().height(), 0);
    }
}
