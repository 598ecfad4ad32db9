//! Reads what Vietnamese sentences say about numbers.
mod confidence;
mod explain;
mod fold;
mod frame;
mod lexicon;
mod measure;
mod measurements;
mod number;
mod pattern;
mod period;
mod place;
mod quantity;
mod reader;
mod sentence;
mod spelled;
mod statement;
mod table;
mod tabular;
mod text;
mod token;
mod topic;

pub use measurements::{Dated, Lean, Measurement};
pub use reader::{Grammar, Reading};
