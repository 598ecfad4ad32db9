//! How the press writes: `shares.toml`, and draws by weight.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::dice::Dice;

/// What a statement is about; one sentence each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The months of the year so far, and their growth.
    ToDate,
    /// A month, and its growth.
    Month,
    /// What a product or partner has of it.
    Part,
    /// The goal of the year, and how much of it is reached.
    Goal,
    /// A count of something outside the vocabulary.
    Unknown,
}

/// The numbers of `shares.toml`, which says what each is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    pub articles_a_day: u64,
    pub figures_an_article: usize,
    pub copied: f64,
    pub elsewhere: f64,
    pub misprinted: f64,
    pub rough: f64,
    pub other_province: f64,
    pub publishers: Vec<String>,
    pub forms: BTreeMap<Form, f64>,
    pub regions: BTreeMap<String, f64>,
    pub indicators: BTreeMap<String, f64>,
}

impl Shares {
    pub fn read() -> Self {
        toml::from_str(include_str!("shares.toml")).expect("shares.toml lies beside this file and is well-formed")
    }
}

/// Things that are drawn as often as their weights say.
pub struct Weighted<T> {
    all: Vec<(f64, T)>,
}

impl<T> Weighted<T> {
    pub fn new(things: impl IntoIterator<Item = (f64, T)>) -> Self {
        let mut sum = 0.0;
        let add = |(weight, thing)| {
            sum += weight;
            (sum, thing)
        };
        Self { all: things.into_iter().map(add).collect() }
    }

    pub fn draw(&self, dice: &mut Dice) -> &T {
        let sum = self.all.last().map_or(0.0, |last| last.0);
        let drawn = dice.unit() * sum;
        let at = self.all.partition_point(|(upto, _)| *upto <= drawn);
        &self.all[at.min(self.all.len() - 1)].1
    }
}
