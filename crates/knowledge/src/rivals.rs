//! What a name that says no measure is held against, and how (`data/rivals.toml`).

use serde::Deserialize;

use crate::{Files, KnowledgeError};

/// The weights of what speaks for a rival.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rivals {
    /// A rival that weighs less does not take the name's place.
    pub least: i16,
    /// Words that begin like a word of measure and are none (`tổng công ty`).
    pub traps: Vec<String>,
    /// What speaks for a rival, or against it.
    pub weight: Vec<Weight>,
}

/// How much a trait speaks for a rival.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// The trait.
    pub of: Trait,
    /// Its weight; below zero it speaks against the rival.
    pub weighs: i16,
}

/// What a figure, the name that it was given or a rival of that is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trait {
    /// The figure is a percentage.
    Percent,
    /// The figure is money.
    Money,
    /// A figure stands before it.
    Follows,
    /// It was given no name.
    Nameless,
    /// Its name counts people, things or places.
    Counting,
    /// Its name is one word.
    Word,
    /// A word of measure stands inside its name.
    Hidden,
    /// Its name stands behind it.
    Behind,
    /// Its name is of its clause.
    Own,
    /// Its name is that of a figure before it.
    Inherited,
    /// Its name counts people, things or places, and the figure is a percentage of them.
    PartOf,
    /// The rival stands in the figure's clause.
    InClause,
    /// The rival is a phrase of measure.
    Phrase,
    /// Its name is of its clause, and the rival is a phrase of measure.
    PhraseForOwn,
    /// The rival is what the text before was about.
    OfText,
    /// The rival stands behind the figure.
    FromBehind,
    /// The rival opens with a word of measure.
    Measured,
    /// The rival is measured in such a unit.
    Fits,
    /// The rival is measured in others.
    Unfit,
    /// The rival is an indicator.
    Coded,
    /// The rival is a subject that the vocabulary knows and that is no number of things.
    Known,
    /// The rival counts people, things or places.
    Counts,
    /// The rival is a word of measure and no more.
    Bare,
    /// The rival is a case of something: goods, an industry, a place.
    Case,
}

impl Rivals {
    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        files.table("rivals.toml")
    }
}
