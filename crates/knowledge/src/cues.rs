//! Words that say what a figure does (`data/lexicon/cues.toml`).

use serde::Deserialize;

/// What a word does for the figures around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueClass {
    /// A rise: the figure is a change.
    Up,
    /// A fall: the figure is a negative change.
    Down,
    /// `âm`: the number is below zero.
    Negative,
    /// No change.
    Unchanged,
    /// A noun of growth: its figure is a change.
    Growth,
    /// The indicator's own amount.
    Level,
    /// A verb of getting there (`đạt`): a percentage behind it that is no growth is how far that has come.
    Attained,
    /// A verb whose object the figure counts.
    Act,
    /// A verb that says what is done with the amount behind it (`bán`, `nộp`), and so what the amount is.
    Done,
    /// A word of dealers: two prices beside it are those at which they buy and sell.
    Dealing,
    /// A word of ranges: two prices beside it are its ends (`dao động`).
    Ranging,
    /// A noun for what something is worth (`tổng giá trị`): the name of a sum that has none of its own.
    Worth,
    /// A word that goes before a verb (`đã`, `bị`, `sẽ`).
    Auxiliary,
    /// A word that goes behind a verb (`hết`, `cho`, `thành công`).
    Particle,
    /// The amount after a change.
    Reach,
    /// The amount before a change.
    From,
    /// Part of a whole.
    Share,
    /// Part of a growth.
    Contribute,
    /// A multiple.
    Multiple,
    /// Equality: a multiple or completion if a percentage follows.
    Equal,
    /// Part of a plan.
    Complete,
    /// More than the plan.
    Exceed,
    /// The plan.
    Plan,
    /// A positive balance.
    Surplus,
    /// A negative balance.
    Deficit,
    /// Something added.
    Increment,
    /// `về`: what the change before it is of.
    About,
    /// What a change is measured against.
    Basis,
    /// The whole of a share.
    Whole,
    /// The growth that a contribution goes into.
    Into,
    /// Parts of what stands before.
    Parts,
    /// Lists that pair in order.
    Respectively,
    /// A joint between clauses.
    While,
    /// A word of saying.
    Speaker,
    /// A verb that opens another predicate.
    Verb,
    /// A word that is no subject.
    Function,
    /// A negation.
    Negation,
    /// A noun for a ratio that is itself a percentage (`tỷ lệ`, `lãi suất`).
    Rate,
    /// A noun for a part of a whole (`tỷ trọng`, `thị phần`).
    Part,
    /// An office: a place behind it is where it reports from.
    Office,
    /// A preposition of place.
    Where,
    /// Behind it a date is not the figure's (`khởi công năm 2010`, `vàng giao tháng 8`).
    Aside,
    /// Prices of a year (`giá so sánh 2010`): only a year behind them is not that of the figure.
    Priced,
    /// A superlative: the time behind it is what it looks over.
    Superlative,
    /// A noun that introduces a narrower case of the subject (`ngành`, `thị trường`, `nhóm hàng`).
    Narrow,
}

/// A class and its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueWords {
    /// The class.
    pub class: CueClass,
    /// Spellings.
    pub says: Vec<String>,
}
